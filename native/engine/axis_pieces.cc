#include "engine/axis_pieces.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "tensorstore/array.h"
#include "tensorstore/util/division.h"

namespace ats::engine {

using ::tensorstore::Index;

namespace {

Index CellOf(Index stored, Index chunk) {
  return tensorstore::FloorOfRatio(stored, chunk);
}

}  // namespace

AxisPieces AxisPieces::Whole(Index extent, Index touched) {
  AxisPieces axis;
  axis.extent_ = extent;
  axis.touched_ = touched;
  return axis;
}

AxisPieces AxisPieces::Regular(Index extent, Index first, Index stride,
                               Index chunk) {
  AxisPieces axis = Whole(extent, chunk);
  if (extent == 0) return axis;
  axis.first_ = first;
  axis.stride_ = stride;
  axis.chunk_ = chunk;
  // With a stride beyond the chunk, every position is in a chunk of its own.
  axis.count_ = std::abs(stride) > chunk
                    ? extent
                    : std::abs(CellOf(first + (extent - 1) * stride, chunk) -
                               CellOf(first, chunk)) +
                          1;
  return axis;
}

AxisPieces AxisPieces::Scattered(tensorstore::span<const Index> stored,
                                 Index chunk) {
  AxisPieces axis = Whole(stored.size(), chunk);
  if (stored.empty()) return axis;
  auto by_cell = [&](Index a, Index b) {
    return CellOf(stored[a], chunk) < CellOf(stored[b], chunk);
  };
  std::vector<Index> order(stored.size());
  std::iota(order.begin(), order.end(), Index{0});
  const bool sorted = std::is_sorted(order.begin(), order.end(), by_cell);
  if (!sorted) std::stable_sort(order.begin(), order.end(), by_cell);
  for (Index i = 0; i < stored.size(); ++i) {
    if (i == 0 || by_cell(order[i - 1], order[i])) axis.starts_.push_back(i);
  }
  axis.count_ = axis.starts_.size();
  if (!sorted) axis.order_ = std::move(order);
  return axis;
}

Index AxisPieces::Start(Index piece) const {
  if (piece == 0) return 0;
  if (piece >= count_) return extent_;
  if (!starts_.empty()) return starts_[piece];
  if (std::abs(stride_) > chunk_) return piece;
  const Index cell = CellOf(first_, chunk_);
  if (stride_ > 0) {
    return tensorstore::CeilOfRatio((cell + piece) * chunk_ - first_, stride_);
  }
  const Index last_stored = (cell - piece + 1) * chunk_ - 1;
  return tensorstore::CeilOfRatio(first_ - last_stored, -stride_);
}

DimensionSelection AxisPieces::Select(Index begin, Index end) const {
  DimensionSelection selection;
  const Index start = Start(begin), stop = Start(end);
  if (order_.empty()) {
    selection.kind = DimensionSelection::Kind::kInterval;
    selection.start = start;
    selection.stop = stop;
    return selection;
  }
  selection.kind = DimensionSelection::Kind::kIndices;
  auto indices = tensorstore::AllocateArray<Index>({stop - start});
  std::copy(order_.begin() + start, order_.begin() + stop, indices.data());
  selection.indices = std::move(indices);
  return selection;
}

}  // namespace ats::engine
