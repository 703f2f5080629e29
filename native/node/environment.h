// What the addon keeps per JavaScript environment (the main thread and each
// worker have one): the completion queue, the pending operations, the class
// constructors, the function that makes errors and those that make virtual
// chunks. Stored as instance data.
#ifndef ATS_NODE_ENVIRONMENT_H_
#define ATS_NODE_ENVIRONMENT_H_

#include <node_api.h>
#include <stdint.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "node/completion_queue.h"
#include "tensorstore/util/future.h"
#include "tensorstore/util/result.h"

namespace ats::node {

/// Names the store that an error is about; only called when there is one.
using DescribePath = absl::AnyInvocable<std::string()>;

/// Something whose work must not outlive the environment, such as a batch that
/// nobody has submitted.
class Closeable {
 public:
  virtual ~Closeable() = default;
  virtual void CloseForTeardown() = 0;
};

class Environment {
 public:
  /// Creates the environment's data and its cleanup hook (L2, L5).
  static absl::Status Install(napi_env env);

  /// The environment's data, or null before Install.
  static Environment* Get(napi_env env);

  napi_env env() const { return env_; }
  const std::shared_ptr<CompletionQueue>& queue() const { return queue_; }

  /// Adds a pending operation and holds the event loop (L7). `token` is the
  /// caller's number for cancelling it, 0 for none.
  uint64_t AddOperation(napi_deferred deferred, double token,
                        DescribePath describe);

  /// Remembers how to cancel operation `id`.
  void SetRegistration(uint64_t id,
                       tensorstore::FutureCallbackRegistration registration);

  /// Whether operation `id` is still pending.
  bool IsPending(uint64_t id) const { return operations_.contains(id); }

  /// Settles operation `id`: resolves with `value`, or rejects with `status`
  /// where that is not OK. Does nothing for an operation that was cancelled.
  void Settle(uint64_t id, const absl::Status& status, napi_value value);

  /// A token that no operation of this environment has had; every copy of the
  /// TypeScript layer in it takes its tokens here.
  double NextToken() { return static_cast<double>(++last_token_); }

  /// Rejects the operation of `token` with `reason` and drops its future (L6).
  /// Does nothing when it has settled already.
  void Cancel(double token, napi_value reason);

  /// Has `closeable` closed at teardown, unless it is gone by then.
  void CloseAtTeardown(const std::shared_ptr<Closeable>& closeable);

  /// Keeps a JavaScript function for other threads, which name it by the number
  /// that this gives (L3).
  tensorstore::Result<uint64_t> KeepCallback(napi_value function);

  /// The function of that number.
  tensorstore::Result<napi_value> Callback(uint64_t number);

  /// Lets the function of that number go.
  void DropCallback(uint64_t number);

  /// The error factory of the TypeScript layer, or null.
  napi_ref error_factory = nullptr;

  /// Constructors of the handle classes, by the address of their name.
  absl::flat_hash_map<const void*, napi_ref> constructors;

  /// The C++ value that a handle's constructor is about to adopt; null while
  /// JavaScript itself calls the constructor.
  void* adopting = nullptr;

 private:
  struct Operation {
    napi_deferred deferred;
    DescribePath describe;
    tensorstore::FutureCallbackRegistration registration;
  };

  explicit Environment(napi_env env) : env_(env) {}
  static void CleanUp(void* self);
  void Release();

  napi_env env_;
  std::shared_ptr<CompletionQueue> queue_;
  uint64_t next_id_ = 0;
  uint64_t last_token_ = 0;
  absl::flat_hash_map<uint64_t, Operation> operations_;
  std::vector<std::weak_ptr<Closeable>> closeables_;
  uint64_t last_callback_ = 0;
  absl::flat_hash_map<uint64_t, napi_ref> callbacks_;
};

}  // namespace ats::node

#endif  // ATS_NODE_ENVIRONMENT_H_
