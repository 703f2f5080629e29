#include "engine/chunk_read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "engine/index_selection.h"
#include "engine/stored_chunks.h"
#include "engine/view_maps.h"
#include "test/engine/selections.h"
#include "tensorstore/array.h"
#include "tensorstore/cast.h"
#include "tensorstore/index_space/dim_expression.h"
#include "tensorstore/kvstore/operations.h"
#include "tensorstore/open.h"
#include "tensorstore/util/status.h"

namespace ats::engine {
namespace {

using ::nlohmann::json;
using tensorstore::Context;
using tensorstore::Index;
using tensorstore::IndexTransform;
using tensorstore::OpenMode;
using tensorstore::ReadWriteMode;
using tensorstore::TensorStore;

constexpr Index kRows = 150, kColumns = 70;

json BloscOf(int shuffle, int block_size) {
  return {{"id", "blosc"},      {"cname", "lz4"},    {"clevel", 5},
          {"shuffle", shuffle}, {"blocksize", block_size}};
}

json Version2(json compressor, std::string order = "C",
              std::string dtype = "<f4", json fill = 7) {
  return {{"driver", "zarr"},
          {"kvstore", "memory://"},
          {"metadata",
           {{"zarr_format", 2},
            {"shape", {kRows, kColumns}},
            {"chunks", {64, 48}},
            {"dtype", dtype},
            {"compressor", compressor},
            {"fill_value", fill},
            {"order", order},
            {"filters", nullptr}}}};
}

json Version3(json codecs) {
  return {{"driver", "zarr3"},
          {"kvstore", "memory://"},
          {"metadata",
           {{"data_type", "float32"},
            {"shape", {kRows, kColumns}},
            {"fill_value", 7},
            {"codecs", codecs},
            {"chunk_grid",
             {{"name", "regular"},
              {"configuration", {{"chunk_shape", {64, 48}}}}}}}}};
}

json Bytes(std::string endian = "little") {
  return {{"name", "bytes"}, {"configuration", {{"endian", endian}}}};
}

// Shards of 64 x 48 in chunks of `chunk`.
json Sharded(json codecs, std::vector<Index> chunk) {
  const json index = {Bytes(), {{"name", "crc32c"}}};
  return Version3({{{"name", "sharding_indexed"},
                    {"configuration",
                     {{"chunk_shape", chunk},
                      {"codecs", codecs},
                      {"index_codecs", index}}}}});
}

// Mostly zeros, as matrices are here; chunk (1, 0) is not stored.
TensorStore<> Stored(const json& spec, const Context& context,
                     bool writable = false) {
  auto store =
      tensorstore::Open(spec, context, OpenMode::create | OpenMode::open)
          .value();
  auto array = tensorstore::AllocateArray<float>({kRows, kColumns});
  std::mt19937 random(5);
  for (Index i = 0; i < kRows * kColumns; ++i) {
    array.data()[i] = random() % 8 == 0 ? static_cast<float>(random() % 90) : 0;
  }
  const auto numbers =
      tensorstore::Cast(store, tensorstore::dtype_v<float>).value();
  for (const auto& [begin, end] : {std::pair<Index, Index>{0, 64}, {128, 150}}) {
    auto rows = tensorstore::Dims(0).HalfOpenInterval(begin, end);
    TENSORSTORE_CHECK_OK(
        tensorstore::Write((array | rows).value(),
                           (numbers | rows).value())
            .result());
  }
  if (writable) return store;
  return tensorstore::Open(spec, context, OpenMode::open, ReadWriteMode::read)
      .value();
}

TensorStore<> ZeroOrigin(TensorStore<> view) {
  return (std::move(view) | tensorstore::AllDims().TranslateTo(0)).value();
}

tensorstore::SharedArray<void> TargetFor(const TensorStore<>& view,
                                         bool fortran) {
  return tensorstore::AllocateArray(
      view.domain().shape(),
      fortran ? tensorstore::fortran_order : tensorstore::c_order,
      tensorstore::value_init, view.dtype());
}

class ChunkReadTest : public testing::TestWithParam<json> {};

TEST_P(ChunkReadTest, GivesWhatTensorStoreGives) {
  const TensorStore<> store = Stored(GetParam(), Context::Default());
  std::mt19937 random(11);
  int declined = 0;
  for (int round = 0; round < 150; ++round) {
    auto view =
        ApplyIndexTransform(
            [&](IndexTransform<> transform) {
              return SelectOuter(std::move(transform),
                                 std::vector{RandomSelection(kRows, random),
                                             RandomSelection(kColumns, random)});
            },
            store)
            .value();
    if (view.rank() == 2 && random() % 2) {
      view = (view | tensorstore::Dims(1, 0).Transpose()).value();
    }
    view = ZeroOrigin(std::move(view));
    auto target = TargetFor(view, random() % 2);
    auto read = ReadChunks(view, target);
    if (!read) {
      // An index array of one element says of no dimension that it depends on
      // it.
      const auto shape = view.domain().shape();
      EXPECT_TRUE(std::any_of(shape.begin(), shape.end(),
                              [](Index extent) { return extent <= 1; }))
          << view.domain();
      ++declined;
      continue;
    }
    ASSERT_TRUE(read->status().ok()) << read->status();
    EXPECT_EQ(target,
              tensorstore::Read<tensorstore::zero_origin>(view).value())
        << "round " << round << ": " << view.domain();
  }
  EXPECT_LT(declined, 30);
}

INSTANTIATE_TEST_SUITE_P(
    Codecs, ChunkReadTest,
    testing::Values(
        Version2(nullptr), Version2(nullptr, "F"), Version2(BloscOf(0, 0)),
        // Streams of 16 elements: many of them in a chunk.
        Version2(BloscOf(0, 64)), Version2(BloscOf(0, 64), "F"),
        Version2(BloscOf(1, 0)), Version2(BloscOf(2, 0)),
        // Shuffled blocks: many of them, and elements of other sizes.
        Version2(BloscOf(1, 64)), Version2(BloscOf(1, 600), "F"),
        Version2(BloscOf(1, 2048), "C", "<f8"),
        Version2(BloscOf(1, 300), "C", "<u2"),
        Version2(BloscOf(1, 0), "C", "<c16", {7.0, 0.0}),
        Version2(BloscOf(1, 128), "C", "|i1"),
        Version2(BloscOf(-1, 512), "C", "<f8"),
        Version2(BloscOf(0, 128), "C", "|i1"),
        Version2(BloscOf(0, 0), "C", "<c16", {7.0, 0.0}),
        Version2({{"id", "zstd"}, {"level", 1}}),
        Version2({{"id", "gzip"}, {"level", 5}}, "F", "<u2", nullptr),
        Version3({Bytes()}),
        Version3({Bytes(), {{"name", "zstd"}, {"configuration", {{"level", 1}}}},
                  {{"name", "crc32c"}}}),
        Version3({Bytes(), {{"name", "gzip"},
                            {"configuration", {{"level", 5}}}}}),
        Sharded({Bytes(), {{"name", "zstd"}, {"configuration", {{"level", 1}}}}},
                {16, 12}),
        Sharded({Bytes()}, {1, 48})));

TEST(StoredChunksTest, LeavesToTensorStoreWhatIsNotSimple) {
  const auto context = [](Index cache) {
    return Context(Context::Spec::FromJson(
                       {{"cache_pool", {{"total_bytes_limit", cache}}}})
                       .value());
  };
  const json simple = Version2(BloscOf(0, 0));
  EXPECT_TRUE(StoredChunksOf(Stored(simple, context(0))));
  // What was written and is not stored yet would be passed over.
  EXPECT_FALSE(StoredChunksOf(Stored(simple, context(0), /*writable=*/true)));
  // What is kept would be read again.
  EXPECT_FALSE(StoredChunksOf(Stored(simple, context(1 << 20))));
  EXPECT_FALSE(StoredChunksOf(
      Stored(Version2(BloscOf(0, 0), "C", ">f4"), context(0))));
  EXPECT_FALSE(StoredChunksOf(
      Stored(Version3({{{"name", "transpose"},
                        {"configuration", {{"order", {1, 0}}}}},
                       Bytes()}),
             context(0))));
  EXPECT_FALSE(StoredChunksOf(Stored(Version3({Bytes("big")}), context(0))));
  const json shards = Sharded({Bytes()}, {16, 12});
  EXPECT_TRUE(StoredChunksOf(Stored(shards, context(0))));
  EXPECT_FALSE(StoredChunksOf(Stored(shards, context(1 << 20))));
  EXPECT_FALSE(
      StoredChunksOf(Stored(Sharded({Bytes("big")}, {16, 12}), context(0))));
}

// Expects the chunks of `array`, stored as `spec` says, to be read as it is.
void ExpectToRead(const json& spec,
                  const tensorstore::SharedArray<const void>& array) {
  const Context context = Context::Default();
  TENSORSTORE_CHECK_OK(
      tensorstore::Write(
          array, tensorstore::Open(spec, context, OpenMode::create).value())
          .result());
  const auto store =
      tensorstore::Open(spec, context, OpenMode::open, ReadWriteMode::read)
          .value();
  auto target = TargetFor(store, false);
  auto read = ReadChunks(store, target);
  ASSERT_TRUE(read.has_value());
  ASSERT_TRUE(read->status().ok()) << read->status();
  EXPECT_EQ(target, array);
}

// Chunks of a shard are read in several tasks where they are large.
TEST(ChunkReadTest, DividesLargeShards) {
  const json spec = {
      {"driver", "zarr3"},
      {"kvstore", "memory://"},
      {"metadata",
       {{"data_type", "int32"},
        {"shape", {2048, 2048}},
        {"codecs",
         {{{"name", "sharding_indexed"},
           {"configuration",
            {{"chunk_shape", {512, 512}}, {"codecs", {Bytes()}}}}}}},
        {"chunk_grid",
         {{"name", "regular"},
          {"configuration", {{"chunk_shape", {2048, 2048}}}}}}}}};
  auto array = tensorstore::AllocateArray<int32_t>({2048, 2048});
  std::iota(array.data(), array.data() + array.num_elements(), 0);
  ExpectToRead(spec, array);
}

TEST(OuterSelectionTest, RefusesWhatIsNotOuter) {
  const TensorStore<> store = Stored(Version2(nullptr), Context::Default());
  const auto transform_of = [](const TensorStore<>& view) {
    return tensorstore::internal::TensorStoreAccess::handle(ZeroOrigin(view))
        .transform;
  };
  EXPECT_TRUE(OuterSelection(transform_of(store)));
  // Points, a diagonal, a dimension that repeats.
  auto points = tensorstore::MakeArray<Index>({1, 2, 3});
  EXPECT_FALSE(OuterSelection(transform_of(
      (store | tensorstore::Dims(0, 1).IndexArraySlice(points, points))
          .value())));
  EXPECT_FALSE(OuterSelection(transform_of(
      (store | tensorstore::Dims(0, 1).Diagonal()).value())));
  EXPECT_FALSE(OuterSelection(transform_of(
      (store | tensorstore::Dims(0).AddNew().SizedInterval(0, 3)).value())));
}

// Damage ends in an error or in values, never in a crash (run under ASan), and
// an error says which chunk it is about.
TEST(ChunkReadTest, SurvivesDamage) {
  std::mt19937 random(3);
  for (const json& compressor :
       {BloscOf(0, 64), BloscOf(0, 0), BloscOf(1, 0), BloscOf(1, 512),
        json{{"id", "zstd"}, {"level", 1}}, json(nullptr)}) {
    int refused = 0;
    for (int round = 0; round < 120; ++round) {
      const Context context = Context(Context::Spec());
      const TensorStore<> store =
          ZeroOrigin(Stored(Version2(compressor), context));
      const auto kvstore = store.kvstore();
      std::string bytes(
          tensorstore::kvstore::Read(kvstore, "0.0").value().value);
      if (round % 3 == 0) {
        bytes.resize(random() % bytes.size());
      } else {
        // Heads are small, and are what matters.
        const size_t reach = round % 3 == 1 ? 80 : bytes.size();
        bytes[random() % std::min(reach, bytes.size())] ^= 1 << random() % 8;
      }
      TENSORSTORE_CHECK_OK(
          tensorstore::kvstore::Write(kvstore, "0.0", absl::Cord(bytes))
              .result());
      auto target = TargetFor(store, false);
      auto read = ReadChunks(store, target);
      ASSERT_TRUE(read.has_value());
      const absl::Status status = read->status();
      if (status.ok()) continue;
      ++refused;
      EXPECT_THAT(std::string(status.message()), testing::HasSubstr("0.0"));
    }
    EXPECT_GE(refused, 40) << compressor;
  }
}

// A cord of a few bytes holds them itself.
TEST(ChunkReadTest, ReadsChunksOfFewBytes) {
  for (const json& compressor : {json(nullptr), BloscOf(0, 0)}) {
    const json spec = {{"driver", "zarr"},
                       {"kvstore", "memory://"},
                       {"metadata",
                        {{"shape", {5}},
                         {"chunks", {2}},
                         {"dtype", "|u1"},
                         {"compressor", compressor}}}};
    ExpectToRead(spec, tensorstore::MakeArray<uint8_t>({1, 2, 3, 4, 5}));
  }
}

TEST(ChunkReadTest, StopsWhenNobodyWaits) {
  const TensorStore<> store =
      ZeroOrigin(Stored(Version2(BloscOf(0, 64)), Context::Default()));
  for (int i = 0; i < 50; ++i) {
    ReadChunks(store, TargetFor(store, false))->Force();
  }
}

}  // namespace
}  // namespace ats::engine
