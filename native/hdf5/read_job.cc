#include "hdf5/read_job.h"

#include <algorithm>
#include <new>
#include <utility>

#include "core/spread.h"

namespace ats::hdf5::reader {
namespace {

// Bytes of chunks that a step decodes, and steps that a lane does before other
// reads get their turn.
constexpr uint64_t kStepBytes = uint64_t{2} << 20;
constexpr uint64_t kMostUnits = 1024;
constexpr int kStepsPerTurn = 4;
// So many steps at least for each thread, so that none waits long for another.
constexpr uint64_t kStepsPerThread = 4;
// What the lanes of a read may hold beside the result.
constexpr uint64_t kScratchBytes = uint64_t{512} << 20;
// A chunk as it is stored, decoded, and between two filters.
constexpr uint64_t kBuffersPerLane = 4;

}  // namespace

std::shared_ptr<ReadJob> ReadJob::Start(ReadPlan plan,
                                        std::shared_ptr<std::byte[]> target,
                                        int threads, Executor executor,
                                        Done done) {
  const std::shared_ptr<ReadJob> job(
      new ReadJob(std::move(plan), std::move(target), std::move(executor),
                  std::move(done)));
  const uint64_t bytes = job->plan_.dataset().grid().chunk_bytes() + 1;
  const uint64_t units = job->plan_.targets() == 0 ? 0 : job->plan_.units();
  const uint64_t most =
      std::clamp<uint64_t>(kScratchBytes / (bytes * kBuffersPerLane), 1,
                           static_cast<uint64_t>(std::max(threads, 1)));
  const uint64_t shared = units / (most * kStepsPerThread);
  job->step_ = std::clamp<uint64_t>(
      std::min(kStepBytes / bytes, shared), 1, kMostUnits);
  const uint64_t steps = units / job->step_ + 1;
  const int lanes = static_cast<int>(std::min(most, steps));
  job->lanes_.store(lanes);
  for (int i = 0; i < lanes; ++i) {
    job->executor_([job, scratch = std::make_unique<Scratch>()]() mutable {
      job->Lane(std::move(scratch));
    });
  }
  return job;
}

void ReadJob::Lane(std::unique_ptr<Scratch> scratch) {
  for (int i = 0; i < kStepsPerTurn; ++i) {
    if (Step(*scratch)) continue;
    if (lanes_.fetch_sub(1) == 1) Finish();
    return;
  }
  executor_([job = shared_from_this(), scratch = std::move(scratch)]() mutable {
    job->Lane(std::move(scratch));
  });
}

bool ReadJob::Step(Scratch& scratch) {
  const uint64_t units = plan_.targets() == 0 ? 0 : plan_.units();
  const uint64_t begin = next_.fetch_add(step_);
  if (begin >= units || stop_.load(std::memory_order_relaxed)) return false;
  const core::Spread spread;
  try {
    Fail(plan_.Run(begin, std::min(begin + step_, units), target_.get(),
                   scratch, stop_));
  } catch (const std::bad_alloc&) {
    Fail(absl::ResourceExhaustedError("Not enough memory for a chunk"));
  }
  return true;
}

void ReadJob::Fail(absl::Status status) {
  if (status.ok()) return;
  std::lock_guard lock(mutex_);
  if (status_.ok()) status_ = std::move(status);
  stop_.store(true, std::memory_order_relaxed);
}

void ReadJob::Finish() {
  absl::Status status;
  {
    std::lock_guard lock(mutex_);
    status = status_;
  }
  // What looks like damage may be another process's write.
  const absl::Status unchanged =
      plan_.dataset().space().file().CheckUnchanged();
  if (!unchanged.ok()) status = unchanged;
  target_.reset();
  std::exchange(done_, nullptr)(std::move(status));
}

}  // namespace ats::hdf5::reader
