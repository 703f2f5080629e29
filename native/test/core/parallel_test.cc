#include "core/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <vector>

namespace ats::core {
namespace {

TEST(ParallelTest, CoversEveryPositionOnce) {
  for (const int threads : {1, 2, 5}) {
    std::vector<std::atomic<int>> seen(1003);
    ASSERT_TRUE(ParallelRanges(1003, threads, [&](int64_t begin, int64_t end) {
                  for (int64_t i = begin; i < end; ++i) ++seen[i];
                  return Ok();
                }).ok());
    for (const auto& count : seen) ASSERT_EQ(count, 1);
  }
}

TEST(ParallelTest, ReportsTheFaultOfTheLowestRange) {
  for (int repeat = 0; repeat < 50; ++repeat) {
    const Fault fault = ParallelRanges(1000, 4, [](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        if (i >= 300 && i % 100 == 0) return Fault{FaultKind::kIndexRange, i};
      }
      return Ok();
    });
    ASSERT_EQ(fault.position, 300);
  }
}

TEST(ParallelTest, AnExceptionBecomesAFault) {
  const Fault fault = ParallelRanges(
      10, 2, [](int64_t, int64_t) -> Fault { throw std::bad_alloc(); });
  EXPECT_EQ(fault.kind, FaultKind::kOutOfMemory);
}

TEST(ParallelTest, DoesNothingForAnEmptyRange) {
  EXPECT_TRUE(ParallelRanges(0, 2, [](int64_t, int64_t) {
                return Fault{FaultKind::kChanged, 0};
              }).ok());
}

}  // namespace
}  // namespace ats::core
