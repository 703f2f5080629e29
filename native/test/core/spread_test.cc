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

// The test's thread may run on one processor only.
class SpreadTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(sched_getaffinity(0, sizeof(allowed), &allowed), 0);
    processor = sched_getcpu();
    only = Only(processor);
    ASSERT_EQ(sched_setaffinity(0, sizeof(only), &only), 0);
  }
  void TearDown() override {
    ASSERT_EQ(sched_setaffinity(0, sizeof(allowed), &allowed), 0);
  }

  cpu_set_t allowed, only;
  int processor = -1;
};

TEST_F(SpreadTest, LeavesAProcessorWhereAnotherThreadWorks) {
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
  EXPECT_TRUE(CPU_EQUAL(&after, &allowed));
  EXPECT_EQ(other != processor, CPU_COUNT(&allowed) > 1);
}

TEST_F(SpreadTest, StaysWhereItMayNotLeave) {
  const Spread one, two;
  EXPECT_EQ(sched_getcpu(), processor);
}

#endif

}  // namespace
}  // namespace ats::core
