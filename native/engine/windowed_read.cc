#include "engine/windowed_read.h"

#include <algorithm>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "tensorstore/batch.h"
#include "tensorstore/index_space/transformed_array.h"
#include "tensorstore/internal/intrusive_ptr.h"
#include "tensorstore/read_write_options.h"
#include "tensorstore/util/status.h"

namespace ats::engine {

using ::tensorstore::Future;
using ::tensorstore::Index;
using ::tensorstore::Promise;
using ::tensorstore::SharedArray;
using ::tensorstore::TensorStore;

namespace {

class WindowedRead
    : public tensorstore::internal::AtomicReferenceCount<WindowedRead> {
 public:
  using Ptr = tensorstore::internal::IntrusivePtr<WindowedRead>;

  using ReadBlock = std::function<Future<void>(Index block)>;

  WindowedRead(ReadBlock read_block, Index blocks, Index max_in_flight,
               Promise<void> promise)
      : read_block_(std::move(read_block)),
        blocks_(blocks),
        max_in_flight_(max_in_flight),
        promise_(std::move(promise)) {}

  // Starts blocks while there is room. One thread does so at a time; others
  // leave what they have changed for it to see.
  void Pump() {
    std::unique_lock lock(mutex_);
    if (pumping_) return;
    pumping_ = true;
    while (next_ < blocks_ && status_.ok() && !cancelled_ &&
           in_flight_ < max_in_flight_) {
      const Index block = next_++;
      ++in_flight_;
      lock.unlock();
      Start(block);
      lock.lock();
    }
    pumping_ = false;
    const bool done = in_flight_ == 0;
    const absl::Status status = status_;
    lock.unlock();
    if (!done) return;
    // Does nothing when it was done, or nobody waits any more.
    promise_.SetResult(status.ok() ? tensorstore::MakeResult()
                                   : tensorstore::Result<void>(status));
  }

  // Drops what is under way: nobody waits for the result.
  void Cancel() {
    absl::flat_hash_map<Index, tensorstore::FutureCallbackRegistration> dropped;
    {
      std::lock_guard lock(mutex_);
      cancelled_ = true;
      dropped.swap(registrations_);
    }
    for (auto& [block, registration] : dropped) {
      registration.UnregisterNonBlocking();
    }
  }

 private:
  void Start(Index block) {
    auto future = read_block_(block);
    future.Force();
    auto registration = std::move(future).ExecuteWhenReady(
        [self = Ptr(this), block](tensorstore::ReadyFuture<void> ready) {
          self->Finish(block, ready.status());
        });
    std::unique_lock lock(mutex_);
    if (cancelled_) {
      lock.unlock();
      registration.UnregisterNonBlocking();
    } else if (finished_.erase(block) == 0) {
      registrations_.insert_or_assign(block, std::move(registration));
    }
  }

  void Finish(Index block, const absl::Status& status) {
    {
      std::lock_guard lock(mutex_);
      --in_flight_;
      if (!status.ok() && status_.ok()) status_ = status;
      // Before Start has stored its registration, it must not store it.
      if (registrations_.erase(block) == 0) finished_.insert(block);
    }
    Pump();
  }

  const ReadBlock read_block_;
  const Index blocks_;
  const Index max_in_flight_;
  const Promise<void> promise_;

  std::mutex mutex_;
  // All guarded by mutex_.
  Index next_ = 0;
  Index in_flight_ = 0;
  bool pumping_ = false;
  bool cancelled_ = false;
  absl::Status status_;
  absl::flat_hash_map<Index, tensorstore::FutureCallbackRegistration>
      registrations_;
  absl::flat_hash_set<Index> finished_;
};

// Reads one block of a plan: `block` of the view into the same place of the
// target.
Future<void> ReadPart(const TensorStore<>& view,
                      const SharedArray<void>& target,
                      const std::vector<DimensionSelection>& block) {
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto selection,
      SelectOuter(tensorstore::IdentityTransform(target.shape()), block));
  TENSORSTORE_ASSIGN_OR_RETURN(auto source, view | selection);
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto part,
      tensorstore::MakeTransformedArray(target, std::move(selection)));
  // The chunks of a block in one shard become one request.
  auto batch = tensorstore::Batch::New();
  tensorstore::ReadOptions options;
  options.batch = batch;
  return tensorstore::Read(std::move(source), std::move(part),
                           std::move(options));
}

}  // namespace

Index WindowBytes() {
  constexpr Index kMiB = Index{1} << 20;
  const Index threads = std::thread::hardware_concurrency();
  return std::clamp(threads * 4 * kMiB, 16 * kMiB, 128 * kMiB);
}

Future<void> RunInWindow(
    std::function<Future<void>(Index block)> read_block, Index blocks,
    Index max_in_flight) {
  auto [promise, future] =
      tensorstore::PromiseFuturePair<void>::Make(tensorstore::MakeResult());
  WindowedRead::Ptr read(new WindowedRead(std::move(read_block), blocks,
                                          max_in_flight, promise));
  promise.ExecuteWhenNotNeeded([read] { read->Cancel(); });
  read->Pump();
  return future;
}

Future<void> ReadInWindow(TensorStore<> view, SharedArray<void> target,
                          ReadPlan plan, Index window_bytes,
                          Index min_blocks) {
  const Index blocks = plan.size();
  const Index in_window =
      window_bytes / std::max<Index>(plan.bytes_per_block(), 1);
  return RunInWindow(
      [view = std::move(view), target = std::move(target),
       plan = std::move(plan)](Index block) {
        return ReadPart(view, target, plan.Block(block));
      },
      blocks, std::max(in_window, min_blocks));
}

}  // namespace ats::engine
