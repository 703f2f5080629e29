// The addon: one call per environment adds everything to its exports.
#include <napi.h>
#include <node_api.h>

#include "node/environment.h"
#include "node/handles.h"
#include "node/heap.h"
#include "node/hdf5_read.h"
#include "node/hdf5_writer.h"
#include "node/kernels.h"
#include "node/status_error.h"
#include "node/string_arrays.h"

namespace ats::node {
namespace {

absl::Status Register(napi_env env, napi_value exports) {
  KeepFreedBlocks();
  TENSORSTORE_RETURN_IF_ERROR(Environment::Install(env));
  Environment& environment = *Environment::Get(env);
  for (auto add : {RegisterStore, RegisterSpec, RegisterTransform,
                   RegisterKvStore, RegisterContext, RegisterTransaction,
                   RegisterBatch, RegisterWrite, RegisterOpen, RegisterCombine,
                   RegisterVirtualChunked, RegisterMetrics, RegisterHdf5Read,
                   RegisterStringArrays, RegisterHdf5Writer}) {
    TENSORSTORE_RETURN_IF_ERROR(add(environment, exports));
  }
  RegisterKernels(Napi::Env(env), Napi::Object(env, exports));
  return absl::OkStatus();
}

}  // namespace
}  // namespace ats::node

NAPI_MODULE_INIT() {
  if (auto status = ats::node::Register(env, exports); !status.ok()) {
    ats::node::ThrowStatus(env, status);
  }
  return exports;
}
