// Kernels over compressed sparse matrices. Each takes `(arguments, async)`; the
// arguments are listed in src/native/kernels.d.ts.
#ifndef ATS_NODE_KERNEL_SPARSE_H_
#define ATS_NODE_KERNEL_SPARSE_H_

#include <napi.h>

namespace ats::node {

Napi::Value DensifyKernel(const Napi::CallbackInfo& info);
Napi::Value GatherStartsKernel(const Napi::CallbackInfo& info);
Napi::Value GatherFillKernel(const Napi::CallbackInfo& info);
Napi::Value TransposeKernel(const Napi::CallbackInfo& info);
Napi::Value ValidateKernel(const Napi::CallbackInfo& info);
Napi::Value SortIndicesKernel(const Napi::CallbackInfo& info);
Napi::Value SumStartsKernel(const Napi::CallbackInfo& info);
Napi::Value SumFillKernel(const Napi::CallbackInfo& info);

}  // namespace ats::node

#endif  // ATS_NODE_KERNEL_SPARSE_H_
