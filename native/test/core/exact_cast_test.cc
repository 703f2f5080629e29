#include "core/exact_cast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <complex>
#include <limits>

#include "test/core/matrix.h"

namespace ats::core {
namespace {

using ::testing::ElementsAre;

constexpr DType kNumbers[] = {
    DType::kBool,    DType::kInt8,    DType::kUint8,    DType::kInt16,
    DType::kUint16,  DType::kInt32,   DType::kUint32,   DType::kInt64,
    DType::kUint64,  DType::kFloat16, DType::kBfloat16, DType::kFloat32,
    DType::kFloat64,
};

template <typename To, typename From>
std::vector<To> Cast(DType from, std::vector<From> values, DType to) {
  std::vector<To> out(values.size());
  const Fault fault =
      CastExactly({from, Bytes(values), static_cast<int64_t>(values.size())},
                  to, Bytes(out));
  EXPECT_TRUE(fault.ok()) << "at " << fault.position;
  return out;
}

template <typename From>
bool Holds(DType from, From value, DType to) {
  std::vector<From> values = {value};
  std::vector<double> out(2);
  const bool exact = CastExactly({from, Bytes(values), 1}, to, Bytes(out)).ok();
  const DTypeSet set = TypesThatHold({from, Bytes(values), 1}, Only(to));
  EXPECT_EQ(set, exact ? Only(to) : 0);
  return exact;
}

TEST(ExactCastTest, KeepsWhatBothTypesHold) {
  EXPECT_THAT(
      Cast<uint8_t>(DType::kFloat32, std::vector<float>{0, 1, 255},
                    DType::kUint8),
      ElementsAre(0, 1, 255));
  EXPECT_THAT(Cast<float>(DType::kInt64, std::vector<int64_t>{-(1 << 24), 7},
                          DType::kFloat32),
              ElementsAre(-16777216.f, 7.f));
  EXPECT_THAT(
      Cast<int64_t>(DType::kFloat64, std::vector<double>{-0x1p63, 0x1p62},
                    DType::kInt64),
      ElementsAre(std::numeric_limits<int64_t>::min(), int64_t{1} << 62));
  EXPECT_THAT(
      Cast<uint16_t>(DType::kFloat64, std::vector<double>{-2, 65504, 0x1p-24},
                     DType::kFloat16),
      ElementsAre(0xc000, 0x7bff, 1));
  EXPECT_THAT(Cast<uint8_t>(DType::kInt32, std::vector<int32_t>{1, 0},
                            DType::kBool),
              ElementsAre(1, 0));
  const auto parts = Cast<std::complex<float>>(
      DType::kComplex128, std::vector<std::complex<double>>{{0.5, -3}},
      DType::kComplex64);
  EXPECT_EQ(parts[0], std::complex<float>(0.5, -3));
}

TEST(ExactCastTest, RefusesWhatWouldBecomeAnotherNumber) {
  EXPECT_FALSE(Holds(DType::kInt64, int64_t{256}, DType::kUint8));
  EXPECT_FALSE(Holds(DType::kInt64, int64_t{-1}, DType::kUint64));
  EXPECT_FALSE(Holds(DType::kUint64, uint64_t{1} << 63, DType::kInt64));
  EXPECT_FALSE(Holds(DType::kInt32, (1 << 24) + 1, DType::kFloat32));
  // Rounded to 2^63 and 2^64, which convert back to nothing.
  EXPECT_FALSE(Holds(DType::kInt64, std::numeric_limits<int64_t>::max(),
                     DType::kFloat64));
  EXPECT_FALSE(Holds(DType::kUint64, std::numeric_limits<uint64_t>::max(),
                     DType::kFloat32));
  EXPECT_FALSE(Holds(DType::kFloat64, 0x1p63, DType::kInt64));
  EXPECT_FALSE(Holds(DType::kFloat32, 0.5f, DType::kInt32));
  EXPECT_FALSE(Holds(DType::kFloat64, 0.1, DType::kFloat32));
  EXPECT_FALSE(Holds(DType::kFloat64, 1e300, DType::kFloat32));
  EXPECT_FALSE(Holds(DType::kFloat32, 65520.f, DType::kFloat16));
  EXPECT_FALSE(Holds(DType::kFloat32, 257.f, DType::kBfloat16));
  EXPECT_FALSE(Holds(DType::kFloat32, 2.f, DType::kBool));
  EXPECT_FALSE(Holds(DType::kBool, uint8_t{2}, DType::kInt32));
}

TEST(ExactCastTest, TakesNegativeZeroNanAndInfinityForWhatTheyAre) {
  EXPECT_FALSE(Holds(DType::kFloat32, -0.f, DType::kInt8));
  EXPECT_FALSE(Holds(DType::kFloat32, -0.f, DType::kBool));
  EXPECT_TRUE(Holds(DType::kFloat64, -0., DType::kFloat16));
  const double infinity = std::numeric_limits<double>::infinity();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  // R's NA: a NaN with a payload in the lowest bits.
  const double missing = std::bit_cast<double>(uint64_t{0x7ff00000000007a2});
  for (const DType to : {DType::kFloat16, DType::kBfloat16, DType::kFloat32}) {
    EXPECT_TRUE(Holds(DType::kFloat64, infinity, to));
    EXPECT_TRUE(Holds(DType::kFloat64, -infinity, to));
    EXPECT_TRUE(Holds(DType::kFloat64, nan, to));
    EXPECT_FALSE(Holds(DType::kFloat64, missing, to));
  }
  EXPECT_FALSE(Holds(DType::kFloat64, nan, DType::kInt64));
  EXPECT_FALSE(Holds(DType::kFloat64, infinity, DType::kUint64));
}

// Whatever bits a value has: what is taken for exact is the same bits again
// after the way back.
TEST(ExactCastTest, IsItsOwnInverse) {
  std::mt19937_64 random(7);
  int exact = 0;
  for (const DType from : kNumbers) {
    for (const DType to : kNumbers) {
      for (int i = 0; i < 200; ++i) {
        uint64_t bits = random() >> (random() % 64);
        if (i % 4 == 0) bits = std::bit_cast<uint64_t>(double(random() % 300));
        uint64_t there = 0, back = 0;
        const auto bytes = [](uint64_t& word) {
          return reinterpret_cast<std::byte*>(&word);
        };
        if (!CastExactly({from, bytes(bits), 1}, to, bytes(there)).ok())
          continue;
        ++exact;
        ASSERT_TRUE(CastExactly({to, bytes(there), 1}, from, bytes(back)).ok());
        const uint64_t mask = ~uint64_t{0} >> (64 - 8 * ItemSize(from));
        ASSERT_EQ(back & mask, bits & mask);
      }
    }
  }
  EXPECT_GT(exact, 1000);
}

TEST(ExactCastTest, NamesTheFirstValueAndTheTypesThatHoldAll) {
  constexpr int64_t kCount = 300'000;
  std::vector<double> values(kCount, 200);
  const auto all = Only(DType::kInt8) | Only(DType::kUint8) |
                   Only(DType::kInt16) | Only(DType::kFloat32);
  const Values view{DType::kFloat64, Bytes(values), kCount};
  EXPECT_EQ(TypesThatHold(view, all), all & ~Only(DType::kInt8));
  values[250'000] = -1;
  EXPECT_EQ(TypesThatHold(view, all),
            Only(DType::kInt16) | Only(DType::kFloat32));
  values[270'000] = 0.1;
  EXPECT_EQ(TypesThatHold(view, all), 0);
  std::vector<float> out(kCount);
  EXPECT_EQ(CastExactly(view, DType::kInt16, Bytes(out)).position, 270'000);
  EXPECT_EQ(CastExactly(view, DType::kUint16, Bytes(out)).position, 250'000);
  EXPECT_EQ(TypesThatHold({DType::kFloat64, nullptr, 0}, all), all);
}

TEST(ExactCastTest, CountsComplexNumbersAndNotTheirParts) {
  std::vector<std::complex<double>> values(100'000, {1, 2});
  values[70'000] = {1, 0.1};
  std::vector<std::complex<float>> out(values.size());
  const Fault fault =
      CastExactly({DType::kComplex128, Bytes(values), 100'000},
                  DType::kComplex64, Bytes(out));
  EXPECT_EQ(fault.kind, FaultKind::kValueRange);
  EXPECT_EQ(fault.position, 70'000);
  EXPECT_FALSE(AreComparable(DType::kComplex64, DType::kFloat32));
  EXPECT_EQ(TypesThatHold({DType::kComplex128, Bytes(values), 70'000},
                          Only(DType::kComplex64)),
            Only(DType::kComplex64));
}

}  // namespace
}  // namespace ats::core
