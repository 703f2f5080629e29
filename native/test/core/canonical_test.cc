#include "core/canonical.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/validate.h"
#include "test/core/matrix.h"

namespace ats::core {
namespace {

using ::testing::ElementsAre;

template <typename Index, typename T>
Fault Sum(const Matrix<Index, T>& matrix, DType dtype, Matrix<Index, T>& out) {
  out.indptr.assign(matrix.major() + 1, -1);
  out.minor = matrix.minor;
  if (const Fault fault = SumStarts(
          matrix.View(), MutableIndptr(std::span<int64_t>(out.indptr)));
      !fault.ok()) {
    return fault;
  }
  out.indices.resize(out.indptr.back());
  out.values.resize(out.indptr.back());
  return SumFill(matrix.View(), dtype,
                 Indptr(std::span<const int64_t>(out.indptr)),
                 MutableEntries<Index>{out.indices, Bytes(out.values)});
}

TEST(CanonicalTest, SortsStablyAndSums) {
  Matrix<int32_t, float> matrix{
      {0, 4, 4, 5}, {2, 0, 2, 1, 0}, {1, 2, 4, 8, 16}, 3};
  ASSERT_TRUE(
      SortIndices(matrix.View().indptr, 4,
                  MutableEntries<int32_t>{matrix.indices, Bytes(matrix.values)})
          .ok());
  EXPECT_THAT(matrix.indices, ElementsAre(0, 1, 2, 2, 0));
  EXPECT_THAT(matrix.values, ElementsAre(2, 8, 1, 4, 16));
  Matrix<int32_t, float> out;
  ASSERT_TRUE(Sum(matrix, DType::kFloat32, out).ok());
  EXPECT_THAT(out.indptr, ElementsAre(0, 3, 3, 4));
  EXPECT_THAT(out.indices, ElementsAre(0, 1, 2, 0));
  EXPECT_THAT(out.values, ElementsAre(2, 8, 5, 16));
}

TEST(CanonicalTest, ALargeMatrixBecomesCanonicalWithTheSameValues) {
  auto matrix = RandomMatrix<int64_t, uint16_t>(5000, 50, 40, 6);
  const auto expected = matrix.ToDense();
  ASSERT_TRUE(
      SortIndices(matrix.View().indptr, 2,
                  MutableEntries<int64_t>{matrix.indices, Bytes(matrix.values)})
          .ok());
  Order order;
  ASSERT_TRUE(Validate(matrix.View(), order).ok());
  EXPECT_TRUE(order.sorted);
  EXPECT_FALSE(order.canonical);
  Matrix<int64_t, uint16_t> out;
  ASSERT_TRUE(Sum(matrix, DType::kUint16, out).ok());
  ASSERT_TRUE(Validate(out.View(), order).ok());
  EXPECT_TRUE(order.canonical);
  EXPECT_EQ(out.ToDense(), expected);
}

TEST(CanonicalTest, RefusesStartsOfAnotherMatrix) {
  const Matrix<int32_t, float> matrix{{0, 2}, {0, 1}, {1, 2}, 3};
  const std::vector<int64_t> starts = {0, 1};
  std::vector<int32_t> indices(1);
  std::vector<float> values(1);
  const Fault fault = SumFill(matrix.View(), DType::kFloat32,
                              Indptr(std::span<const int64_t>(starts)),
                              MutableEntries<int32_t>{indices, Bytes(values)});
  EXPECT_EQ(fault.kind, FaultKind::kChanged);
}

TEST(ValidateTest, FindsTheFirstIndexThatIsOutside) {
  std::vector<int32_t> indices(300'000, 4);
  EXPECT_TRUE(ValidateIndices<int32_t>(indices, 5).ok());
  indices[299'999] = -1;
  indices[70'001] = 5;
  const Fault fault = ValidateIndices<int32_t>(indices, 5);
  EXPECT_EQ(fault.kind, FaultKind::kIndexRange);
  EXPECT_EQ(fault.position, 70'001);
  EXPECT_EQ(ValidateIndices<int64_t>(std::vector<int64_t>{0}, 0).kind,
            FaultKind::kIndexRange);
  EXPECT_TRUE(ValidateIndices<int64_t>({}, 0).ok());
}

TEST(ValidateTest, FindsTheFirstFault) {
  Order order;
  Matrix<int32_t, float> matrix{{0, 2, 1, 3}, {0, 1, 2}, {1, 2, 3}, 3};
  Fault fault = Validate(matrix.View(), order);
  EXPECT_EQ(fault.kind, FaultKind::kIndptrOrder);
  EXPECT_EQ(fault.position, 1);
  matrix.indptr = {0, 1, 2, 2};
  EXPECT_EQ(Validate(matrix.View(), order).kind, FaultKind::kIndptrEnd);
  matrix.indptr = {};
  EXPECT_EQ(Validate(matrix.View(), order).kind, FaultKind::kIndptrStart);
  matrix.indptr = {0, 1, 2, 3};
  matrix.indices = {0, 7, -2};
  fault = Validate(matrix.View(), order);
  EXPECT_EQ(fault.kind, FaultKind::kIndexRange);
  EXPECT_EQ(fault.position, 1);
}

}  // namespace
}  // namespace ats::core
