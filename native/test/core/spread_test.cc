#include "core/spread.h"

#include <gtest/gtest.h>

#ifdef __linux__
#include <sched.h>

#include <thread>
#endif

namespace ats::core {
namespace {

#ifdef __linux__

cpu_set_t Only(int processor) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(processor, &set);
  return set;
}

TEST(SpreadTest, LeavesAProcessorWhereAnotherThreadWorks) {
  cpu_set_t allowed;
  ASSERT_EQ(sched_getaffinity(0, sizeof(allowed), &allowed), 0);
  const int processor = sched_getcpu();
  const cpu_set_t only = Only(processor);
  ASSERT_EQ(sched_setaffinity(0, sizeof(only), &only), 0);
  int other = -1;
  cpu_set_t after;
  {
    const Spread here;
    std::thread([&] {
      // Begins on the same processor, and may leave it.
      sched_setaffinity(0, sizeof(only), &only);
      sched_setaffinity(0, sizeof(allowed), &allowed);
      const Spread there;
      other = sched_getcpu();
      sched_getaffinity(0, sizeof(after), &after);
    }).join();
  }
  ASSERT_EQ(sched_setaffinity(0, sizeof(allowed), &allowed), 0);
  EXPECT_TRUE(CPU_EQUAL(&after, &allowed));
  EXPECT_EQ(other != processor, CPU_COUNT(&allowed) > 1);
}

TEST(SpreadTest, StaysWhereItMayNotLeave) {
  cpu_set_t allowed;
  ASSERT_EQ(sched_getaffinity(0, sizeof(allowed), &allowed), 0);
  const int processor = sched_getcpu();
  const cpu_set_t only = Only(processor);
  ASSERT_EQ(sched_setaffinity(0, sizeof(only), &only), 0);
  {
    const Spread one, two;
    EXPECT_EQ(sched_getcpu(), processor);
  }
  ASSERT_EQ(sched_setaffinity(0, sizeof(allowed), &allowed), 0);
}

#endif

}  // namespace
}  // namespace ats::core
