// NativeBatch: reads that are sent together.
#include <memory>

#include "node/handles.h"
#include "node/values.h"

namespace ats::node {

using ::tensorstore::Result;

namespace {

Result<napi_value> MakeBatch(Call& call) {
  auto batch = std::make_shared<BatchState>();
  call.environment.CloseAtTeardown(batch);
  return MakeHandle(call.environment, BatchPtr(std::move(batch)));
}

Result<napi_value> Submit(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* batch, Self<BatchPtr>(call));
  (*batch)->Submit();
  return ToUndefinedValue(call.environment);
}

Result<napi_value> Submitted(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* batch, Self<BatchPtr>(call));
  return ToBoolean(call.environment, !(*batch)->batch().has_value());
}

}  // namespace

absl::Status RegisterBatch(Environment& environment, napi_value exports) {
  TENSORSTORE_RETURN_IF_ERROR(
      AddFunction(environment, exports, "batch", Invoke<MakeBatch>));
  return DefineHandle<BatchPtr>(environment,
                                {
                                    {"submit", Invoke<Submit>},
                                    {"submitted", Invoke<Submitted>},
                                });
}

}  // namespace ats::node
