// A read under way: its units shared out over threads.
#ifndef ATS_HDF5_READ_JOB_H_
#define ATS_HDF5_READ_JOB_H_

#include <stdint.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "hdf5/read_plan.h"

namespace ats::hdf5::reader {

class ReadJob : public std::enable_shared_from_this<ReadJob> {
 public:
  /// Runs a task on some thread, soon; never within the call.
  using Executor = std::function<void(absl::AnyInvocable<void() &&>)>;
  /// Called once, on the thread of the last lane, when nothing writes to the
  /// target any more. kAborted where the file changed in the meantime.
  using Done = absl::AnyInvocable<void(absl::Status) &&>;

  /// Starts to read all of `plan` into `target`, which holds target_bytes(),
  /// on at most `threads` threads of `executor`.
  static std::shared_ptr<ReadJob> Start(ReadPlan plan,
                                        std::shared_ptr<std::byte[]> target,
                                        int threads, Executor executor,
                                        Done done);

  /// Has the threads stop after the chunks that they are at; `done` is still
  /// called.
  void Cancel() { stop_.store(true, std::memory_order_relaxed); }

 private:
  ReadJob(ReadPlan plan, std::shared_ptr<std::byte[]> target,
          Executor executor, Done done)
      : plan_(std::move(plan)),
        target_(std::move(target)),
        executor_(std::move(executor)),
        done_(std::move(done)) {}

  void Lane(std::unique_ptr<Scratch> scratch);
  // Whether there was something left to do.
  bool Step(Scratch& scratch);
  void Fail(absl::Status status);
  void Finish();

  const ReadPlan plan_;
  std::shared_ptr<std::byte[]> target_;
  const Executor executor_;
  Done done_;
  // Units that one step does.
  uint64_t step_ = 1;
  std::atomic<uint64_t> next_{0};
  std::atomic<int> lanes_{0};
  std::atomic<bool> stop_{false};
  std::mutex mutex_;
  absl::Status status_;  // guarded by mutex_
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_READ_JOB_H_
