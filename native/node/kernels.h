// The hook through which the pure kernels (sparse, strings, runs) add their
// functions to the addon's exports.
#ifndef ATS_NODE_KERNELS_H_
#define ATS_NODE_KERNELS_H_

#include <napi.h>

namespace ats::node {

/// Adds every kernel to `exports`. Called once per environment.
void RegisterKernels(Napi::Env env, Napi::Object exports);

}  // namespace ats::node

#endif  // ATS_NODE_KERNELS_H_
