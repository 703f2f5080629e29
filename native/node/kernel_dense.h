// Kernels over dense arrays and plain numbers. Each takes `(arguments,
// async)`; the arguments are listed in src/native/kernels.d.ts.
#ifndef ATS_NODE_KERNEL_DENSE_H_
#define ATS_NODE_KERNEL_DENSE_H_

#include <napi.h>

namespace ats::node {

Napi::Value SparsifyStartsKernel(const Napi::CallbackInfo& info);
Napi::Value SparsifyFillKernel(const Napi::CallbackInfo& info);
Napi::Value TakeKernel(const Napi::CallbackInfo& info);
Napi::Value ConvertIntegersKernel(const Napi::CallbackInfo& info);
Napi::Value CastExactlyKernel(const Napi::CallbackInfo& info);
Napi::Value TypesThatHoldKernel(const Napi::CallbackInfo& info);

}  // namespace ats::node

#endif  // ATS_NODE_KERNEL_DENSE_H_
