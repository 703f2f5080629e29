#include "engine/read.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>
#include <vector>

#include "engine/index_selection.h"
#include "engine/read_plan.h"
#include "test/engine/selections.h"
#include "engine/windowed_read.h"
#include "tensorstore/array.h"
#include "tensorstore/index_space/dim_expression.h"
#include "tensorstore/open.h"
#include "tensorstore/util/status.h"

namespace ats::engine {
namespace {

using Index = tensorstore::Index;
using tensorstore::IndexTransform;
using tensorstore::TensorStore;

constexpr Index kRows = 60, kColumns = 45;

TensorStore<> Grid() {
  auto store = tensorstore::Open(
                   {{"driver", "zarr3"},
                    {"kvstore", "memory://"},
                    {"metadata",
                     {{"data_type", "int32"},
                      {"shape", {kRows, kColumns}},
                      {"chunk_grid",
                       {{"name", "regular"},
                        {"configuration", {{"chunk_shape", {7, 10}}}}}}}}},
                   tensorstore::OpenMode::create)
                   .value();
  auto array = tensorstore::AllocateArray<int32_t>({kRows, kColumns});
  std::iota(array.data(), array.data() + kRows * kColumns, 0);
  TENSORSTORE_CHECK_OK(tensorstore::Write(array, store).result());
  return store;
}

TensorStore<> Select(const TensorStore<>& store,
                     const std::vector<DimensionSelection>& selections) {
  return ApplyIndexTransform(
             [&](IndexTransform<> transform) {
               return SelectOuter(std::move(transform), selections);
             },
             store)
      .value();
}

// Block sizes from one chunk to everything give what TensorStore gives.
TEST(WindowedReadTest, ReadsWhatOneReadWould) {
  const TensorStore<> store = Grid();
  std::mt19937 random(11);
  for (int round = 0; round < 200; ++round) {
    auto view = Select(store, {RandomSelection(kRows, random),
                               RandomSelection(kColumns, random)});
    if (view.rank() == 2 && random() % 2) {
      view = (view | tensorstore::Dims(1, 0).Transpose()).value();
    }
    view = (view | tensorstore::AllDims().TranslateTo(0)).value();
    const auto expected =
        tensorstore::Read<tensorstore::zero_origin>(view).value();
    auto target = tensorstore::AllocateArray(
        view.domain().shape(), tensorstore::c_order, tensorstore::value_init,
        view.dtype());
    const Index block_bytes = Index{1} << (random() % 16);
    auto plan = ReadPlan::Make(
        tensorstore::internal::TensorStoreAccess::handle(view).transform,
        GridOf(view, block_bytes), 4, block_bytes);
    ASSERT_TRUE(ReadInWindow(view, target, std::move(plan), block_bytes * 3, 2)
                    .status()
                    .ok());
    EXPECT_EQ(target, expected) << "round " << round;
  }
}

TEST(ReadPlanTest, CutsAWholeArrayAtItsChunks) {
  const TensorStore<> store = Grid();
  const auto grid = GridOf(store, 0);
  EXPECT_EQ(grid.shape, (std::vector<Index>{7, 10}));
  const auto transform =
      tensorstore::internal::TensorStoreAccess::handle(store).transform;
  EXPECT_EQ(ReadPlan::Make(transform, grid, 4, 1).size(), 9 * 5);
  EXPECT_EQ(ReadPlan::Make(transform, grid, 4, 7 * 50 * 4).size(), 9);
  EXPECT_EQ(ReadPlan::Make(transform, grid, 4, 1 << 20).size(), 1);
}

TEST(ReadPlanTest, CountsTheChunkOfADroppedDimension) {
  const TensorStore<> row =
      (Grid() | tensorstore::Dims(0).IndexSlice(3)).value();
  const auto transform =
      tensorstore::internal::TensorStoreAccess::handle(row).transform;
  const auto plan = ReadPlan::Make(transform, GridOf(row, 0), 4, 1);
  EXPECT_EQ(plan.size(), 5);
  EXPECT_EQ(plan.bytes_per_block(), 7 * 10 * 4);
}

TEST(ReadIntoTest, RefusesATargetOfAnotherShape) {
  auto target = tensorstore::AllocateArray<int32_t>({kRows, kColumns + 1});
  EXPECT_EQ(ReadInto(Grid(), target, tensorstore::Batch(tensorstore::no_batch))
                .status()
                .code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(ReadIntoTest, StopsWhenNobodyWaits) {
  // Nothing to observe but that it neither crashes nor leaks: run under ASan.
  for (int i = 0; i < 50; ++i) {
    auto target = tensorstore::AllocateArray<int32_t>({kRows, kColumns});
    ReadInto(Grid(), target, tensorstore::Batch(tensorstore::no_batch))
        .Force();
  }
}

TEST(CheckElementCountTest, BoundsWhatIsReadAtOnce) {
  EXPECT_TRUE(CheckElementCount(Grid().domain()).ok());
  const auto huge = tensorstore::IndexDomain<>(
      tensorstore::BoxView<>({0, 0}, {Index{1} << 40, Index{1} << 40}));
  EXPECT_EQ(CheckElementCount(huge).code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(CheckElementCount(tensorstore::IndexDomain<>(2)).code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace ats::engine
