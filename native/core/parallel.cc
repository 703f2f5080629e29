#include "core/parallel.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace ats::core {
namespace {

// Several ranges per thread, so that one dense stretch of rows does not keep
// the others waiting.
constexpr int64_t kRangesPerThread = 8;

// The ranges of one call and the first fault among them; owned by the calling
// thread, which outlives the others.
class Ranges {
 public:
  using Body = std::function<Fault(int64_t, int64_t)>;

  Ranges(int64_t count, int64_t size, const Body& body)
      : count_(count), size_(size), body_(body) {}

  // Takes ranges until none is left or an earlier one has failed.
  void Work() {
    for (;;) {
      const int64_t begin = next_.fetch_add(size_, std::memory_order_relaxed);
      if (begin >= count_ || begin > failed_at_.load(std::memory_order_relaxed))
        return;
      const Fault fault = Call(begin, std::min(begin + size_, count_));
      if (!fault.ok()) Record(begin, fault);
    }
  }

  Fault fault() const { return fault_; }

 private:
  Fault Call(int64_t begin, int64_t end) {
    try {
      return body_(begin, end);
    } catch (...) {
      return {FaultKind::kOutOfMemory, 0};
    }
  }

  void Record(int64_t begin, Fault fault) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (begin >= failed_at_.load(std::memory_order_relaxed)) return;
    failed_at_.store(begin, std::memory_order_relaxed);
    fault_ = fault;
  }

  const int64_t count_;
  const int64_t size_;
  const Body& body_;
  std::atomic<int64_t> next_{0};
  std::atomic<int64_t> failed_at_{std::numeric_limits<int64_t>::max()};
  std::mutex mutex_;
  Fault fault_;
};

}  // namespace

int ThreadsFor(int64_t work) {
  const int64_t hardware = std::max(1u, std::thread::hardware_concurrency());
  return static_cast<int>(
      std::clamp<int64_t>(work / kValuesPerThread, 1, hardware));
}

Fault ParallelRanges(int64_t count, int threads,
                     const std::function<Fault(int64_t, int64_t)>& body) {
  if (count <= 0) return Ok();
  const int64_t pieces = threads <= 1 ? 1 : threads * kRangesPerThread;
  Ranges ranges(count, (count + pieces - 1) / pieces, body);
  std::vector<std::thread> workers;
  try {
    workers.reserve(threads > 1 ? threads - 1 : 0);
    for (int i = 1; i < threads; ++i)
      workers.emplace_back([&ranges] { ranges.Work(); });
  } catch (const std::exception&) {
    // Fewer threads than wanted: the ones that there are do the work.
  }
  ranges.Work();
  for (std::thread& worker : workers) worker.join();
  return ranges.fault();
}

}  // namespace ats::core
