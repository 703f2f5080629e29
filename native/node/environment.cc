#include "node/environment.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "node/status_error.h"

namespace ats::node {
namespace {

// Tokens and internal ids share one table: tokens are odd, ids are even.
uint64_t TokenId(double token) { return static_cast<uint64_t>(token) * 2 + 1; }

constexpr size_t kPruneCloseablesAt = 64;

}  // namespace

absl::Status Environment::Install(napi_env env) {
  auto* self = new Environment(env);
  self->queue_ = CompletionQueue::Create(env);
  if (self->queue_ == nullptr ||
      napi_set_instance_data(
          env, self,
          [](napi_env, void* data, void*) {
            delete static_cast<Environment*>(data);
          },
          nullptr) != napi_ok) {
    return absl::InternalError("The addon could not be set up");
  }
  // Registered after the thread-safe function: hooks run last-in first-out, so
  // the queue is closed before Node finalizes it.
  napi_add_env_cleanup_hook(env, CleanUp, self);
  return absl::OkStatus();
}

Environment* Environment::Get(napi_env env) {
  void* data = nullptr;
  if (napi_get_instance_data(env, &data) != napi_ok) return nullptr;
  return static_cast<Environment*>(data);
}

void Environment::CleanUp(void* data) {
  auto* self = static_cast<Environment*>(data);
  self->queue_->Close();
  for (auto& [id, operation] : self->operations_) {
    operation.registration.UnregisterNonBlocking();
  }
  self->operations_.clear();
  for (auto& weak : self->closeables_) {
    if (auto closeable = weak.lock()) closeable->CloseForTeardown();
  }
  self->queue_->WaitForPins(self->env_);
  // Node gives back what references hold, but not the references themselves.
  if (self->error_factory != nullptr) {
    napi_delete_reference(self->env_, self->error_factory);
    self->error_factory = nullptr;
  }
  for (auto& [name, constructor] : self->constructors) {
    napi_delete_reference(self->env_, constructor);
  }
  self->constructors.clear();
  for (auto& [number, callback] : self->callbacks_) {
    napi_delete_reference(self->env_, callback);
  }
  self->callbacks_.clear();
}

tensorstore::Result<uint64_t> Environment::KeepCallback(napi_value function) {
  napi_valuetype type;
  ATS_NAPI(napi_typeof(env_, function, &type));
  if (type != napi_function) {
    return absl::InvalidArgumentError("A function is needed here");
  }
  napi_ref reference;
  ATS_NAPI(napi_create_reference(env_, function, 1, &reference));
  callbacks_[++last_callback_] = reference;
  return last_callback_;
}

tensorstore::Result<napi_value> Environment::Callback(uint64_t number) {
  napi_value function;
  ATS_NAPI(napi_get_reference_value(env_, callbacks_.at(number), &function));
  return function;
}

void Environment::DropCallback(uint64_t number) {
  auto node = callbacks_.extract(number);
  if (!node.empty()) napi_delete_reference(env_, node.mapped());
}

uint64_t Environment::AddOperation(napi_deferred deferred, double token,
                                   DescribePath describe) {
  const uint64_t id = token > 0 ? TokenId(token) : 2 * ++next_id_;
  operations_.insert_or_assign(id,
                               Operation{deferred, std::move(describe), {}});
  if (operations_.size() == 1) queue_->HoldLoop(env_, true);
  return id;
}

void Environment::SetRegistration(
    uint64_t id, tensorstore::FutureCallbackRegistration registration) {
  if (auto it = operations_.find(id); it != operations_.end()) {
    it->second.registration = std::move(registration);
  }
}

void Environment::Settle(uint64_t id, const absl::Status& status,
                         napi_value value) {
  auto node = operations_.extract(id);
  if (node.empty()) return;
  Operation& operation = node.mapped();
  if (status.ok()) {
    napi_resolve_deferred(env_, operation.deferred, value);
  } else {
    napi_value error =
        ErrorFromStatus(env_, status, operation.describe
                                          ? operation.describe()
                                          : std::string());
    napi_reject_deferred(env_, operation.deferred, error);
  }
  Release();
}

void Environment::Cancel(double token, napi_value reason) {
  auto node = operations_.extract(TokenId(token));
  if (node.empty()) return;
  node.mapped().registration.UnregisterNonBlocking();
  napi_reject_deferred(env_, node.mapped().deferred, reason);
  Release();
}

void Environment::Release() {
  if (operations_.empty()) queue_->HoldLoop(env_, false);
}

void Environment::CloseAtTeardown(
    const std::shared_ptr<Closeable>& closeable) {
  if (closeables_.size() >= kPruneCloseablesAt) {
    std::erase_if(closeables_, [](const auto& weak) { return weak.expired(); });
  }
  closeables_.push_back(closeable);
}

}  // namespace ats::node
