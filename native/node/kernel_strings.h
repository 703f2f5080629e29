// Kernels over strings in Arrow's layout. Each takes `(arguments, async)`; the
// arguments are listed in src/native/kernels.d.ts.
#ifndef ATS_NODE_KERNEL_STRINGS_H_
#define ATS_NODE_KERNEL_STRINGS_H_

#include <napi.h>

namespace ats::node {

Napi::Value MeasureStringsKernel(const Napi::CallbackInfo& info);
Napi::Value TakeStringsKernel(const Napi::CallbackInfo& info);
Napi::Value MatchNamesKernel(const Napi::CallbackInfo& info);

}  // namespace ats::node

#endif  // ATS_NODE_KERNEL_STRINGS_H_
