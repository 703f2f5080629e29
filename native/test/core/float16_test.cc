#include "core/float16.h"

#include <gtest/gtest.h>

#include <cmath>

namespace ats::core {
namespace {

TEST(Float16Test, EveryFiniteHalfSurvivesTheRoundTrip) {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    const float value = HalfToFloat(static_cast<uint16_t>(bits));
    if (std::isnan(value)) {
      ASSERT_TRUE(std::isnan(HalfToFloat(FloatToHalf(value))));
    } else {
      ASSERT_EQ(FloatToHalf(value), bits);
    }
  }
}

TEST(Float16Test, RoundsToNearestEven) {
  EXPECT_EQ(FloatToHalf(1.0f + 0x1p-11f), 0x3c00);
  EXPECT_EQ(FloatToHalf(1.0f + 0x3p-11f), 0x3c02);
  EXPECT_EQ(FloatToHalf(65519.0f), 0x7bff);
  EXPECT_EQ(FloatToHalf(65520.0f), 0x7c00);
  EXPECT_EQ(FloatToHalf(0x1p-25f), 0);
  EXPECT_EQ(FloatToHalf(0x3p-26f), 1);
  EXPECT_EQ(FloatToBfloat(1.0f + 0x1p-8f), 0x3f80);
  EXPECT_EQ(FloatToBfloat(1.0f + 0x3p-8f), 0x3f82);
  EXPECT_TRUE(std::isnan(BfloatToFloat(FloatToBfloat(std::nanf("")))));
}

TEST(Float16Test, SumsRoundOnce) {
  Float16 half{0x6800};  // 2048
  half += Float16{0x3c00};
  EXPECT_EQ(half.bits,
            0x6800);  // 2049 lies between 2048 and 2050: the even one.
  Float16 zero;
  zero += Float16{0x8000};
  EXPECT_EQ(zero.bits, 0);
  Bfloat16 sum{0x3f80};
  sum += Bfloat16{0x3f80};
  EXPECT_EQ(sum.bits, 0x4000);
}

}  // namespace
}  // namespace ats::core
