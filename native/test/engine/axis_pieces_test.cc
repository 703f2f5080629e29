#include "engine/axis_pieces.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <vector>

#include "tensorstore/util/division.h"

namespace ats::engine {
namespace {

using Index = tensorstore::Index;
using Kind = DimensionSelection::Kind;

std::vector<Index> PositionsOf(const DimensionSelection& selection) {
  std::vector<Index> positions;
  if (selection.kind == Kind::kIndices) {
    const Index* data = selection.indices.data();
    positions.assign(data, data + selection.indices.num_elements());
  } else {
    for (Index x = selection.start; x < selection.stop; ++x) {
      positions.push_back(x);
    }
  }
  return positions;
}

// Every position is in exactly one piece, and every chunk in at most one.
void ExpectPartition(const AxisPieces& axis, const std::vector<Index>& stored,
                     Index chunk) {
  std::set<Index> seen;
  std::map<Index, Index> piece_of_cell;
  for (Index piece = 0; piece < axis.count(); ++piece) {
    for (Index x : PositionsOf(axis.Select(piece, piece + 1))) {
      ASSERT_GE(x, 0);
      ASSERT_LT(x, static_cast<Index>(stored.size()));
      EXPECT_TRUE(seen.insert(x).second) << "position " << x << " twice";
      const Index cell = tensorstore::FloorOfRatio(stored[x], chunk);
      EXPECT_EQ(piece_of_cell.emplace(cell, piece).first->second, piece)
          << "chunk " << cell << " in two pieces";
    }
  }
  EXPECT_EQ(seen.size(), stored.size());
}

TEST(AxisPiecesTest, RegularPiecesFollowTheChunksForAnyStrideAndOffset) {
  for (Index chunk : {1, 2, 5, 7}) {
    for (Index stride : {-9, -3, -1, 1, 2, 4, 11}) {
      for (Index first : {-13, -1, 0, 3, 6, 20}) {
        for (Index extent : {1, 2, 6, 17}) {
          SCOPED_TRACE(testing::Message()
                       << "chunk " << chunk << " stride " << stride
                       << " first " << first << " extent " << extent);
          std::vector<Index> stored;
          for (Index x = 0; x < extent; ++x) stored.push_back(first + x * stride);
          ExpectPartition(AxisPieces::Regular(extent, first, stride, chunk),
                          stored, chunk);
        }
      }
    }
  }
}

TEST(AxisPiecesTest, HugeAxesAreCutWithoutListingThem) {
  const Index extent = Index{1} << 40;
  const auto axis = AxisPieces::Regular(extent, 3, 1, 10);
  EXPECT_EQ(axis.count(), (extent + 2) / 10 + 1);
  const auto last = axis.Select(axis.count() - 1, axis.count());
  EXPECT_EQ(last.stop, extent);
  EXPECT_LE(last.stop - last.start, 10);
}

TEST(AxisPiecesTest, ScatteredPositionsAreGroupedByChunk) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    std::vector<Index> stored(random() % 60);
    for (Index& position : stored) position = random() % 100;
    const Index chunk = 1 + random() % 20;
    ExpectPartition(AxisPieces::Scattered(stored, chunk), stored, chunk);
  }
}

TEST(AxisPiecesTest, PositionsInChunkOrderStayIntervals) {
  const std::vector<Index> stored = {3, 1, 2, 2, 11, 10, 29};
  const auto axis = AxisPieces::Scattered(stored, 10);
  ASSERT_EQ(axis.count(), 3);
  EXPECT_EQ(axis.Select(0, 1).kind, Kind::kInterval);
  EXPECT_EQ(PositionsOf(axis.Select(0, 1)), (std::vector<Index>{0, 1, 2, 3}));
  EXPECT_EQ(PositionsOf(axis.Select(1, 3)), (std::vector<Index>{4, 5, 6}));
}

TEST(AxisPiecesTest, DuplicatesStayTogetherInRequestOrder) {
  const std::vector<Index> stored = {15, 3, 15, 4};
  const auto axis = AxisPieces::Scattered(stored, 10);
  ASSERT_EQ(axis.count(), 2);
  EXPECT_EQ(PositionsOf(axis.Select(0, 1)), (std::vector<Index>{1, 3}));
  EXPECT_EQ(PositionsOf(axis.Select(1, 2)), (std::vector<Index>{0, 2}));
}

TEST(AxisPiecesTest, EmptyAxesAreOnePiece) {
  EXPECT_EQ(AxisPieces::Regular(0, 0, 1, 4).count(), 1);
  EXPECT_EQ(AxisPieces::Scattered({}, 4).count(), 1);
}

}  // namespace
}  // namespace ats::engine
