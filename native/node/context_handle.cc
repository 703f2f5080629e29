// NativeContext: shared resources (thread pools, caches, memory stores).
#include <utility>

#include "engine/keep_pools.h"
#include "node/args.h"
#include "node/handles.h"
#include "node/values.h"

namespace ats::node {

using ::tensorstore::Context;
using ::tensorstore::Result;

namespace {

// context(json, parent): parent is a NativeContext or null
Result<napi_value> MakeContext(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, JsonArg(call.environment, call[0]));
  Context parent;
  if (!IsAbsent(call.environment, call[1])) {
    TENSORSTORE_ASSIGN_OR_RETURN(parent, ContextArg(call.environment, call[1]));
  }
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto context, Context::FromJson(std::move(json), std::move(parent)));
  engine::KeepPools(context);
  return MakeHandle(call.environment, std::move(context));
}

Result<napi_value> Json(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* context, Self<Context>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, context->spec().ToJson());
  return ToJsonText(call.environment, json);
}

}  // namespace

absl::Status RegisterContext(Environment& environment, napi_value exports) {
  TENSORSTORE_RETURN_IF_ERROR(
      AddFunction(environment, exports, "context", Invoke<MakeContext>));
  return DefineHandle<Context>(environment, {{"json", Invoke<Json>}});
}

}  // namespace ats::node
