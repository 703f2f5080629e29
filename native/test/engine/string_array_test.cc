#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "engine/string_array_read.h"
#include "engine/string_array_write.h"
#include "tensorstore/context.h"
#include "tensorstore/kvstore/operations.h"
#include "tensorstore/util/status.h"

namespace ats::engine {
namespace {

using ::nlohmann::json;
using ::tensorstore::Context;
using ::tensorstore::Index;
using ::tensorstore::KvStore;

struct Memory {
  Context context = Context::Default();
  KvStore store =
      tensorstore::kvstore::Open("memory://", context).value();
};

json Layout(Extents shape, Extents chunks, json shards = nullptr) {
  Extents order(shape.size());
  for (size_t d = 0; d < order.size(); ++d) order[d] = order.size() - 1 - d;
  return {{"path", "store/names"},
          {"shape", shape},
          {"chunks", chunks},
          {"shards", shards},
          {"keys", {{"encoding", "default"}, {"separator", "/"}}},
          {"text", {{"kind", "vlen-utf8"}}},
          {"codecs",
           {{"zarrFormat", 3},
            {"codecs",
             {{{"name", "zstd"}, {"configuration", {{"level", 1}}}},
              {{"name", "crc32c"}}}}}},
          {"order", order},
          {"fill", "-"}};
}

json Shards(Extents shape) {
  return {{"shape", shape},
          {"indexLocation", "end"},
          {"indexCodecs",
           {{{"name", "bytes"}, {"configuration", {{"endian", "little"}}}},
            {{"name", "crc32c"}}}}};
}

std::string TextOf(Index i) { return std::string(i % 5, 'y') + std::to_string(i); }

absl::Status WriteAll(const Memory& memory, const json& layout) {
  struct Block {
    std::vector<int32_t> offsets = {0};
    std::string bytes;
  };
  auto block = std::make_shared<Block>();
  StringWriteRequest request{memory.store, memory.context,
                             StringLayout::Parse(layout).value()};
  request.shape = request.layout.shape;
  request.origin.resize(request.shape.size(), 0);
  for (Index i = 0; i < CountOf(request.shape); ++i) {
    block->bytes += TextOf(i);
    block->offsets.push_back(static_cast<int32_t>(block->bytes.size()));
  }
  request.block.offsets = tensorstore::span<const int32_t>(block->offsets);
  request.block.bytes = tensorstore::span<const char>(block->bytes);
  request.block.memory = block;
  return WriteStrings(std::move(request)).status();
}

tensorstore::Result<std::vector<std::string>> Read(
    const Memory& memory, const json& layout,
    std::vector<AxisSelection> selection, bool missing_is_corrupt = true) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto parsed, StringLayout::Parse(layout));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto column,
      ReadStrings({memory.store, memory.context, std::move(parsed),
                   std::move(selection), missing_is_corrupt,
                   {1 << 24, 1 << 28}})
          .result());
  std::vector<int64_t> offsets(column->count() + 1);
  std::string bytes(column->byte_length(), '\0');
  column->Fill(tensorstore::span<int64_t>(offsets),
               tensorstore::span<char>(bytes));
  std::vector<std::string> texts;
  for (Index i = 0; i < column->count(); ++i) {
    texts.push_back(bytes.substr(offsets[i], offsets[i + 1] - offsets[i]));
  }
  return texts;
}

// A selection of an axis, and the positions that it means.
std::pair<AxisSelection, Extents> Random(Index extent, std::mt19937& random) {
  Extents positions;
  switch (random() % 3) {
    case 0:
      for (Index i = 0; i < extent; ++i) positions.push_back(i);
      return {{}, positions};
    case 1: {
      const Index start = random() % extent;
      const Index step = 1 + random() % 5;
      const bool down = random() % 2 == 0;
      for (Index at = start; at >= 0 && at < extent; at += down ? -step : step) {
        positions.push_back(at);
      }
      return {AxisRange{start, down ? -step : step,
                          static_cast<Index>(positions.size())},
              positions};
    }
    default:
      for (Index n = random() % 12; n-- > 0;) {
        positions.push_back(random() % extent);
      }
      return {positions, positions};
  }
}

TEST(StringArray, GivesAnySelectionOfPlainAndShardedArrays) {
  std::mt19937 random(11);
  for (const bool sharded : {false, true}) {
    const Memory memory;
    const json layout = Layout({37, 23}, {4, 5},
                               sharded ? Shards({12, 10}) : json(nullptr));
    ASSERT_TRUE(WriteAll(memory, layout).ok());
    for (int i = 0; i < 200; ++i) {
      auto [rows, row_positions] = Random(37, random);
      auto [columns, column_positions] = Random(23, random);
      std::vector<std::string> expected;
      for (const Index row : row_positions) {
        for (const Index column : column_positions) {
          expected.push_back(TextOf(row * 23 + column));
        }
      }
      EXPECT_EQ(Read(memory, layout, {rows, columns}).value(), expected);
    }
  }
}

TEST(StringArray, ReadsManyChunksAtATime) {
  const Memory memory;
  const json layout = Layout({200'000}, {100}, Shards({10'000}));
  ASSERT_TRUE(WriteAll(memory, layout).ok());
  const auto texts = Read(memory, layout, {{}}).value();
  ASSERT_EQ(texts.size(), 200'000);
  for (Index i = 0; i < 200'000; ++i) ASSERT_EQ(texts[i], TextOf(i));
}

TEST(StringArray, NamesWhatIsWrongWithAnyByte) {
  const Memory memory;
  const json layout = Layout({20}, {4}, Shards({20}));
  ASSERT_TRUE(WriteAll(memory, layout).ok());
  const std::string sound =
      std::string(tensorstore::kvstore::Read(memory.store, "c/0").value().value);
  const auto whole = Read(memory, layout, {{}}).value();
  int damaged = 0;
  for (size_t i = 0; i < sound.size(); ++i) {
    std::string bytes = sound;
    bytes[i] ^= 0x20;
    ASSERT_TRUE(
        tensorstore::kvstore::Write(memory.store, "c/0", absl::Cord(bytes))
            .status()
            .ok());
    // Every byte is under a checksum: of its chunk or of the index.
    const auto read = Read(memory, layout, {{}});
    EXPECT_EQ(read.status().code(), absl::StatusCode::kDataLoss)
        << i << ": " << read.status();
    damaged += read.ok() ? 0 : 1;
  }
  EXPECT_EQ(damaged, static_cast<int>(sound.size()));
}

TEST(StringArray, FillsWhatIsMissingOrSaysSo) {
  const Memory memory;
  const json layout = Layout({6}, {4});
  EXPECT_EQ(Read(memory, layout, {{}}, false).value(),
            std::vector<std::string>(6, "-"));
  EXPECT_EQ(Read(memory, layout, {{}}).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST(StringArray, StopsWhenNobodyWaits) {
  const Memory memory;
  const json layout = Layout({200'000}, {10});
  for (int i = 0; i < 20; ++i) {
    auto future = ReadStrings({memory.store, memory.context,
                               StringLayout::Parse(layout).value(),
                               {{}},
                               false,
                               {1 << 24, 1 << 28}});
    future = {};
  }
  EXPECT_EQ(Read(memory, Layout({6}, {4}), {{}}, false)->size(), 6);
}

}  // namespace
}  // namespace ats::engine
