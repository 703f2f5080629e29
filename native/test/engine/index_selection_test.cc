#include "engine/index_selection.h"

#include <gtest/gtest.h>

#include <vector>

#include "tensorstore/array.h"
#include "tensorstore/box.h"
#include "tensorstore/index_space/index_transform.h"

namespace ats::engine {
namespace {

using Index = tensorstore::Index;
using tensorstore::IndexTransform;
using Kind = DimensionSelection::Kind;

IndexTransform<> Identity() {
  return tensorstore::IdentityTransform(
      tensorstore::BoxView<>({0, 10}, {5, 6}));
}

DimensionSelection Indices(const std::vector<Index>& values,
                           std::vector<Index> shape = {}) {
  if (shape.empty()) shape = {static_cast<Index>(values.size())};
  auto array = tensorstore::AllocateArray<Index>(shape);
  std::copy(values.begin(), values.end(), array.data());
  DimensionSelection selection;
  selection.kind = Kind::kIndices;
  selection.indices = std::move(array);
  return selection;
}

DimensionSelection Point(Index index) {
  DimensionSelection selection;
  selection.kind = Kind::kPoint;
  selection.point = index;
  return selection;
}

std::vector<Index> At(const IndexTransform<>& transform,
                      std::vector<Index> input) {
  std::vector<Index> output(transform.output_rank());
  EXPECT_TRUE(transform
                  .TransformIndices(tensorstore::span<const Index>(input),
                                    tensorstore::span<Index>(output))
                  .ok());
  return output;
}

TEST(SelectOuterTest, SelectsEachDimensionByItself) {
  const auto view =
      SelectOuter(Identity(), std::vector{Indices({4, 0, 4}), Indices({15, 10})})
          .value();
  EXPECT_EQ(view.domain().shape()[0], 3);
  EXPECT_EQ(view.domain().shape()[1], 2);
  EXPECT_EQ(At(view, {2, 0}), (std::vector<Index>{4, 15}));
}

TEST(SelectOuterTest, DropsADimensionForAPoint) {
  const auto view =
      SelectOuter(Identity(), std::vector{Point(2), Indices({11})}).value();
  EXPECT_EQ(view.input_rank(), 1);
  EXPECT_EQ(At(view, {0}), (std::vector<Index>{2, 11}));
}

TEST(SelectVectorizedTest, PutsTheJointDimensionsFirst) {
  const auto view =
      SelectVectorized(Identity(),
                       std::vector{Indices({1, 2}, {2, 1}), Indices({10, 15})})
          .value();
  EXPECT_EQ(view.input_rank(), 2);
  EXPECT_EQ(At(view, {1, 1}), (std::vector<Index>{2, 15}));
  const auto mixed =
      SelectVectorized(Identity(),
                       std::vector{DimensionSelection{}, Indices({12})})
          .value();
  EXPECT_EQ(At(mixed, {0, 3}), (std::vector<Index>{3, 12}));
}

TEST(SelectionTest, RefusesWhatIsOutsideTheDomain) {
  for (const auto& selections :
       {std::vector{Indices({5}), DimensionSelection{}},
        std::vector{DimensionSelection{}, Indices({9})},
        std::vector{Point(-1), DimensionSelection{}}}) {
    EXPECT_EQ(SelectOuter(Identity(), selections).status().code(),
              absl::StatusCode::kOutOfRange);
    EXPECT_EQ(SelectVectorized(Identity(), selections).status().code(),
              absl::StatusCode::kOutOfRange);
  }
}

TEST(SelectionTest, RefusesAWrongCountAndArraysThatDoNotBroadcast) {
  EXPECT_EQ(SelectOuter(Identity(), std::vector{Point(0)}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(SelectVectorized(Identity(), std::vector{Indices({1, 2}),
                                                     Indices({10, 11, 12})})
                .status()
                .code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace ats::engine
