#include "engine/index_selection.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tensorstore/index_interval.h"
#include "tensorstore/index_space/dim_expression.h"
#include "tensorstore/index_space/index_transform_builder.h"
#include "tensorstore/rank.h"
#include "tensorstore/util/status.h"

namespace ats::engine {

using ::tensorstore::DimensionIndex;
using ::tensorstore::Dims;
using ::tensorstore::Index;
using ::tensorstore::IndexTransform;
using ::tensorstore::Result;
using ::tensorstore::SharedArray;

namespace {

using Kind = DimensionSelection::Kind;
using Selections = tensorstore::span<const DimensionSelection>;

absl::Status CheckCount(const IndexTransform<>& transform,
                        Selections selections) {
  if (selections.size() == transform.input_rank()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(selections.size(), " selections were given for ",
                   transform.input_rank(), " dimensions"));
}

// TensorStore checks index arrays when it reads, on another thread; here the
// caller still knows which call was wrong.
absl::Status CheckIndices(const IndexTransform<>& transform,
                          DimensionIndex dimension,
                          const SharedArray<const Index>& indices) {
  const tensorstore::IndexInterval interval =
      transform.domain()[dimension].interval();
  const Index* begin = indices.data();
  const Index* end = begin + indices.num_elements();
  const Index* bad = std::find_if(begin, end, [&](Index index) {
    return !Contains(interval, index);
  });
  if (bad == end) return absl::OkStatus();
  return absl::OutOfRangeError(absl::StrCat(
      "Index ", *bad, " is outside ", interval, " of dimension ", dimension));
}

// Implicit bounds (those of a resizable array) become explicit before they are
// sliced: TensorStore would let an interval reach beyond them, and find out
// when it reads.
Result<IndexTransform<>> SelectOne(IndexTransform<> transform,
                                   DimensionIndex dimension,
                                   const DimensionSelection& selection) {
  switch (selection.kind) {
    case Kind::kAll:
      return transform;
    case Kind::kPoint:
      return std::move(transform) | Dims(dimension).MarkBoundsExplicit() |
             Dims(dimension).IndexSlice(selection.point);
    case Kind::kInterval:
      return std::move(transform) | Dims(dimension).MarkBoundsExplicit() |
             Dims(dimension).HalfOpenInterval(selection.start, selection.stop,
                                              selection.step);
    case Kind::kIndices:
      TENSORSTORE_RETURN_IF_ERROR(
          CheckIndices(transform, dimension, selection.indices));
      return std::move(transform) |
             Dims(dimension).OuterIndexArraySlice(selection.indices);
  }
  return absl::InternalError("A selection has an unknown kind");
}

// The shape that `arrays` have together under numpy's broadcasting.
Result<std::vector<Index>> BroadcastShape(
    tensorstore::span<const SharedArray<const Index>> arrays) {
  std::vector<Index> shape;
  for (const auto& array : arrays) {
    const auto extents = array.shape();
    if (extents.size() > static_cast<ptrdiff_t>(shape.size())) {
      shape.insert(shape.begin(), extents.size() - shape.size(), 1);
    }
    for (ptrdiff_t i = 1; i <= extents.size(); ++i) {
      const Index extent = extents[extents.size() - i];
      Index& joint = shape[shape.size() - i];
      if (joint == 1) {
        joint = extent;
      } else if (extent != 1 && extent != joint) {
        return absl::InvalidArgumentError(absl::StrCat(
            "Index arrays of extents ", extent, " and ", joint,
            " do not broadcast"));
      }
    }
  }
  return shape;
}

// `array` with leading dimensions of extent 1 up to `joint_rank`, and trailing
// ones up to `rank`, as an index transform's output map wants it.
Result<SharedArray<const Index>> PadToRank(
    const SharedArray<const Index>& array, DimensionIndex joint_rank,
    DimensionIndex rank) {
  std::vector<Index> shape(rank, 1);
  std::copy(array.shape().begin(), array.shape().end(),
            shape.begin() + (joint_rank - array.rank()));
  return SharedArray<const Index>(array.element_pointer(),
                                  tensorstore::span<const Index>(shape),
                                  tensorstore::c_order);
}

struct Joint {
  std::vector<DimensionIndex> dimensions;
  std::vector<SharedArray<const Index>> arrays;
};

// The transform that replaces the dimensions of `joint` by the broadcast
// dimensions of its arrays, in front, and keeps the others.
Result<IndexTransform<>> JointTransform(const IndexTransform<>& over,
                                        const Joint& joint) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto shape, BroadcastShape(joint.arrays));
  const DimensionIndex joint_rank = shape.size();
  const DimensionIndex kept = over.input_rank() - joint.dimensions.size();
  const DimensionIndex rank = joint_rank + kept;
  TENSORSTORE_RETURN_IF_ERROR(tensorstore::ValidateRank(rank));
  tensorstore::IndexTransformBuilder<> builder(rank, over.input_rank());
  auto bounds = builder.input_bounds();
  for (DimensionIndex i = 0; i < joint_rank; ++i) {
    bounds[i] = tensorstore::IndexInterval::UncheckedSized(0, shape[i]);
  }
  DimensionIndex next = joint_rank;
  for (DimensionIndex i = 0; i < over.input_rank(); ++i) {
    const auto found = std::find(joint.dimensions.begin(),
                                 joint.dimensions.end(), i);
    if (found == joint.dimensions.end()) {
      bounds[next] = over.domain()[i].interval();
      builder.input_labels()[next] = over.domain().labels()[i];
      builder.implicit_lower_bounds()[next] =
          over.domain().implicit_lower_bounds()[i];
      builder.implicit_upper_bounds()[next] =
          over.domain().implicit_upper_bounds()[i];
      builder.output_single_input_dimension(i, next++);
      continue;
    }
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto padded, PadToRank(joint.arrays[found - joint.dimensions.begin()],
                               joint_rank, rank));
    builder.output_index_array(i, 0, 1, padded);
  }
  return builder.Finalize();
}

}  // namespace

