// The kernels over entries of a matrix in any order, and over their text.
#ifndef ATS_NODE_KERNEL_COORDINATES_H_
#define ATS_NODE_KERNEL_COORDINATES_H_

#include <napi.h>

namespace ats::node {

// Their arguments: src/native/kernels.d.ts.
Napi::Value ParseCoordinatesKernel(const Napi::CallbackInfo& info);
Napi::Value GroupCoordinatesKernel(const Napi::CallbackInfo& info);

}  // namespace ats::node

#endif  // ATS_NODE_KERNEL_COORDINATES_H_
