#include "core/take.h"

#include <algorithm>
#include <cstring>

#include "core/parallel.h"

namespace ats::core {
namespace {

// One selection of one array: what all of its pieces share.
struct Taking {
  const std::byte* values;
  AxisShape shape;
  Axis positions;
  std::byte* out;
};

// Copies the selection's entries [begin, end) at position `outer` of the axes
// before it.
using TakePiece = Fault (*)(const Taking&, int64_t outer, int64_t begin,
                            int64_t end);

// `kItem` is the size of an item, or 0 where only the shape knows it: a copy of
// a known size is one move, not a call.
template <int64_t kItem>
Fault TakeEach(const Taking& taking, int64_t outer, int64_t begin,
               int64_t end) {
  const AxisShape& shape = taking.shape;
  const int64_t item = kItem > 0 ? kItem : shape.inner;
  const std::byte* const from = taking.values + outer * shape.length * item;
  std::byte* const to = taking.out + outer * taking.positions.count() * item;
  for (int64_t i = begin; i < end; ++i) {
    const int64_t position = taking.positions[i];
    if (position < 0 || position >= shape.length)
      return {FaultKind::kSelectionRange, i};
    std::memcpy(to + i * item, from + position * item, item);
  }
  return Ok();
}

Fault TakeRun(const Taking& taking, int64_t outer, int64_t begin, int64_t end) {
  const AxisShape& shape = taking.shape;
  const int64_t first = taking.positions[begin];
  if (first < 0) return {FaultKind::kSelectionRange, begin};
  if (taking.positions[end - 1] >= shape.length)
    return {FaultKind::kSelectionRange,
            begin + std::max<int64_t>(0, shape.length - first)};
  std::memcpy(
      taking.out + (outer * taking.positions.count() + begin) * shape.inner,
      taking.values + (outer * shape.length + first) * shape.inner,
      (end - begin) * shape.inner);
  return Ok();
}

TakePiece PieceFor(const Taking& taking) {
  if (taking.positions.IsContiguous()) return TakeRun;
  switch (taking.shape.inner) {
    case 1:
      return TakeEach<1>;
    case 2:
      return TakeEach<2>;
    case 4:
      return TakeEach<4>;
    case 8:
      return TakeEach<8>;
    case 16:
      return TakeEach<16>;
    default:
      return TakeEach<0>;
  }
}

}  // namespace

Fault Take(const std::byte* values, const AxisShape& shape,
           const Axis& positions, std::byte* out) {
  const int64_t count = positions.count();
  if (shape.outer == 0 || count == 0 || shape.inner == 0) return Ok();
  const Taking taking{values, shape, positions, out};
  const TakePiece take = PieceFor(taking);
  const int threads = ThreadsFor(shape.outer * count * shape.inner / 4);
  return ParallelRanges(
      shape.outer * count, threads, [&](int64_t begin, int64_t end) {
        while (begin < end) {
          const int64_t outer = begin / count;
          const int64_t first = begin % count;
          const int64_t last = std::min(count, first + (end - begin));
          if (const Fault fault = take(taking, outer, first, last); !fault.ok())
            return fault;
          begin += last - first;
        }
        return Ok();
      });
}

}  // namespace ats::core
