#include "core/transpose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "test/core/matrix.h"

namespace ats::core {
namespace {

using ::testing::ElementsAre;

template <typename OutIndex, typename Index, typename T>
Fault TransposeTo(const Matrix<Index, T>& matrix, Matrix<OutIndex, T>& out) {
  out.indptr.assign(matrix.minor + 1, -1);
  out.indices.resize(matrix.indices.size());
  out.values.resize(matrix.indices.size());
  out.minor = matrix.major();
  return Transpose(
      matrix.View(), sizeof(T),
      Transposed<OutIndex>{MutableIndptr(std::span<int64_t>(out.indptr)),
                           out.indices, Bytes(out.values)});
}

TEST(TransposeTest, SortsIndicesAndKeepsDuplicatesInOrder) {
  const Matrix<int32_t, uint16_t> matrix{{0, 3, 4}, {2, 0, 2}, {1, 2, 3}, 3};
  auto input = matrix;
  input.indices.push_back(0);
  input.values.push_back(4);
  Matrix<int64_t, uint16_t> out;
  ASSERT_TRUE(TransposeTo(input, out).ok());
  EXPECT_THAT(out.indptr, ElementsAre(0, 2, 2, 4));
  EXPECT_THAT(out.indices, ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(out.values, ElementsAre(2, 4, 1, 3));
}

TEST(TransposeTest, TwiceGivesTheSameMatrix) {
  const auto matrix = RandomMatrix<int64_t, uint32_t>(4000, 300, 60, 5);
  Matrix<int32_t, uint32_t> once, twice;
  ASSERT_TRUE(TransposeTo(matrix, once).ok());
  ASSERT_TRUE(TransposeTo(once, twice).ok());
  EXPECT_EQ(twice.indptr, matrix.indptr);
  EXPECT_EQ(twice.ToDense(), matrix.ToDense());
}

TEST(TransposeTest, HandlesEmptyAxes) {
  Matrix<int32_t, uint8_t> none{{0}, {}, {}, 3};
  Matrix<int32_t, uint8_t> out;
  ASSERT_TRUE(TransposeTo(none, out).ok());
  EXPECT_THAT(out.indptr, ElementsAre(0, 0, 0, 0));
  none = {{0, 0, 0}, {}, {}, 0};
  ASSERT_TRUE(TransposeTo(none, out).ok());
  EXPECT_THAT(out.indptr, ElementsAre(0));
}

TEST(TransposeTest, RefusesDamagedInput) {
  Matrix<int32_t, uint8_t> out;
  EXPECT_EQ(
      TransposeTo(Matrix<int32_t, uint8_t>{{0, 1}, {3}, {1}, 3}, out).kind,
      FaultKind::kIndexRange);
  EXPECT_EQ(
      TransposeTo(Matrix<int32_t, uint8_t>{{0, 2}, {0}, {1}, 3}, out).kind,
      FaultKind::kIndptrEnd);
  EXPECT_EQ(
      TransposeTo(Matrix<int32_t, uint8_t>{{1, 1}, {0}, {1}, 3}, out).kind,
      FaultKind::kIndptrStart);
}

}  // namespace
}  // namespace ats::core
