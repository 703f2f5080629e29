#include "core/take.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "test/core/matrix.h"

namespace ats::core {
namespace {

using ::testing::ElementsAre;

TEST(TakeTest, TakesColumnsInRequestOrder) {
  const std::vector<uint16_t> values = {1, 2, 3, 4, 5, 6};
  const std::vector<int32_t> columns = {2, 0, 2};
  std::vector<uint16_t> out(6);
  ASSERT_TRUE(Take(Bytes(values), {2, 3, 2}, Axis::Positions(columns.data(), 3),
                   Bytes(out))
                  .ok());
  EXPECT_THAT(out, ElementsAre(3, 1, 3, 6, 4, 6));
}

TEST(TakeTest, TakesRunsAndReversedRows) {
  const std::vector<uint8_t> values = {1, 2, 3, 4, 5, 6};
  std::vector<uint8_t> out(4);
  ASSERT_TRUE(
      Take(Bytes(values), {1, 3, 2}, Axis::Range(1, 1, 2), Bytes(out)).ok());
  EXPECT_THAT(out, ElementsAre(3, 4, 5, 6));
  out.resize(6);
  ASSERT_TRUE(
      Take(Bytes(values), {1, 3, 2}, Axis::Range(2, -1, 3), Bytes(out)).ok());
  EXPECT_THAT(out, ElementsAre(5, 6, 3, 4, 1, 2));
}

TEST(TakeTest, EveryItemSizeOfALargeArrayAgrees) {
  for (const int64_t item : {1, 2, 3, 4, 8, 12, 16}) {
    std::vector<uint8_t> values(7 * 1000 * item);
    std::iota(values.begin(), values.end(), 0);
    std::vector<double> positions(30'000);
    for (size_t i = 0; i < positions.size(); ++i)
      positions[i] = static_cast<double>(i * 7919 % 1000);
    std::vector<uint8_t> out(7 * 30'000 * item);
    const Axis axis = Axis::Positions(positions.data(), 30'000);
    ASSERT_TRUE(Take(Bytes(values), {7, 1000, item}, axis, Bytes(out)).ok());
    for (int64_t i = 0; i < 7 * 30'000 * item; ++i) {
      const int64_t outer = i / item / 30'000;
      const int64_t position = axis[i / item % 30'000];
      ASSERT_EQ(out[i], values[(outer * 1000 + position) * item + i % item]);
    }
  }
}

TEST(TakeTest, RefusesPositionsOutside) {
  const std::vector<uint8_t> values = {1, 2, 3};
  std::vector<uint8_t> out(4);
  const std::vector<int32_t> positions = {0, -1};
  EXPECT_EQ(Take(Bytes(values), {1, 3, 1}, Axis::Positions(positions.data(), 2),
                 Bytes(out))
                .position,
            1);
  const Fault fault =
      Take(Bytes(values), {1, 3, 1}, Axis::Range(1, 1, 4), Bytes(out));
  EXPECT_EQ(fault.kind, FaultKind::kSelectionRange);
  EXPECT_EQ(fault.position, 2);
  EXPECT_EQ(Take(Bytes(values), {1, 3, 1}, Axis::Range(-1, 1, 2), Bytes(out))
                .position,
            0);
}

}  // namespace
}  // namespace ats::core
