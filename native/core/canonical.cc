#include "core/canonical.h"

#include "core/parallel.h"
#include "core/sort_entries.h"

namespace ats::core {
namespace {

template <typename Index, typename T>
Fault SumRow(const Compressed<Index>& matrix, const Extent& from,
             const Extent& to, const MutableEntries<Index>& out) {
  const T* const values = reinterpret_cast<const T*>(matrix.values);
  T* const sums = reinterpret_cast<T*>(out.values);
  int64_t cursor = to.begin - 1;
  for (int64_t k = from.begin; k < from.end; ++k) {
    if (cursor >= to.begin && out.indices[cursor] == matrix.indices[k]) {
      AddTo(sums[cursor], values[k]);
      continue;
    }
    if (++cursor >= to.end) return {FaultKind::kChanged, k};
    out.indices[cursor] = matrix.indices[k];
    sums[cursor] = values[k];
  }
  return cursor + 1 == to.end ? Ok() : Fault{FaultKind::kChanged, from.begin};
}

}  // namespace

template <typename Index>
Fault SortIndices(const Indptr& indptr, int item_size,
                  const MutableEntries<Index>& entries) {
  const Compressed<Index> matrix{indptr, entries.indices, entries.values, 0};
  return VisitItemSize(item_size, [&](auto type) {
    using T = decltype(type);
    return ParallelRanges(
        indptr.major(), ThreadsFor(matrix.nnz()),
        [&](int64_t begin, int64_t end) {
          EntrySorter<Index, T> sorter;
          for (int64_t i = begin; i < end; ++i) {
            Extent extent;
            if (const Fault fault = matrix.ExtentOf(i, extent); !fault.ok())
              return fault;
            sorter.Sort(entries.indices.subspan(extent.begin, extent.size()),
                        reinterpret_cast<T*>(entries.values) + extent.begin);
          }
          return Ok();
        });
  });
}

template <typename Index>
Fault SumStarts(const Compressed<Index>& matrix, MutableIndptr starts) {
  const auto count = [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      Extent extent;
      if (const Fault fault = matrix.ExtentOf(i, extent); !fault.ok())
        return fault;
      int64_t distinct = extent.size() > 0;
      for (int64_t k = extent.begin + 1; k < extent.end; ++k)
        distinct += matrix.indices[k] != matrix.indices[k - 1];
      if (!starts.SetCount(i, distinct))
        return Fault{FaultKind::kValueRange, i};
    }
    return Ok();
  };
  const Fault fault =
      ParallelRanges(matrix.indptr.major(), ThreadsFor(matrix.nnz()), count);
  return fault.ok() ? starts.Accumulate() : fault;
}

template <typename Index>
Fault SumFill(const Compressed<Index>& matrix, DType dtype,
              const Indptr& starts, const MutableEntries<Index>& out) {
  const int64_t size = static_cast<int64_t>(out.indices.size());
  return VisitAddable(dtype, [&](auto type) {
    return ParallelRanges(
        matrix.indptr.major(), ThreadsFor(matrix.nnz()),
        [&](int64_t begin, int64_t end) {
          for (int64_t i = begin; i < end; ++i) {
            Extent from;
            if (const Fault fault = matrix.ExtentOf(i, from); !fault.ok())
              return fault;
            const Extent to{starts[i], starts[i + 1]};
            if (to.begin < 0 || to.begin > to.end || to.end > size)
              return Fault{FaultKind::kChanged, i};
            if (const Fault fault =
                    SumRow<Index, decltype(type)>(matrix, from, to, out);
                !fault.ok())
              return fault;
          }
          return Ok();
        });
  });
}

template Fault SortIndices(const Indptr&, int, const MutableEntries<int32_t>&);
template Fault SortIndices(const Indptr&, int, const MutableEntries<int64_t>&);
template Fault SumStarts(const Compressed<int32_t>&, MutableIndptr);
template Fault SumStarts(const Compressed<int64_t>&, MutableIndptr);
template Fault SumFill(const Compressed<int32_t>&, DType, const Indptr&,
                       const MutableEntries<int32_t>&);
template Fault SumFill(const Compressed<int64_t>&, DType, const Indptr&,
                       const MutableEntries<int64_t>&);

}  // namespace ats::core
