#include "hdf5/stored_type.h"

#include <gtest/gtest.h>

#include <random>
#include <span>
#include <vector>

#include "absl/status/status.h"

namespace ats::hdf5 {
namespace {

// Types that nobody wrote: whatever the bytes, an answer and no crash.
TEST(StoredTypeTest, TakesAnyBytes) {
  std::mt19937 random(20);
  const std::vector<uint8_t> records = {
      0x36, 2, 0, 0, 12, 0, 0, 0, 'a', 0, 0, 0x10, 8, 0, 0, 4, 0, 0, 0, 0, 0,
      32,   0, 'b', 0, 4, 0x3a, 0, 0, 0, 8, 0, 0, 0, 1, 2, 0, 0, 0, 0x10, 8, 0,
      0,    4, 0, 0, 0, 0, 0, 32, 0};
  const auto parse = [](std::span<const uint8_t> bytes) {
    return reader::ParseStoredType(std::as_bytes(bytes), 8);
  };
  const auto whole = parse(records);
  ASSERT_TRUE(whole.ok()) << whole.status();
  EXPECT_EQ(whole->members.size(), 2);
  EXPECT_EQ(whole->parts[1].extents, std::vector<uint64_t>{2});
  int made = 0;
  for (int round = 0; round < 20'000; ++round) {
    auto bytes = records;
    for (int flips = random() % 4; flips >= 0; --flips) {
      bytes[random() % bytes.size()] = static_cast<uint8_t>(random());
    }
    bytes.resize(random() % 8 == 0 ? random() % bytes.size() : bytes.size());
    made += parse(bytes).ok();
  }
  EXPECT_GT(made, 0);
  // Nothing but records of one member, each in the other.
  std::vector<uint8_t> nested;
  for (int i = 0; i < 10'000; ++i) {
    nested.insert(nested.end(), {0x36, 1, 0, 0, 4, 0, 0, 0, 'a', 0, 0});
  }
  EXPECT_TRUE(absl::IsDataLoss(parse(nested).status()));
}

}  // namespace
}  // namespace ats::hdf5
