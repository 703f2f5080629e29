#include "core/gather.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "test/core/matrix.h"

namespace ats::core {
namespace {

using ::testing::ElementsAre;

// Both passes; an empty result and the fault where one of them has one.
template <typename Index, typename T>
Fault Gather(const Matrix<Index, T>& matrix, const Axis& majors,
             const ColumnTable* columns, Matrix<Index, T>& result) {
  result.indptr.assign(majors.count() + 1, -1);
  if (const Fault fault =
          GatherStarts(matrix.View(), majors, columns,
                       MutableIndptr(std::span<int64_t>(result.indptr)));
      !fault.ok()) {
    return fault;
  }
  result.indices.resize(result.indptr.back());
  result.values.resize(result.indptr.back());
  return GatherFill(matrix.View(), majors, columns, sizeof(T),
                    {Indptr(std::span<const int64_t>(result.indptr)),
                     std::span<Index>(result.indices), Bytes(result.values)});
}

Matrix<int32_t, double> Example() {
  return {{0, 2, 2, 5}, {3, 1, 0, 1, 3}, {1, 2, 3, 4, 5}, 4};
}

TEST(GatherTest, CopiesRowsInRequestOrderWithDuplicatesAsStored) {
  const std::vector<int32_t> rows = {2, 0, 2, 1};
  Matrix<int32_t, double> result;
  ASSERT_TRUE(
      Gather(Example(), Axis::Positions(rows.data(), 4), nullptr, result).ok());
  EXPECT_THAT(result.indptr, ElementsAre(0, 3, 5, 8, 8));
  EXPECT_THAT(result.indices, ElementsAre(0, 1, 3, 3, 1, 0, 1, 3));
  EXPECT_THAT(result.values, ElementsAre(3, 4, 5, 1, 2, 3, 4, 5));
}

TEST(GatherTest, CopiesARangeWithANegativeStep) {
  Matrix<int32_t, double> result;
  ASSERT_TRUE(Gather(Example(), Axis::Range(2, -2, 2), nullptr, result).ok());
  EXPECT_THAT(result.indptr, ElementsAre(0, 3, 5));
  EXPECT_THAT(result.values, ElementsAre(3, 4, 5, 1, 2));
}

TEST(GatherTest, MapsColumnsWithOrderAndDuplicatesToAscendingIndices) {
  const std::vector<double> wanted = {3, 1, 3};
  ColumnTable columns;
  ASSERT_TRUE(columns.Build(Axis::Positions(wanted.data(), 3), 4).ok());
  Matrix<int32_t, double> result;
  ASSERT_TRUE(Gather(Example(), Axis::Range(0, 1, 3), &columns, result).ok());
  EXPECT_THAT(result.indptr, ElementsAre(0, 3, 3, 6));
  EXPECT_THAT(result.indices, ElementsAre(0, 1, 2, 0, 1, 2));
  EXPECT_THAT(result.values, ElementsAre(1, 2, 1, 5, 4, 5));
}

TEST(GatherTest, AgreesWithADenseSelectionOfALargeMatrix) {
  const auto matrix = RandomMatrix<int64_t, uint16_t>(3000, 500, 60, 3);
  std::mt19937 random(4);
  std::vector<int32_t> rows(2500), wanted(700);
  for (auto& row : rows) row = static_cast<int32_t>(random() % 3000);
  for (auto& column : wanted) column = static_cast<int32_t>(random() % 500);
  ColumnTable columns;
  ASSERT_TRUE(columns.Build(Axis::Positions(wanted.data(), 700), 500).ok());
  Matrix<int64_t, uint16_t> result;
  ASSERT_TRUE(
      Gather(matrix, Axis::Positions(rows.data(), 2500), &columns, result)
          .ok());
  result.minor = 700;
  const auto expected = matrix.ToDense();
  const auto actual = result.ToDense();
  for (int64_t i = 0; i < 2500; ++i) {
    for (int64_t j = 0; j < 700; ++j)
      ASSERT_EQ(actual[i * 700 + j], expected[rows[i] * 500 + wanted[j]]);
    for (int64_t k = result.indptr[i] + 1; k < result.indptr[i + 1]; ++k) {
      ASSERT_LE(result.indices[k - 1], result.indices[k]);
    }
  }
}

TEST(GatherTest, RefusesPositionsOutsideEitherAxis) {
  const std::vector<int32_t> rows = {0, 3};
  Matrix<int32_t, double> result;
  const Fault fault =
      Gather(Example(), Axis::Positions(rows.data(), 2), nullptr, result);
  EXPECT_EQ(fault.kind, FaultKind::kSelectionRange);
  EXPECT_EQ(fault.position, 1);
  const std::vector<double> wanted = {1, 4, std::nan("")};
  ColumnTable columns;
  EXPECT_EQ(columns.Build(Axis::Positions(wanted.data(), 2), 4).position, 1);
  EXPECT_EQ(columns.Build(Axis::Positions(wanted.data(), 3), 4).position, 2);
}

TEST(GatherTest, NoticesInputThatChangedBetweenThePasses) {
  auto matrix = Example();
  std::vector<int64_t> starts = {0, 1, 1, 2};
  std::vector<int32_t> indices(2);
  std::vector<double> values(2);
  const GatherOutput<int32_t> output{Indptr(std::span<const int64_t>(starts)),
                                     indices, Bytes(values)};
  EXPECT_EQ(
      GatherFill(matrix.View(), Axis::Range(0, 1, 3), nullptr, 8, output).kind,
      FaultKind::kChanged);
  starts = {0, 1, 1, 20};
  EXPECT_EQ(
      GatherFill(matrix.View(), Axis::Range(1, 1, 2), nullptr, 8, output).kind,
      FaultKind::kChanged);
}

TEST(GatherTest, StartsOf32BitsRefuseMoreThanTheyHold) {
  // One row of 2^20 values, asked for often enough to pass 2^31 - 1 without
  // storing that much.
  const Matrix<int32_t, uint8_t> matrix{{0, 1 << 20},
                                        std::vector<int32_t>(1 << 20),
                                        std::vector<uint8_t>(1 << 20),
                                        1};
  std::vector<int32_t> starts(2049);
  const Fault fault =
      GatherStarts(matrix.View(), Axis::Range(0, 0, 2048), nullptr,
                   MutableIndptr(std::span<int32_t>(starts)));
  EXPECT_EQ(fault.kind, FaultKind::kValueRange);
  EXPECT_EQ(fault.position, 2047);
}

}  // namespace
}  // namespace ats::core
