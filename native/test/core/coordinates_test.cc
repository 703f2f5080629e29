#include "core/coordinates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

namespace ats::core {
namespace {

using ::testing::ElementsAre;

struct Parsed {
  Fault fault;
  ParsedLines lines;
  std::vector<int32_t> row, column;
  std::vector<float> value;
};

Parsed Parse(std::string_view text, EntryValue kind = EntryValue::kReal,
             size_t room = 8) {
  Parsed parsed;
  parsed.row.resize(room);
  parsed.column.resize(room);
  parsed.value.resize(room);
  parsed.fault =
      ParseCoordinates(text, {100, 50, kind},
                       {parsed.row, parsed.column, parsed.value}, parsed.lines);
  for (auto* indices : {&parsed.row, &parsed.column})
    indices->resize(parsed.lines.entries);
  parsed.value.resize(parsed.lines.entries);
  return parsed;
}

TEST(ParseCoordinatesTest, ReadsLinesWithAnyBlanksAndEnds) {
  const Parsed parsed =
      Parse("1 2 3\n\n 100\t50  0.5 \r\n7 7 -1e-3\r\n\r\n3 4 +2");
  ASSERT_TRUE(parsed.fault.ok());
  EXPECT_EQ(parsed.lines.lines, 6);
  EXPECT_THAT(parsed.row, ElementsAre(0, 99, 6, 2));
  EXPECT_THAT(parsed.column, ElementsAre(1, 49, 6, 3));
  EXPECT_THAT(parsed.value, ElementsAre(3.f, .5f, -1e-3f, 2.f));
}

TEST(ParseCoordinatesTest, ReadsEveryKindOfNumber) {
  const Parsed parsed =
      Parse("1 1 nan\n1 1 -inf\n1 1 123456789012345678\n1 1 007\n"
            "1 1 16777217\n1 1 1e400\n");
  ASSERT_TRUE(parsed.fault.ok());
  EXPECT_TRUE(std::isnan(parsed.value[0]));
  EXPECT_EQ(parsed.value[1], -INFINITY);
  EXPECT_EQ(parsed.value[2], 123456789012345678.f);
  EXPECT_EQ(parsed.value[3], 7.f);
  EXPECT_EQ(parsed.value[4], 16777216.f);
  EXPECT_EQ(parsed.value[5], INFINITY);
  EXPECT_THAT(Parse("1 1\n2 2\n", EntryValue::kPattern).value,
              ElementsAre(1.f, 1.f));
  EXPECT_THAT(Parse("1 1 -3\n1 1 3.0\n", EntryValue::kInteger).value,
              ElementsAre(-3.f, 3.f));
}

TEST(ParseCoordinatesTest, NamesTheLineAndWhatIsWrongWithIt) {
  const auto fault = [](std::string_view line,
                        EntryValue kind = EntryValue::kReal) {
    const Parsed parsed = Parse("1 1 1\n\n" + std::string(line) + "\n1 1 1\n",
                                kind);
    EXPECT_EQ(parsed.fault.position, 2);
    EXPECT_EQ(parsed.lines.entries, 1);
    return parsed.fault.kind;
  };
  EXPECT_EQ(fault("1"), FaultKind::kLineForm);
  EXPECT_EQ(fault("x 1 1"), FaultKind::kLineForm);
  EXPECT_EQ(fault("1.5 1 1"), FaultKind::kLineForm);
  EXPECT_EQ(fault("-1 1 1"), FaultKind::kLineForm);
  EXPECT_EQ(fault("1 1 1 1"), FaultKind::kLineForm);
  EXPECT_EQ(fault("0 1 1"), FaultKind::kIndexRange);
  EXPECT_EQ(fault("101 1 1"), FaultKind::kIndexRange);
  EXPECT_EQ(fault("1 51 1"), FaultKind::kIndexRange);
  EXPECT_EQ(fault("99999999999999999999999999 1 1"), FaultKind::kIndexRange);
  EXPECT_EQ(fault("1 1"), FaultKind::kValueRange);
  EXPECT_EQ(fault("1 1 one"), FaultKind::kValueRange);
  EXPECT_EQ(fault("1 1 1x"), FaultKind::kValueRange);
  EXPECT_EQ(fault("1 1 +-5"), FaultKind::kValueRange);
  EXPECT_EQ(fault("1 1 +"), FaultKind::kValueRange);
  EXPECT_EQ(fault("1 1 1.5", EntryValue::kInteger), FaultKind::kValueRange);
  EXPECT_EQ(fault("1 1 nan", EntryValue::kInteger), FaultKind::kValueRange);
  EXPECT_EQ(fault("1 1 2147483648", EntryValue::kInteger),
            FaultKind::kValueRange);
}

TEST(ParseCoordinatesTest, EndsWhereThereIsNoRoom) {
  const Parsed parsed = Parse("1 1 1\n2 2 2\n3 3 3\n", EntryValue::kReal, 2);
  EXPECT_EQ(parsed.fault.kind, FaultKind::kChanged);
  EXPECT_EQ(parsed.fault.position, 2);
  EXPECT_EQ(parsed.lines.entries, 2);
}

TEST(GroupCoordinatesTest, KeepsTheOrderWithinEachRow) {
  std::mt19937 random(3);
  for (const bool sorted : {false, true}) {
    constexpr int kCount = 500, kFirst = 1000, kMajors = 17;
    std::vector<int32_t> major(kCount), minor(kCount);
    std::vector<float> value(kCount);
    for (int k = 0; k < kCount; ++k) {
      major[k] = kFirst + static_cast<int32_t>(random() % kMajors);
      minor[k] = static_cast<int32_t>(random() % 9);
      value[k] = static_cast<float>(k);
    }
    if (sorted) std::sort(major.begin(), major.end());
    std::vector<int32_t> starts(kMajors + 1, -7), indices(kCount);
    std::vector<float> values(kCount);
    ASSERT_TRUE(GroupCoordinates(major, minor, value, kFirst, starts, indices,
                                 values)
                    .ok());
    EXPECT_EQ(starts.front(), 0);
    EXPECT_EQ(starts.back(), kCount);
    for (int i = 0; i < kMajors; ++i) {
      std::vector<float> expected;
      for (int k = 0; k < kCount; ++k) {
        if (major[k] == kFirst + i) expected.push_back(value[k]);
      }
      EXPECT_EQ(std::vector<float>(values.begin() + starts[i],
                                   values.begin() + starts[i + 1]),
                expected);
      for (int k = starts[i]; k < starts[i + 1]; ++k)
        EXPECT_EQ(indices[k], minor[static_cast<int>(values[k])]);
    }
  }
}

TEST(GroupCoordinatesTest, RefusesRowsOutside) {
  const std::vector<int32_t> major = {5, 8}, minor = {0, 0};
  const std::vector<float> value = {1, 2};
  std::vector<int32_t> starts(4), indices(2);
  std::vector<float> values(2);
  const Fault fault =
      GroupCoordinates(major, minor, value, 5, starts, indices, values);
  EXPECT_EQ(fault.kind, FaultKind::kIndexRange);
  EXPECT_EQ(fault.position, 1);
}

}  // namespace
}  // namespace ats::core
