#include "hdf5/writer_grid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "hdf5/writer_spec.h"

namespace ats::hdf5 {
namespace {

using ::testing::ElementsAre;

std::vector<uint64_t> Numbers(const ChunkGrid& grid, const Box& box) {
  std::vector<uint64_t> numbers;
  grid.ForEach(box, [&](uint64_t number) { numbers.push_back(number); });
  return numbers;
}

TEST(WriterGridTest, CutsTheLastChunksAtTheEnd) {
  const ChunkGrid grid({7, 5}, {3, 2}, 4);
  EXPECT_EQ(grid.count(), 9);
  EXPECT_EQ(grid.chunk_bytes(), 24);
  EXPECT_THAT(grid.CellOf(8).origin, ElementsAre(6, 4));
  EXPECT_THAT(grid.CellOf(8).shape, ElementsAre(1, 1));
}

TEST(WriterGridTest, NamesTheChunksOfABoxInOrder) {
  const ChunkGrid grid({7, 5}, {3, 2}, 4);
  EXPECT_THAT(Numbers(grid, {{2, 1}, {2, 2}}), ElementsAre(0, 1, 3, 4));
  EXPECT_THAT(Numbers(grid, {{6, 0}, {1, 5}}), ElementsAre(6, 7, 8));
  EXPECT_THAT(Numbers(grid, {{0, 0}, {0, 5}}), ElementsAre());
}

// Every box of a small cube, copied chunk by chunk, puts each value where it
// belongs.
TEST(WriterGridTest, CopiesEachValueToItsPlace) {
  const std::vector<uint64_t> shape = {4, 3, 5};
  const ChunkGrid grid(shape, {3, 2, 2}, 2);
  const Box box{{1, 0, 1}, {3, 3, 3}};
  std::vector<uint16_t> values(CountOf(box.shape));
  std::iota(values.begin(), values.end(), uint16_t{1});
  const BoxBytes from{box, reinterpret_cast<const uint8_t*>(values.data())};
  size_t seen = 0;
  for (const uint64_t number : Numbers(grid, box)) {
    std::vector<uint16_t> chunk(grid.chunk_bytes() / 2);
    grid.CopyInto(number, from, reinterpret_cast<uint8_t*>(chunk.data()));
    const Box cell = grid.CellOf(number);
    for (size_t i = 0; i < chunk.size(); ++i) {
      if (chunk[i] == 0) continue;
      ++seen;
      const uint64_t value = chunk[i] - 1;
      EXPECT_EQ(cell.origin[0] + i / 4, box.origin[0] + value / 9);
      EXPECT_EQ(cell.origin[1] + i / 2 % 2, box.origin[1] + value / 3 % 3);
      EXPECT_EQ(cell.origin[2] + i % 2, box.origin[2] + value % 3);
    }
  }
  EXPECT_EQ(seen, values.size());
}

TEST(WriterGridTest, FindsChunksThatLieInOnePiece) {
  const ChunkGrid grid({10, 4}, {2, 4}, 1);
  std::vector<uint8_t> bytes(5 * 4);
  const BoxBytes from{{{1, 0}, {5, 4}}, bytes.data()};
  EXPECT_EQ(grid.FindWhole(0, from), nullptr);  // its first row is missing
  EXPECT_EQ(grid.FindWhole(1, from), bytes.data() + 4);
  const ChunkGrid narrow({10, 4}, {2, 2}, 1);
  EXPECT_EQ(narrow.FindWhole(2, from), nullptr);  // rows of the block are longer
}

}  // namespace
}  // namespace ats::hdf5
