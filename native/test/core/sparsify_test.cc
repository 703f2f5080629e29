#include "core/sparsify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "test/core/matrix.h"

namespace ats::core {
namespace {

using ::testing::ElementsAre;

TEST(SparsifyTest, KeepsNanAndDropsBothZeros) {
  const std::vector<float> values = {0, 1, -0.0f, std::nanf(""), 0, 2};
  const Dense dense{2, 3, DType::kFloat32, Bytes(values)};
  std::vector<int32_t> starts(3);
  ASSERT_TRUE(
      SparsifyStarts(dense, MutableIndptr(std::span<int32_t>(starts))).ok());
  EXPECT_THAT(starts, ElementsAre(0, 1, 3));
  std::vector<int64_t> indices(3);
  std::vector<float> kept(3);
  ASSERT_TRUE(SparsifyFill(dense, Indptr(std::span<const int32_t>(starts)),
                           std::span(indices), Bytes(kept))
                  .ok());
  EXPECT_THAT(indices, ElementsAre(1, 0, 2));
  EXPECT_THAT(kept, ElementsAre(1, ::testing::IsNan(), 2));
}

TEST(SparsifyTest, UndoesDensify) {
  const auto matrix = RandomMatrix<int32_t, double>(2000, 100, 20, 7);
  const auto values = matrix.ToDense();
  const Dense dense{2000, 100, DType::kFloat64, Bytes(values)};
  Matrix<int32_t, double> out;
  out.minor = 100;
  out.indptr.resize(2001);
  ASSERT_TRUE(
      SparsifyStarts(dense, MutableIndptr(std::span<int64_t>(out.indptr)))
          .ok());
  out.indices.resize(out.indptr.back());
  out.values.resize(out.indptr.back());
  const Indptr starts(std::span<const int64_t>(out.indptr));
  ASSERT_TRUE(
      SparsifyFill(dense, starts, std::span(out.indices), Bytes(out.values))
          .ok());
  EXPECT_EQ(out.ToDense(), values);
}

TEST(SparsifyTest, ComplexAndHalfZerosAreZero) {
  const std::vector<float> complex = {0, 0, 0, 1};
  std::vector<int64_t> starts(2);
  ASSERT_TRUE(SparsifyStarts({1, 2, DType::kComplex64, Bytes(complex)},
                             MutableIndptr(std::span<int64_t>(starts)))
                  .ok());
  EXPECT_EQ(starts[1], 1);
  const std::vector<uint16_t> half = {0x8000, 0x0001, 0};
  ASSERT_TRUE(SparsifyStarts({1, 3, DType::kFloat16, Bytes(half)},
                             MutableIndptr(std::span<int64_t>(starts)))
                  .ok());
  EXPECT_EQ(starts[1], 1);
}

TEST(SparsifyTest, NoticesValuesThatChangedBetweenThePasses) {
  const std::vector<uint8_t> values = {1, 1};
  const std::vector<int64_t> starts = {0, 1};
  std::vector<int32_t> indices(1);
  std::vector<uint8_t> kept(1);
  const Indptr indptr(std::span<const int64_t>{starts});
  const Fault fault = SparsifyFill({1, 2, DType::kUint8, Bytes(values)}, indptr,
                                   std::span(indices), Bytes(kept));
  EXPECT_EQ(fault.kind, FaultKind::kChanged);
}

}  // namespace
}  // namespace ats::core
