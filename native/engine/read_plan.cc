#include "engine/read_plan.h"

#include <algorithm>
#include <utility>

#include "engine/view_maps.h"
#include "tensorstore/chunk_layout.h"
#include "tensorstore/index_space/output_index_method.h"
#include "tensorstore/util/division.h"

namespace ats::engine {

using ::tensorstore::DimensionIndex;
using ::tensorstore::Index;
using ::tensorstore::IndexTransform;
using ::tensorstore::OutputIndexMethod;

namespace {

// Sizes here only steer how a read is cut; as doubles they cannot overflow.
double Product(const std::vector<Index>& extents) {
  double product = 1;
  for (Index extent : extents) product *= static_cast<double>(extent);
  return product;
}

template <typename Shape>
std::vector<Index> ShapeOf(const Shape& shape, DimensionIndex rank) {
  std::vector<Index> extents(rank, 0);
  std::copy(shape.begin(), shape.end(), extents.begin());
  return extents;
}

AxisPieces AxisOf(const IndexTransform<>& view, DimensionIndex input,
                  const ChunkGrid& grid) {
  const Index extent = view.domain().shape()[input];
  const DimensionIndex output = OnlyOutput(view, input);
  if (output < 0 || grid.shape[output] <= 0) {
    return AxisPieces::Whole(extent, extent);
  }
  const auto map = view.output_index_maps()[output];
  const Index origin = grid.origin[output];
  if (map.method() == OutputIndexMethod::single_input_dimension) {
    return AxisPieces::Regular(extent, map.offset() - origin, map.stride(),
                               grid.shape[output]);
  }
  if (DependsOnOthers(map, input)) return AxisPieces::Whole(extent, extent);
  return AxisPieces::Scattered(StoredPositions(map, input, extent, origin),
                               grid.shape[output]);
}

}  // namespace

ChunkGrid GridOf(const tensorstore::TensorStore<>& store, Index max_bytes) {
  const auto& handle = tensorstore::internal::TensorStoreAccess::handle(store);
  const DimensionIndex rank = handle.transform.output_rank();
  ChunkGrid grid{std::vector<Index>(rank, 0), std::vector<Index>(rank, 0)};
  auto layout = handle.driver->GetChunkLayout(
      tensorstore::IdentityTransform(rank));
  if (!layout.ok() || layout->rank() != rank) return grid;
  grid.origin = ShapeOf(layout->grid_origin(), rank);
  for (Index& origin : grid.origin) {
    if (origin == tensorstore::kImplicit) origin = 0;
  }
  grid.shape = ShapeOf(layout->write_chunk_shape(), rank);
  if (Product(grid.shape) * store.dtype().size() > max_bytes) {
    grid.shape = ShapeOf(layout->read_chunk_shape(), rank);
  }
  return grid;
}

ReadPlan ReadPlan::Make(const IndexTransform<>& view, const ChunkGrid& grid,
                        Index element_bytes, Index block_bytes) {
  ReadPlan plan;
  double bytes = element_bytes;
  for (DimensionIndex i = 0; i < view.output_rank(); ++i) {
    // A dimension that was dropped still decodes a chunk's extent.
    const auto map = view.output_index_maps()[i];
    if (map.method() == OutputIndexMethod::constant) {
      bytes *= std::max<Index>(grid.shape[i], 1);
    }
  }
  for (DimensionIndex i = 0; i < view.input_rank(); ++i) {
    plan.axes_.push_back(AxisOf(view, i, grid));
    plan.pieces_per_block_.push_back(plan.axes_[i].count());
    bytes *= static_cast<double>(plan.axes_[i].count()) *
             std::max<Index>(plan.axes_[i].touched_per_piece(), 1);
  }
  for (DimensionIndex i = 0; i < view.input_rank() && bytes > block_bytes;
       ++i) {
    const Index all = plan.pieces_per_block_[i];
    const Index some = std::clamp<Index>(
        static_cast<Index>(all * (block_bytes / bytes)), 1, all);
    plan.pieces_per_block_[i] = some;
    bytes *= static_cast<double>(some) / all;
    plan.size_ *= tensorstore::CeilOfRatio(all, some);
  }
  plan.bytes_per_block_ = static_cast<Index>(std::min(bytes, 0x1p60));
  return plan;
}

std::vector<DimensionSelection> ReadPlan::Block(Index block) const {
  std::vector<DimensionSelection> selections(axes_.size());
  for (size_t i = axes_.size(); i-- > 0;) {
    const Index per_block = pieces_per_block_[i];
    const Index count = axes_[i].count();
    const Index blocks = tensorstore::CeilOfRatio(count, per_block);
    if (blocks > 1) {
      const Index begin = (block % blocks) * per_block;
      selections[i] =
          axes_[i].Select(begin, std::min(begin + per_block, count));
    }
    block /= blocks;
  }
  return selections;
}

}  // namespace ats::engine
