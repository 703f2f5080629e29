#include "core/integers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "test/core/matrix.h"

namespace ats::core {
namespace {

using ::testing::ElementsAre;

TEST(IntegersTest, WidensAndNarrowsWithoutLoss) {
  const std::vector<uint16_t> narrow = {0, 65535, 7};
  std::vector<int32_t> wide(3);
  ASSERT_TRUE(ConvertIntegers({DType::kUint16, Bytes(narrow), 3}, 1 << 20,
                              DType::kInt32, Bytes(wide))
                  .ok());
  EXPECT_THAT(wide, ElementsAre(0, 65535, 7));
  std::vector<uint16_t> back(3);
  ASSERT_TRUE(ConvertIntegers({DType::kInt32, Bytes(wide), 3}, 1 << 20,
                              DType::kUint16, Bytes(back))
                  .ok());
  EXPECT_EQ(back, narrow);
}

TEST(IntegersTest, NamesTheFirstValueThatDoesNotFit) {
  std::vector<int64_t> values(200'000, 5);
  values[170'000] = -1;
  values[199'999] = 300;
  std::vector<uint8_t> out(200'000);
  Fault fault = ConvertIntegers({DType::kInt64, Bytes(values), 200'000}, 1000,
                                DType::kUint8, Bytes(out));
  EXPECT_EQ(fault.kind, FaultKind::kValueRange);
  EXPECT_EQ(fault.position, 170'000);
  values[170'000] = 0;
  fault = ConvertIntegers({DType::kInt64, Bytes(values), 200'000}, 1000,
                          DType::kUint8, Bytes(out));
  EXPECT_EQ(fault.position, 199'999);
}

TEST(IntegersTest, HoldsUnsignedValuesToTheLimit) {
  const std::vector<uint64_t> values = {std::numeric_limits<uint64_t>::max()};
  std::vector<int64_t> out(1);
  EXPECT_FALSE(ConvertIntegers({DType::kUint64, Bytes(values), 1},
                               std::numeric_limits<int64_t>::max(),
                               DType::kInt64, Bytes(out))
                   .ok());
  const std::vector<uint8_t> index = {9};
  EXPECT_TRUE(ConvertIntegers({DType::kUint8, Bytes(index), 1}, 10,
                              DType::kInt64, Bytes(out))
                  .ok());
  EXPECT_FALSE(ConvertIntegers({DType::kUint8, Bytes(index), 1}, 9,
                               DType::kInt64, Bytes(out))
                   .ok());
}

}  // namespace
}  // namespace ats::core
