#include "core/entries.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <thread>
#include <vector>

#include "core/append.h"

namespace ats::core {
namespace {

struct Runs {
  explicit Runs(size_t size) : starts(size), counts(size), places(size) {}
  RunArrays arrays() { return {starts, counts, places}; }
  void Cut(size_t size) {
    starts.resize(size);
    counts.resize(size);
    places.resize(size);
  }
  std::vector<double> starts, counts, places;
};

// The runs of `majors` and behind them the copies.
Runs Find(const Indptr& indptr, int64_t nnz, const std::vector<int32_t>& majors,
          RunCounts& counts) {
  Runs runs(majors.size());
  EXPECT_TRUE(FindRuns(indptr, nnz,
                       Axis::Positions(majors.data(), majors.size()),
                       runs.arrays(), counts)
                  .ok());
  runs.Cut(counts.stored + counts.copies);
  return runs;
}

TEST(FindRunsTest, CoalescesNeighboursAndLeavesEmptyOnesOut) {
  const std::vector<int32_t> starts = {0, 2, 2, 5, 9};
  RunCounts counts;
  const Runs runs = Find(Indptr(starts), 9, {0, 1, 2}, counts);
  EXPECT_EQ(counts.stored, 1);
  EXPECT_EQ(counts.copies, 0);
  EXPECT_EQ(runs.starts, std::vector<double>({0}));
  EXPECT_EQ(runs.counts, std::vector<double>({5}));
}

TEST(FindRunsTest, PlacesRunsInRequestOrderAndCopiesDuplicates) {
  const std::vector<int64_t> starts = {0, 2, 2, 5, int64_t{1} << 40};
  RunCounts counts;
  const Runs runs =
      Find(Indptr(starts), int64_t{1} << 40, {2, 0, 2, 2}, counts);
  EXPECT_EQ(counts.stored, 2);
  EXPECT_EQ(counts.copies, 2);
  EXPECT_EQ(runs.starts, std::vector<double>({0, 2, 0, 0}));
  EXPECT_EQ(runs.counts, std::vector<double>({2, 3, 3, 3}));
  EXPECT_EQ(runs.places, std::vector<double>({3, 0, 5, 8}));
}

TEST(FindRunsTest, RefusesWhatIsNotThere) {
  const std::vector<int32_t> starts = {0, 2, 1};
  const auto fault = [&](std::vector<int32_t> majors, int64_t nnz) {
    Runs runs(majors.size());
    RunCounts counts;
    return FindRuns(Indptr(starts), nnz,
                    Axis::Positions(majors.data(), majors.size()),
                    runs.arrays(), counts);
  };
  EXPECT_EQ(fault({0, 2}, 2).kind, FaultKind::kSelectionRange);
  EXPECT_EQ(fault({0, 2}, 2).position, 1);
  EXPECT_EQ(fault({-1}, 2).kind, FaultKind::kSelectionRange);
  EXPECT_EQ(fault({1}, 2).kind, FaultKind::kIndptrOrder);
  EXPECT_EQ(fault({0}, 1).kind, FaultKind::kIndptrEnd);
  Runs none(0);
  RunCounts counts;
  EXPECT_EQ(FindRuns(Indptr(starts), 2, Axis::Range(0, 1, 1), none.arrays(),
                     counts)
                .kind,
            FaultKind::kChanged);
}

TEST(CopyRunsTest, CopiesWithinBoundsOnly) {
  std::vector<uint16_t> values = {1, 2, 3, 0, 0};
  auto* const bytes = reinterpret_cast<std::byte*>(values.data());
  Runs runs(1);
  runs.starts = {0};
  runs.counts = {2};
  runs.places = {3};
  EXPECT_TRUE(CopyRuns(bytes, 5, runs.arrays(), 2, bytes, 5).ok());
  EXPECT_EQ(values, std::vector<uint16_t>({1, 2, 3, 1, 2}));
  for (const auto& [start, count, place] :
       std::vector<std::tuple<double, double, double>>{
           {4, 2, 0}, {0, 2, 4}, {-1, 1, 0}, {0, 1, -1}, {0, -1, 0}}) {
    runs.starts = {start};
    runs.counts = {count};
    runs.places = {place};
    EXPECT_EQ(CopyRuns(bytes, 5, runs.arrays(), 2, bytes, 5).kind,
              FaultKind::kSelectionRange);
  }
}

template <typename Index>
struct Block {
  std::vector<Index> indices;
  std::vector<float> values;
  EntryBlock At(int64_t offset, DType dtype) const {
    return {offset,
            {dtype, reinterpret_cast<const std::byte*>(indices.data()),
             static_cast<int64_t>(indices.size())},
            reinterpret_cast<const std::byte*>(values.data()),
            4};
  }
};

TEST(KeepColumnsTest, KeepsBlocksThatEndWithinAMajorPosition) {
  const std::vector<int32_t> starts = {0, 3, 3, 6};
  const std::vector<int32_t> table = {1, -1, 0};
  std::vector<int32_t> counts(3);
  const auto keep = [&](const Block<uint16_t>& block, int64_t offset) {
    std::vector<int32_t> indices(block.indices.size());
    std::vector<float> values(block.indices.size());
    int64_t kept;
    EXPECT_TRUE(KeepColumns(Indptr(starts), block.At(offset, DType::kUint16),
                            table,
                            {indices, reinterpret_cast<std::byte*>(values.data()),
                             counts},
                            kept)
                    .ok());
    indices.resize(kept);
    values.resize(kept);
    return std::pair(indices, values);
  };
  using Kept = std::pair<std::vector<int32_t>, std::vector<float>>;
  EXPECT_EQ(keep({{0, 1}, {1, 2}}, 0), Kept({1}, {1}));
  EXPECT_EQ(keep({{2, 2, 1, 0}, {3, 4, 5, 6}}, 2), Kept({0, 0, 1}, {3, 4, 6}));
  EXPECT_EQ(counts, std::vector<int32_t>({2, 0, 2}));
}

TEST(KeepColumnsTest, FindsIndicesOutsideInEveryType) {
  const std::vector<int32_t> starts = {0, 2}, table = {0, 0};
  std::vector<int32_t> indices(2), counts(1);
  std::vector<float> values(2);
  const KeptEntries out{indices, reinterpret_cast<std::byte*>(values.data()),
                        counts};
  int64_t kept;
  const auto fault = [&]<typename Index>(Index bad, DType dtype) {
    const Block<Index> block{{0, bad}, {1, 2}};
    return KeepColumns(Indptr(starts), block.At(0, dtype), table, out, kept);
  };
  EXPECT_EQ(fault(int8_t{-1}, DType::kInt8).kind, FaultKind::kIndexRange);
  EXPECT_EQ(fault(uint8_t{2}, DType::kUint8).position, 1);
  EXPECT_EQ(fault(int32_t{-5}, DType::kInt32).kind, FaultKind::kIndexRange);
  EXPECT_EQ(fault(~uint64_t{0}, DType::kUint64).kind, FaultKind::kIndexRange);
  EXPECT_TRUE(fault(int64_t{1}, DType::kInt64).ok());
}

TEST(KeepColumnsTest, RefusesArraysThatDoNotFit) {
  const std::vector<int32_t> starts = {0, 2}, table = {0};
  std::vector<int32_t> indices(1), counts(1);
  std::vector<float> values(2);
  auto* const bytes = reinterpret_cast<std::byte*>(values.data());
  const Block<int32_t> block{{0, 0}, {1, 2}};
  int64_t kept;
  EXPECT_EQ(KeepColumns(Indptr(starts), block.At(0, DType::kInt32), table,
                        {indices, bytes, counts}, kept)
                .kind,
            FaultKind::kChanged);
  indices.resize(2);
  EXPECT_EQ(KeepColumns(Indptr(starts), block.At(1, DType::kInt32), table,
                        {indices, bytes, counts}, kept)
                .kind,
            FaultKind::kIndptrEnd);
  counts = {INT32_MAX};
  EXPECT_EQ(KeepColumns(Indptr(starts), block.At(0, DType::kInt32), table,
                        {indices, bytes, counts}, kept)
                .kind,
            FaultKind::kValueRange);
}

TEST(AppendTest, PutsPiecesBehindEachOther) {
  const std::vector<int32_t> starts = {0, 3, 4};
  std::vector<int32_t> cursors = starts;
  std::vector<int64_t> indices(4);
  std::vector<uint8_t> values(4);
  const Appended<int64_t> out{MutableIndptr(cursors), Indptr(starts), indices,
                              reinterpret_cast<std::byte*>(values.data())};
  const auto append = [&](std::vector<int32_t> indptr,
                          std::vector<int32_t> minor, std::vector<uint8_t> data,
                          int64_t offset) {
    const Compressed<int32_t> piece{
        Indptr(indptr), minor, reinterpret_cast<const std::byte*>(data.data()),
        10};
    return Append(piece, offset, 1, out).kind;
  };
  EXPECT_EQ(append({0, 2, 3}, {1, 4, 0}, {1, 2, 3}, 0), FaultKind::kNone);
  EXPECT_EQ(append({0, 1, 1}, {3}, {4}, int64_t{1} << 33), FaultKind::kNone);
  EXPECT_EQ(indices, std::vector<int64_t>({1, 4, 3 + (int64_t{1} << 33), 0}));
  EXPECT_EQ(values, std::vector<uint8_t>({1, 2, 4, 3}));
  // Full, outside its extent, and damaged.
  EXPECT_EQ(append({0, 1, 1}, {3}, {4}, 0), FaultKind::kChanged);
  cursors = starts;
  EXPECT_EQ(append({0, 1, 1}, {10}, {4}, 0), FaultKind::kIndexRange);
  EXPECT_EQ(append({0, 2, 1}, {1}, {4}, 0), FaultKind::kIndptrEnd);
}

}  // namespace
}  // namespace ats::core