Result<IndexTransform<>> SelectOuter(IndexTransform<> transform,
                                     Selections selections) {
  TENSORSTORE_RETURN_IF_ERROR(CheckCount(transform, selections));
  // Backwards, because points and index arrays change the rank.
  for (DimensionIndex i = selections.size(); i-- > 0;) {
    TENSORSTORE_ASSIGN_OR_RETURN(
        transform, SelectOne(std::move(transform), i, selections[i]));
  }
  return transform;
}

Result<IndexTransform<>> SelectVectorized(IndexTransform<> transform,
                                          Selections selections) {
  TENSORSTORE_RETURN_IF_ERROR(CheckCount(transform, selections));
  Joint joint;
  std::vector<DimensionSelection> basic(selections.begin(), selections.end());
  DimensionIndex dimension = 0;  // after the points have been dropped
  for (DimensionIndex i = 0; i < selections.size(); ++i) {
    if (selections[i].kind == Kind::kIndices) {
      TENSORSTORE_RETURN_IF_ERROR(
          CheckIndices(transform, i, selections[i].indices));
      joint.dimensions.push_back(dimension);
      joint.arrays.push_back(selections[i].indices);
      basic[i] = {};
    }
    if (selections[i].kind != Kind::kPoint) ++dimension;
  }
  TENSORSTORE_ASSIGN_OR_RETURN(transform,
                               SelectOuter(std::move(transform), basic));
  if (joint.arrays.empty()) return transform;
  TENSORSTORE_ASSIGN_OR_RETURN(auto selection,
                               JointTransform(transform, joint));
  return tensorstore::ComposeTransforms(std::move(transform),
                                        std::move(selection));
}

}  // namespace ats::engine
