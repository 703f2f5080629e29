#include "core/spread.h"

#ifdef __linux__
#include <sched.h>

#include <array>
#include <atomic>
#endif

namespace ats::core {

#ifdef __linux__

namespace {

// How many threads are at work on each processor, as far as they have looked.
std::array<std::atomic<int>, CPU_SETSIZE> at_work;

// How many there were before.
int Add(int processor, int count) {
  return at_work[processor].fetch_add(count, std::memory_order_relaxed);
}

// Lets the thread run anywhere but on `processor`, and then as before: Linux
// moves it at once, and back only where that is better.
void Leave(int processor) {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0 ||
      CPU_COUNT(&allowed) < 2 || !CPU_ISSET(processor, &allowed)) {
    return;
  }
  cpu_set_t others = allowed;
  CPU_CLR(processor, &others);
  if (sched_setaffinity(0, sizeof(others), &others) == 0) {
    sched_setaffinity(0, sizeof(allowed), &allowed);
  }
}

int Processor() {
  const int processor = sched_getcpu();
  return processor < CPU_SETSIZE ? processor : -1;
}

}  // namespace

Spread::Spread() : processor_(Processor()) {
  if (processor_ >= 0 && Add(processor_, 1) > 0) {
    Add(processor_, -1);
    Leave(processor_);
    processor_ = Processor();
    if (processor_ >= 0) Add(processor_, 1);
  }
}

Spread::~Spread() {
  if (processor_ >= 0) Add(processor_, -1);
}

#else

Spread::Spread() : processor_(-1) {}
Spread::~Spread() {}

#endif

}  // namespace ats::core
