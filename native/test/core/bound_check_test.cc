#include "core/bound_check.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace ats::core {
namespace {

template <typename Index>
bool Proves(const std::vector<Index>& indices, int64_t extent) {
  BoundCheck check(sizeof(Index), extent);
  const size_t half = indices.size() / 2;
  check.Look(indices.data(), half * sizeof(Index));
  check.Look(indices.data() + half, (indices.size() - half) * sizeof(Index));
  return check.Proves(static_cast<int64_t>(indices.size()));
}

TEST(BoundCheckTest, ProvesWhatIsOnTheAxis) {
  EXPECT_TRUE(Proves<int32_t>({0, 4, 2, 4}, 5));
  EXPECT_FALSE(Proves<int32_t>({0, 5, 2, 4}, 5));
  EXPECT_FALSE(Proves<int32_t>({0, 4, 2, -1}, 5));
  EXPECT_TRUE(Proves<int64_t>({0, int64_t{1} << 40}, (int64_t{1} << 40) + 1));
  EXPECT_FALSE(Proves<int64_t>({0, int64_t{1} << 40}, int64_t{1} << 40));
  EXPECT_FALSE(Proves<int64_t>({-1, 0}, 5));
}

TEST(BoundCheckTest, AnAxisOfNothingHoldsNothing) {
  EXPECT_FALSE(Proves<int32_t>({0}, 0));
  EXPECT_TRUE(Proves<int32_t>({}, 0));
}

TEST(BoundCheckTest, ProvesNothingOfWhatItDidNotSee) {
  const std::vector<int32_t> indices = {1, 2, 3};
  BoundCheck check(sizeof(int32_t), 5);
  check.Look(indices.data(), 2 * sizeof(int32_t));
  EXPECT_FALSE(check.Proves(3));
}

}  // namespace
}  // namespace ats::core
