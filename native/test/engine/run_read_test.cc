#include "engine/run_read.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>
#include <set>
#include <vector>

#include "engine/run_plan.h"
#include "tensorstore/array.h"
#include "tensorstore/index_space/dim_expression.h"
#include "tensorstore/open.h"
#include "tensorstore/util/status.h"

namespace ats::engine {
namespace {

using Index = tensorstore::Index;
using tensorstore::TensorStore;
// Within a test, Run is a method of its class.
using StoredRun = Run;

constexpr Index kLength = 1000;

// 0, 1, 2, … in chunks of 7, which with `shards` share files of 28.
TensorStore<> Numbers(bool shards) {
  ::nlohmann::json codecs = ::nlohmann::json::array();
  if (shards) {
    codecs.push_back({{"name", "sharding_indexed"},
                      {"configuration", {{"chunk_shape", {7}}}}});
  }
  auto store =
      tensorstore::Open(
          {{"driver", "zarr3"},
           {"kvstore", "memory://"},
           {"metadata",
            {{"data_type", "int32"},
             {"shape", {kLength}},
             {"codecs", codecs},
             {"chunk_grid",
              {{"name", "regular"},
               {"configuration", {{"chunk_shape", {shards ? 28 : 7}}}}}}}}},
          tensorstore::OpenMode::create)
          .value();
  auto array = tensorstore::AllocateArray<int32_t>({kLength});
  std::iota(array.data(), array.data() + kLength, 0);
  TENSORSTORE_CHECK_OK(tensorstore::Write(array, store).result());
  return store;
}

// Ascending, disjoint runs that go to places in another order.
std::vector<StoredRun> RandomRuns(std::mt19937& random) {
  std::vector<StoredRun> runs;
  for (Index at = random() % 20; at < kLength;) {
    const Index count = std::min<Index>(random() % 40, kLength - at);
    runs.push_back({at, count, 0});
    at += count + random() % 20;
  }
  std::vector<size_t> order(runs.size());
  std::iota(order.begin(), order.end(), 0);
  std::shuffle(order.begin(), order.end(), random);
  Index place = 0;
  for (size_t i : order) {
    runs[i].place = place;
    place += runs[i].count;
  }
  return runs;
}

TEST(RunPlanTest, CoversEveryRunAndNoChunkTwice) {
  std::mt19937 random(3);
  for (int i = 0; i < 200; ++i) {
    const auto runs = RandomRuns(random);
    const Index chunk = random() % 30;
    const auto plan = RunPlan::Make(runs, 0, chunk, 4, 4 * (random() % 200));
    std::vector<Index> from(kLength, -1), expected(kLength, -1);
    for (const StoredRun& run : runs) {
      for (Index k = 0; k < run.count; ++k)
        expected[run.place + k] = run.start + k;
    }
    std::set<Index> chunks;
    for (Index b = 0; b < plan.size(); ++b) {
      for (const Segment& segment : plan.Block(b)) {
        for (const StoredRun& piece : plan.Pieces(segment)) {
          EXPECT_LE(segment.begin, piece.start);
          EXPECT_LE(piece.start + piece.count, segment.end);
          for (Index k = 0; k < piece.count; ++k)
            from[piece.place + k] = piece.start + k;
        }
        for (Index c = segment.begin; chunk > 0 && c < segment.end;
             c = (c / chunk + 1) * chunk) {
          EXPECT_TRUE(chunks.insert(c / chunk).second);
        }
      }
    }
    EXPECT_EQ(from, expected);
  }
}

TEST(RunReadTest, ReadsEachRunToItsPlace) {
  std::mt19937 random(5);
  for (const bool shards : {false, true}) {
    const auto store = Numbers(shards);
    for (int i = 0; i < 50; ++i) {
      const auto runs = RandomRuns(random);
      auto target = tensorstore::AllocateArray<int32_t>(
          {kLength}, tensorstore::c_order, tensorstore::value_init);
      ASSERT_TRUE(ReadRuns(store, runs, target).result().ok());
      for (const StoredRun& run : runs) {
        for (Index k = 0; k < run.count; ++k)
          ASSERT_EQ(target(run.place + k), run.start + k);
      }
    }
  }
}

TEST(RunReadTest, RefusesRunsOutsideTheStoreOrTheTarget) {
  const auto store = Numbers(false);
  auto target = tensorstore::AllocateArray<int32_t>({10});
  const auto code = [&](std::vector<StoredRun> runs) {
    return ReadRuns(store, std::move(runs), target).status().code();
  };
  using absl::StatusCode;
  using Runs = std::vector<StoredRun>;
  EXPECT_EQ(code(Runs{{kLength - 1, 2, 0}}), StatusCode::kOutOfRange);
  EXPECT_EQ(code(Runs{{-1, 1, 0}}), StatusCode::kOutOfRange);
  EXPECT_EQ(code(Runs{{5, 3, 0}, {7, 1, 3}}), StatusCode::kOutOfRange);
  EXPECT_EQ(code(Runs{{5, -1, 0}}), StatusCode::kOutOfRange);
  EXPECT_EQ(code(Runs{{tensorstore::kMaxFiniteIndex, 8, 0}}),
            StatusCode::kOutOfRange);
  EXPECT_EQ(code(Runs{{0, 5, 6}}), StatusCode::kInvalidArgument);
  EXPECT_EQ(code(Runs{{0, 5, -1}}), StatusCode::kInvalidArgument);
  EXPECT_EQ(code(Runs{}), StatusCode::kOk);
}

TEST(RunReadTest, RefusesViewsAndOtherTypes) {
  const auto store = Numbers(false);
  const auto view =
      (store | tensorstore::Dims(0).TranslateBy(3)).value();
  auto target = tensorstore::AllocateArray<int32_t>({4});
  EXPECT_EQ(ReadRuns(view, {StoredRun{3, 4, 0}}, target).status().code(),
            absl::StatusCode::kInvalidArgument);
  auto other = tensorstore::AllocateArray<float>({4});
  EXPECT_EQ(ReadRuns(store, {StoredRun{3, 4, 0}}, other).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace ats::engine
