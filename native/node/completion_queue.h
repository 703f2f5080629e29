// The one door from TensorStore's threads to an environment's JavaScript
// thread: a queue under a mutex and one unreferenced thread-safe function that
// is woken once for any number of completions (lifetime rules L1-L3, L5).
#ifndef ATS_NODE_COMPLETION_QUEUE_H_
#define ATS_NODE_COMPLETION_QUEUE_H_

#include <node_api.h>
#include <stddef.h>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/functional/any_invocable.h"

namespace ats::node {

class Environment;

class CompletionQueue {
 public:
  /// Work for the JavaScript thread. Runs inside a handle scope of its own.
  using Task = absl::AnyInvocable<void(Environment&) &&>;

  /// Creates the thread-safe function. The queue keeps itself alive until that
  /// has been finalized. Returns null where N-API refuses.
  static std::shared_ptr<CompletionQueue> Create(napi_env env);

  /// Queues `task` from any thread; drops it once the queue is closed.
  void Push(Task task);

  /// Runs queued tasks on the JavaScript thread, for at most a few
  /// milliseconds; what is left gets another turn of the event loop.
  void Drain(Environment& environment);

  /// Holds or releases the event loop (L7). JavaScript thread only.
  void HoldLoop(napi_env env, bool hold);

  /// Counts a new Pin. JavaScript thread only.
  void AddPin();

  /// Counts a Pin as gone and drops its reference on the JavaScript thread.
  void RemovePin(napi_ref reference);

  /// Refuses further tasks and releases the thread-safe function (L2).
  void Close();

  /// Waits, after Close, until no Pin is left (L5), and drops the references of
  /// the last ones. JavaScript thread only.
  void WaitForPins(napi_env env);

 private:
  void WakeLocked();

  std::mutex mutex_;
  std::condition_variable no_pins_;
  std::deque<Task> incoming_;          // guarded by mutex_
  bool closed_ = false;                // guarded by mutex_
  bool awake_ = false;                 // guarded by mutex_
  size_t pins_ = 0;                    // guarded by mutex_
  std::vector<napi_ref> unpinned_;     // guarded by mutex_
  napi_threadsafe_function wake_ = nullptr;
  std::deque<Task> draining_;  // JavaScript thread only
};

}  // namespace ats::node

#endif  // ATS_NODE_COMPLETION_QUEUE_H_
