#include "core/densify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "test/core/matrix.h"

namespace ats::core {
namespace {

using ::testing::ElementsAre;

Block Whole(const Compressed<int32_t>& matrix) {
  return {0, matrix.indptr.major(), 0, matrix.minor};
}

Matrix<int32_t, float> Example() {
  // [[1, 0, 5], [0, 0, 0], [2, 3, 0]], the first row unsorted with a duplicate.
  return {{0, 3, 3, 5}, {2, 0, 2}, {4, 1, 1}, 3};
}

TEST(DensifyTest, SumsDuplicatesAndClearsWhatWasThere) {
  auto matrix = Example();
  matrix.indices.insert(matrix.indices.end(), {0, 1});
  matrix.values.insert(matrix.values.end(), {2, 3});
  std::vector<float> out(9, 99);
  ASSERT_TRUE(Densify(matrix.View(), DType::kFloat32, Whole(matrix.View()),
                      {3, 1}, false, Bytes(out))
                  .ok());
  EXPECT_THAT(out, ElementsAre(1, 0, 5, 0, 0, 0, 2, 3, 0));
}

TEST(DensifyTest, WritesCscIntoRowOrderByStrides) {
  const Matrix<int32_t, double> columns{{0, 1, 3}, {1, 0, 1}, {7, 8, 9}, 2};
  std::vector<double> out(4, 99);
  ASSERT_TRUE(Densify(columns.View(), DType::kFloat64, {0, 2, 0, 2}, {1, 2},
                      false, Bytes(out))
                  .ok());
  EXPECT_THAT(out, ElementsAre(0, 8, 7, 9));
}

TEST(DensifyTest, BlocksOfALargeMatrixEqualTheWhole) {
  const auto matrix = RandomMatrix<int64_t, uint32_t>(700, 300, 300, 1);
  const std::vector<uint32_t> whole = matrix.ToDense();
  const Block block{13, 650, 17, 211};
  std::vector<uint32_t> out(637 * 194);
  ASSERT_TRUE(
      Densify(matrix.View(), DType::kUint32, block, {194, 1}, false, Bytes(out))
          .ok());
  for (int64_t i = 0; i < 637; ++i) {
    for (int64_t j = 0; j < 194; ++j)
      ASSERT_EQ(out[i * 194 + j], whole[(i + 13) * 300 + j + 17]);
  }
}

TEST(DensifyTest, FindsANarrowBlockOfSortedRows) {
  const Matrix<int32_t, int16_t> matrix{
      {0, 4, 6}, {0, 3, 5, 9, 2, 4}, {1, 2, 3, 4, 5, 6}, 10};
  std::vector<int16_t> out(6);
  ASSERT_TRUE(Densify(matrix.View(), DType::kInt16, {0, 2, 3, 6}, {3, 1}, true,
                      Bytes(out))
                  .ok());
  EXPECT_THAT(out, ElementsAre(2, 0, 3, 0, 6, 0));
}

TEST(DensifyTest, OrsBooleansAndWrapsIntegers) {
  const Matrix<int32_t, uint8_t> flags{{0, 2}, {1, 1}, {1, 1}, 2};
  std::vector<uint8_t> out(2);
  ASSERT_TRUE(Densify(flags.View(), DType::kBool, {0, 1, 0, 2}, {2, 1}, false,
                      Bytes(out))
                  .ok());
  EXPECT_THAT(out, ElementsAre(0, 1));
  const Matrix<int32_t, int8_t> bytes{{0, 2}, {0, 0}, {127, 2}, 1};
  std::vector<int8_t> wrapped(1);
  ASSERT_TRUE(Densify(bytes.View(), DType::kInt8, {0, 1, 0, 1}, {1, 1}, false,
                      Bytes(wrapped))
                  .ok());
  EXPECT_EQ(wrapped[0], -127);
}

TEST(DensifyTest, NamesTheFirstIndexOutsideTheAxis) {
  auto matrix = RandomMatrix<int32_t, float>(5000, 40, 40, 2);
  matrix.indices[150'000] = 40;
  matrix.indices[90'001] = -1;
  std::vector<float> out(5000 * 40);
  const Fault fault = Densify(matrix.View(), DType::kFloat32, {0, 5000, 0, 40},
                              {40, 1}, false, Bytes(out));
  EXPECT_EQ(fault.kind, FaultKind::kIndexRange);
  EXPECT_EQ(fault.position, 90'001);
}

TEST(DensifyTest, RefusesAnIndptrThatLeavesTheValues) {
  std::vector<float> out(2);
  const Matrix<int32_t, float> past{{0, 5}, {0}, {1}, 2};
  EXPECT_EQ(Densify(past.View(), DType::kFloat32, {0, 1, 0, 2}, {2, 1}, false,
                    Bytes(out))
                .kind,
            FaultKind::kIndptrEnd);
  const Matrix<int32_t, float> before{{-4, 1}, {0}, {1}, 2};
  EXPECT_EQ(Densify(before.View(), DType::kFloat32, {0, 1, 0, 2}, {2, 1}, false,
                    Bytes(out))
                .kind,
            FaultKind::kIndptrStart);
  const Matrix<int32_t, float> descending{{1, 0}, {0}, {1}, 2};
  EXPECT_EQ(Densify(descending.View(), DType::kFloat32, {0, 1, 0, 2}, {2, 1},
                    true, Bytes(out))
                .kind,
            FaultKind::kIndptrOrder);
}

}  // namespace
}  // namespace ats::core
