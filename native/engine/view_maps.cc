#include "engine/view_maps.h"

#include <utility>

#include "tensorstore/index_space/output_index_method.h"

namespace ats::engine {

using ::tensorstore::DimensionIndex;
using ::tensorstore::Index;
using ::tensorstore::IndexTransform;
using ::tensorstore::OutputIndexMapRef;
using ::tensorstore::OutputIndexMethod;

namespace {

// Whether an output map takes input dimension `input` into account.
bool DependsOn(const OutputIndexMapRef<>& map, DimensionIndex input) {
  switch (map.method()) {
    case OutputIndexMethod::constant:
      return false;
    case OutputIndexMethod::single_input_dimension:
      return map.input_dimension() == input;
    case OutputIndexMethod::array:
      return map.index_array().byte_strides()[input] != 0;
  }
  return true;
}

// The only input dimension that `map` depends on, or -1.
DimensionIndex OnlyInput(const OutputIndexMapRef<>& map) {
  for (DimensionIndex i = 0; i < map.input_rank(); ++i) {
    if (DependsOn(map, i)) return DependsOnOthers(map, i) ? -1 : i;
  }
  return -1;
}

std::optional<StoredDimension> StoredDimensionOf(
    const IndexTransform<>& view, const OutputIndexMapRef<>& map) {
  StoredDimension stored;
  if (map.method() == OutputIndexMethod::constant) {
    stored.selection = AxisRange{map.offset(), 1, 1};
    return stored;
  }
  stored.input = OnlyInput(map);
  if (stored.input < 0 || OnlyOutput(view, stored.input) < 0) {
    return std::nullopt;
  }
  const Index extent = view.domain().shape()[stored.input];
  if (map.method() == OutputIndexMethod::array) {
    stored.selection = StoredPositions(map, stored.input, extent, 0);
  } else {
    stored.selection = AxisRange{map.offset(), map.stride(), extent};
  }
  return stored;
}

}  // namespace

DimensionIndex OnlyOutput(const IndexTransform<>& view, DimensionIndex input) {
  DimensionIndex only = -1;
  for (DimensionIndex i = 0; i < view.output_rank(); ++i) {
    if (!DependsOn(view.output_index_maps()[i], input)) continue;
    if (only >= 0) return -1;
    only = i;
  }
  return only;
}

bool DependsOnOthers(const OutputIndexMapRef<>& map, DimensionIndex input) {
  for (DimensionIndex i = 0; i < map.input_rank(); ++i) {
    if (i != input && DependsOn(map, i)) return true;
  }
  return false;
}

std::vector<Index> StoredPositions(const OutputIndexMapRef<>& map,
                                   DimensionIndex input, Index extent,
                                   Index origin) {
  const auto index_array = map.index_array();
  const auto* data =
      reinterpret_cast<const char*>(index_array.element_pointer().data());
  const Index byte_stride = index_array.byte_strides()[input];
  std::vector<Index> stored(extent);
  for (Index x = 0; x < extent; ++x) {
    const Index index = *reinterpret_cast<const Index*>(data + x * byte_stride);
    stored[x] = map.offset() + map.stride() * index - origin;
  }
  return stored;
}

std::optional<std::vector<StoredDimension>> OuterSelection(
    const IndexTransform<>& view) {
  std::vector<StoredDimension> dimensions;
  DimensionIndex used = 0;
  for (DimensionIndex i = 0; i < view.output_rank(); ++i) {
    auto stored = StoredDimensionOf(view, view.output_index_maps()[i]);
    if (!stored) return std::nullopt;
    used += stored->input >= 0;
    dimensions.push_back(*std::move(stored));
  }
  // A dimension that none depends on repeats the same elements.
  if (used != view.input_rank()) return std::nullopt;
  return dimensions;
}

}  // namespace ats::engine
