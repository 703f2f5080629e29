// Runs the work of a kernel: at once, or on a thread of libuv's pool.
#ifndef ATS_NODE_KERNEL_JOB_H_
#define ATS_NODE_KERNEL_JOB_H_

#include <napi.h>

#include <functional>

#include "node/kernel_call.h"

namespace ats::node {

/// Runs `work` and gives its outcome as `{ fault, position, value }`.
Napi::Value RunKernelNow(Napi::Env env,
                         const std::function<KernelOutcome()>& work);

/// Runs `work` on a thread of the pool and gives a promise of its outcome.
/// `held` keeps the typed arrays that it touches alive until it has ended; the
/// environment waits for it when it is torn down.
Napi::Value RunKernelAsync(Napi::Env env, Napi::Object held,
                           std::function<KernelOutcome()> work);

}  // namespace ats::node

#endif  // ATS_NODE_KERNEL_JOB_H_
