#include "hdf5/writer_pipeline.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace ats::hdf5 {
namespace {

constexpr uint64_t kWaitingPerThread = 2;

using NewMaker = std::function<std::unique_ptr<PieceMaker>()>;
using Place = std::function<absl::Status(uint64_t, const EncodedChunk&)>;

// A piece on its way; slot i % slots holds piece i.
struct Slot {
  std::vector<uint8_t> memory;
  EncodedChunk piece;
  bool ready = false;
};

// One call of MakeAndPlace. The thread that makes the next piece in order also
// places it and those behind it that are ready; the others go on.
class Run {
 public:
  Run(uint64_t count, int threads, const NewMaker& new_maker,
      const Place& place)
      : count_(count),
        new_maker_(new_maker),
        place_(place),
        slots_(static_cast<size_t>(threads) * kWaitingPerThread) {}

  void Work() {
    try {
      const auto maker = new_maker_();
      uint64_t index;
      while (Claim(index)) {
        Slot& slot = slots_[index % slots_.size()];
        slot.piece = maker->Make(index, slot.memory);
        PlaceReady(slot);
      }
    } catch (const std::exception&) {
      Fail(absl::ResourceExhaustedError(
          "There is not enough memory to encode a chunk"));
    }
  }

  absl::Status status() { return status_; }

 private:
  // Waits until the slot of the next piece is free.
  bool Claim(uint64_t& index) {
    std::unique_lock lock(mutex_);
    slot_free_.wait(lock, [&] {
      return !status_.ok() || claimed_ == count_ ||
             claimed_ < placed_ + slots_.size();
    });
    if (!status_.ok() || claimed_ == count_) return false;
    index = claimed_++;
    return true;
  }

  void PlaceReady(Slot& made) {
    std::unique_lock lock(mutex_);
    made.ready = true;
    if (placing_) return;
    placing_ = true;
    while (status_.ok() && placed_ < count_) {
      Slot& next = slots_[placed_ % slots_.size()];
      if (!next.ready) break;
      next.ready = false;
      lock.unlock();
      absl::Status status = place_(placed_, next.piece);
      lock.lock();
      if (!status.ok()) status_ = std::move(status);
      ++placed_;
      slot_free_.notify_all();
    }
    placing_ = false;
  }

  void Fail(absl::Status status) {
    std::lock_guard lock(mutex_);
    if (status_.ok()) status_ = std::move(status);
    slot_free_.notify_all();
  }

  const uint64_t count_;
  const NewMaker& new_maker_;
  const Place& place_;
  std::vector<Slot> slots_;
  std::mutex mutex_;
  std::condition_variable slot_free_;
  uint64_t claimed_ = 0;  // guarded by mutex_
  uint64_t placed_ = 0;   // changed by the placing thread, under mutex_
  bool placing_ = false;  // guarded by mutex_
  absl::Status status_;   // guarded by mutex_
};

}  // namespace

absl::Status MakeAndPlace(uint64_t count, int threads,
                          const NewMaker& new_maker, const Place& place) {
  threads = static_cast<int>(
      std::clamp<uint64_t>(count, 1, static_cast<uint64_t>(threads)));
  Run run(count, threads, new_maker, place);
  std::vector<std::thread> workers;
  try {
    workers.reserve(threads - 1);
    for (int i = 1; i < threads; ++i) {
      workers.emplace_back([&run] { run.Work(); });
    }
  } catch (const std::exception&) {
    // Fewer threads than wanted: the ones that there are do the work.
  }
  run.Work();
  for (std::thread& worker : workers) worker.join();
  return run.status();
}

}  // namespace ats::hdf5
