#include "engine/run_read.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>
#include <set>
#include <vector>

#include "engine/run_plan.h"
#include "engine/stored_chunks.h"
#include "tensorstore/array.h"
#include "tensorstore/context.h"
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

using ::nlohmann::json;

// In chunks of 7, which with `shards` share files of 28.
json Version3(bool shards) {
  json codecs = json::array();
  if (shards) {
    codecs.push_back({{"name", "sharding_indexed"},
                      {"configuration", {{"chunk_shape", {7}}}}});
  }
  return {{"driver", "zarr3"},
          {"kvstore", "memory://"},
          {"metadata",
           {{"data_type", "int32"},
            {"shape", {kLength}},
            {"codecs", codecs},
            {"chunk_grid",
             {{"name", "regular"},
              {"configuration", {{"chunk_shape", {shards ? 28 : 7}}}}}}}}};
}

// In chunks of 90, each of several Blosc streams.
json Version2() {
  return {{"driver", "zarr"},
          {"kvstore", "memory://"},
          {"metadata",
           {{"shape", {kLength}},
            {"chunks", {90}},
            {"dtype", "<i4"},
            {"compressor",
             {{"id", "blosc"},
              {"cname", "lz4"},
              {"shuffle", 0},
              {"blocksize", 64}}}}}};
}

// 0, 1, 2, …; chunks of what is only read are read past TensorStore's cache.
TensorStore<> Numbers(const json& spec, bool writable) {
  using tensorstore::OpenMode;
  const auto context = tensorstore::Context::Default();
  auto store = tensorstore::Open(spec, context, OpenMode::create).value();
  auto array = tensorstore::AllocateArray<int32_t>({kLength});
  std::iota(array.data(), array.data() + kLength, 0);
  TENSORSTORE_CHECK_OK(tensorstore::Write(array, store).result());
  if (writable) return store;
  return tensorstore::Open(spec, context, OpenMode::open,
                           tensorstore::ReadWriteMode::read)
      .value();
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

class RunReadTest : public testing::TestWithParam<json> {};

TEST_P(RunReadTest, ReadsEachRunToItsPlace) {
  std::mt19937 random(5);
  for (const bool writable : {false, true}) {
    const auto store = Numbers(GetParam(), writable);
    EXPECT_NE(StoredChunksOf(store).has_value(), writable);
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

TEST_P(RunReadTest, ReadsEverythingAtOnce) {
  const auto store = Numbers(GetParam(), /*writable=*/false);
  auto target = tensorstore::AllocateArray<int32_t>({kLength});
  ASSERT_TRUE(
      ReadRuns(store, {StoredRun{0, kLength, 0}}, target).result().ok());
  for (Index k = 0; k < kLength; ++k) ASSERT_EQ(target(k), k);
}

TEST_P(RunReadTest, ProvesThatAllThatWasReadIsBelowALimit) {
  const auto store = Numbers(GetParam(), /*writable=*/false);
  auto target = tensorstore::AllocateArray<int32_t>({kLength});
  // Whole chunks, and parts of some; the last value that is read is 699.
  const std::vector<StoredRun> runs = {{3, 20, 0}, {100, 400, 20}, {690, 10, 420}};
  const auto proves = [&](int64_t limit) {
    const auto check = std::make_shared<core::BoundCheck>(4, limit);
    EXPECT_TRUE(ReadRuns(store, runs, target, check).result().ok());
    EXPECT_FALSE(check->Proves(429));
    return check->Proves(430);
  };
  EXPECT_TRUE(proves(700));
  EXPECT_FALSE(proves(699));
}

INSTANTIATE_TEST_SUITE_P(Layouts, RunReadTest,
                         testing::Values(Version3(false), Version3(true),
                                         Version2()));

TEST(RunReadRefusalTest, RefusesRunsOutsideTheStoreOrTheTarget) {
  const auto store = Numbers(Version3(false), /*writable=*/true);
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

TEST(RunReadRefusalTest, RefusesViewsAndOtherTypes) {
  const auto store = Numbers(Version3(false), /*writable=*/true);
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
