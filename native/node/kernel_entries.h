// The kernels over stored values that stream by.
#ifndef ATS_NODE_KERNEL_ENTRIES_H_
#define ATS_NODE_KERNEL_ENTRIES_H_

#include <napi.h>

namespace ats::node {

// Their arguments: src/native/kernels.d.ts.
Napi::Value CheckStartsKernel(const Napi::CallbackInfo& info);
Napi::Value CheckIndicesKernel(const Napi::CallbackInfo& info);
Napi::Value FindRunsKernel(const Napi::CallbackInfo& info);
Napi::Value CopyRunsKernel(const Napi::CallbackInfo& info);
Napi::Value KeepColumnsKernel(const Napi::CallbackInfo& info);
Napi::Value AppendKernel(const Napi::CallbackInfo& info);

}  // namespace ats::node

#endif  // ATS_NODE_KERNEL_ENTRIES_H_
