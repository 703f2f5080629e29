#include "node/completion_queue.h"

#include <chrono>
#include <iterator>
#include <utility>

#include "node/environment.h"

namespace ats::node {
namespace {

// A drain longer than this would delay timers and I/O noticeably.
constexpr std::chrono::milliseconds kMaxDrain{4};
constexpr int kTasksPerClockCheck = 32;

void OnWake(napi_env env, napi_value, void* context, void*) {
  if (env == nullptr) return;  // The environment is being torn down.
  Environment* environment = Environment::Get(env);
  if (environment == nullptr) return;
  static_cast<CompletionQueue*>(context)->Drain(*environment);
}

void OnFinalized(napi_env, void* data, void*) {
  delete static_cast<std::shared_ptr<CompletionQueue>*>(data);
}

void DeleteAll(napi_env env, const std::vector<napi_ref>& references) {
  for (napi_ref reference : references) napi_delete_reference(env, reference);
}

}  // namespace

std::shared_ptr<CompletionQueue> CompletionQueue::Create(napi_env env) {
  napi_value name;
  if (napi_create_string_utf8(env, "anndata-tensorstore", NAPI_AUTO_LENGTH,
                              &name) != napi_ok) {
    return nullptr;
  }
  auto queue = std::make_shared<CompletionQueue>();
  auto* self = new std::shared_ptr<CompletionQueue>(queue);
  if (napi_create_threadsafe_function(
          env, /*func=*/nullptr, /*async_resource=*/nullptr, name,
          /*max_queue_size=*/0, /*initial_thread_count=*/1, self, OnFinalized,
          queue.get(), OnWake, &queue->wake_) != napi_ok) {
    delete self;
    return nullptr;
  }
  napi_unref_threadsafe_function(env, queue->wake_);
  return queue;
}

void CompletionQueue::WakeLocked() {
  if (awake_) return;
  awake_ = true;
  napi_call_threadsafe_function(wake_, nullptr, napi_tsfn_nonblocking);
}

void CompletionQueue::Push(Task task) {
  std::unique_lock lock(mutex_);
  if (closed_) {
    lock.unlock();  // `task` dies outside the lock: it may drop a Pin.
    return;
  }
  incoming_.push_back(std::move(task));
  WakeLocked();
}

void CompletionQueue::Drain(Environment& environment) {
  std::vector<napi_ref> unpinned;
  {
    std::lock_guard lock(mutex_);
    awake_ = false;
    if (closed_) return;
    unpinned.swap(unpinned_);
    draining_.insert(draining_.end(),
                     std::make_move_iterator(incoming_.begin()),
                     std::make_move_iterator(incoming_.end()));
    incoming_.clear();
  }
  DeleteAll(environment.env(), unpinned);
  const auto deadline = std::chrono::steady_clock::now() + kMaxDrain;
  for (int done = 0; !draining_.empty(); ++done) {
    if (done % kTasksPerClockCheck == kTasksPerClockCheck - 1 &&
        std::chrono::steady_clock::now() >= deadline) {
      break;
    }
    Task task = std::move(draining_.front());
    draining_.pop_front();
    napi_handle_scope scope;
    if (napi_open_handle_scope(environment.env(), &scope) != napi_ok) return;
    std::move(task)(environment);
    napi_close_handle_scope(environment.env(), scope);
  }
  if (draining_.empty()) return;
  std::lock_guard lock(mutex_);
  if (!closed_) WakeLocked();
}

void CompletionQueue::HoldLoop(napi_env env, bool hold) {
  std::lock_guard lock(mutex_);
  if (closed_) return;
  if (hold) {
    napi_ref_threadsafe_function(env, wake_);
  } else {
    napi_unref_threadsafe_function(env, wake_);
  }
}

void CompletionQueue::AddPin() {
  std::lock_guard lock(mutex_);
  ++pins_;
}

void CompletionQueue::RemovePin(napi_ref reference) {
  std::lock_guard lock(mutex_);
  unpinned_.push_back(reference);
  if (--pins_ == 0) no_pins_.notify_all();
  if (!closed_) WakeLocked();
}

void CompletionQueue::Close() {
  std::deque<Task> dropped;
  {
    std::lock_guard lock(mutex_);
    closed_ = true;
    dropped.swap(incoming_);
    napi_release_threadsafe_function(wake_, napi_tsfn_release);
  }
  draining_.clear();
}

void CompletionQueue::WaitForPins(napi_env env) {
  std::unique_lock lock(mutex_);
  no_pins_.wait(lock, [this] { return pins_ == 0; });
  DeleteAll(env, std::exchange(unpinned_, {}));
}

}  // namespace ats::node
