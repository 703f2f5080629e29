#include "node/kernel_job.h"

#include <memory>
#include <utility>

namespace ats::node {
namespace {

KernelOutcome Guarded(const std::function<KernelOutcome()>& work) {
  try {
    return work();
  } catch (...) {
    return {{core::FaultKind::kOutOfMemory, 0}};
  }
}

// Sets `object[name]`; raw calls, because the completion of a job may run in an
// environment that is being torn down, where node-addon-api would abort.
void SetNumber(napi_env env, napi_value object, const char* name,
               double value) {
  napi_value number;
  if (napi_create_double(env, value, &number) != napi_ok) return;
  napi_set_named_property(env, object, name, number);
}

napi_value ToObject(napi_env env, const KernelOutcome& outcome) {
  napi_value object;
  if (napi_create_object(env, &object) != napi_ok) return nullptr;
  SetNumber(env, object, "fault", static_cast<double>(outcome.fault.kind));
  SetNumber(env, object, "position",
            static_cast<double>(outcome.fault.position));
  SetNumber(env, object, "value", outcome.value);
  return object;
}

// Owned by the pool from Queue on; Complete deletes it.
class Job {
 public:
  Job(std::function<KernelOutcome()> work, napi_deferred deferred)
      : work_(std::move(work)), deferred_(deferred) {}

  // Whether the job is queued; the caller owns it else.
  bool Queue(napi_env env, napi_value held) {
    napi_value name;
    return napi_create_reference(env, held, 1, &held_) == napi_ok &&
           napi_create_string_utf8(env, "anndata-tensorstore:kernel",
                                   NAPI_AUTO_LENGTH, &name) == napi_ok &&
           napi_create_async_work(env, nullptr, name, Execute, Complete, this,
                                  &handle_) == napi_ok &&
           napi_queue_async_work(env, handle_) == napi_ok;
  }

  // Lets go of what JavaScript holds for the job.
  void Release(napi_env env) {
    if (handle_ != nullptr) napi_delete_async_work(env, handle_);
    if (held_ != nullptr) napi_delete_reference(env, held_);
  }

 private:
  static void Execute(napi_env, void* data) {
    Job& job = *static_cast<Job*>(data);
    job.outcome_ = Guarded(job.work_);
  }

  static void Complete(napi_env env, napi_status, void* data) {
    const std::unique_ptr<Job> job(static_cast<Job*>(data));
    if (napi_value object = ToObject(env, job->outcome_); object != nullptr) {
      napi_resolve_deferred(env, job->deferred_, object);
    }
    job->Release(env);
  }

  std::function<KernelOutcome()> work_;
  napi_deferred deferred_;
  napi_ref held_ = nullptr;
  napi_async_work handle_ = nullptr;
  KernelOutcome outcome_{{core::FaultKind::kChanged, 0}};
};

}  // namespace

Napi::Value RunKernelNow(Napi::Env env,
                         const std::function<KernelOutcome()>& work) {
  return Napi::Value(env, ToObject(env, Guarded(work)));
}

Napi::Value RunKernelAsync(Napi::Env env, Napi::Object held,
                           std::function<KernelOutcome()> work) {
  napi_deferred deferred;
  napi_value promise;
  if (napi_create_promise(env, &deferred, &promise) != napi_ok) {
    throw Napi::Error::New(env);
  }
  auto job = std::make_unique<Job>(std::move(work), deferred);
  if (!job->Queue(env, held)) {
    job->Release(env);
    throw Napi::Error::New(env, "The kernel's work could not be queued.");
  }
  job.release();
  return Napi::Value(env, promise);
}

}  // namespace ats::node
