#include "core/append.h"

#include <cstring>

#include "core/parallel.h"

namespace ats::core {
namespace {

template <typename Index, typename OutIndex>
Fault AppendOne(const Compressed<Index>& piece, int64_t offset, int item_size,
                Appended<OutIndex>& out, int64_t i) {
  Extent from;
  if (const Fault fault = piece.ExtentOf(i, from); !fault.ok()) return fault;
  const int64_t at = out.cursors[i];
  const int64_t room = static_cast<int64_t>(out.indices.size());
  if (at < 0 || out.starts[i + 1] > room || from.size() > out.starts[i + 1] - at)
    return {FaultKind::kChanged, i};
  for (int64_t k = 0; k < from.size(); ++k) {
    const Index index = piece.indices[from.begin + k];
    if (!piece.Contains(index)) return {FaultKind::kIndexRange, from.begin + k};
    out.indices[at + k] =
        static_cast<OutIndex>(offset + static_cast<int64_t>(index));
  }
  std::memcpy(out.values + at * item_size,
              piece.values + from.begin * item_size, from.size() * item_size);
  out.cursors.Set(i, at + from.size());
  return Ok();
}

}  // namespace

template <typename Index, typename OutIndex>
Fault Append(const Compressed<Index>& piece, int64_t offset, int item_size,
             Appended<OutIndex> out) {
  const int64_t major = piece.indptr.major();
  if (out.cursors.major() != major || out.starts.major() != major)
    return {FaultKind::kChanged, 0};
  return ParallelRanges(
      major, ThreadsFor(piece.nnz() + major), [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
          if (const Fault fault = AppendOne(piece, offset, item_size, out, i);
              !fault.ok())
            return fault;
        }
        return Ok();
      });
}

template Fault Append(const Compressed<int32_t>&, int64_t, int,
                      Appended<int32_t>);
template Fault Append(const Compressed<int32_t>&, int64_t, int,
                      Appended<int64_t>);
template Fault Append(const Compressed<int64_t>&, int64_t, int,
                      Appended<int32_t>);
template Fault Append(const Compressed<int64_t>&, int64_t, int,
                      Appended<int64_t>);

}  // namespace ats::core
