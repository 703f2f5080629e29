// metrics(): TensorStore's own counters, and what this build contains.
#include <string>
#include <utility>
#include <vector>

#include "node/args.h"
#include "node/handles.h"
#include "node/values.h"
#include "tensorstore/internal/metrics/collect.h"
#include "tensorstore/internal/metrics/registry.h"

namespace ats::node {

using ::tensorstore::Result;

namespace {

// metrics(prefix): an array of TensorStore's metrics as JSON text
Result<napi_value> Metrics(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto prefix,
                               StringArg(call.environment, call[0]));
  auto json = ::nlohmann::json::array();
  for (const auto& metric :
       tensorstore::internal_metrics::GetMetricRegistry().CollectWithPrefix(
           prefix)) {
    json.push_back(
        tensorstore::internal_metrics::CollectedMetricToJson(metric));
  }
  return ToJsonText(call.environment, json);
}

// versions(): what this binary was built from
Result<napi_value> Versions(Call& call) {
  return ToObject(
      call.environment,
      {{"package", ToString(call.environment, ATS_VERSION)},
       {"tensorstore", ToString(call.environment, ATS_TENSORSTORE_VERSION)}});
}

// setErrorFactory(make): make(code, message, path, cause) returns the error
Result<napi_value> SetErrorFactory(Call& call) {
  Environment& environment = call.environment;
  napi_valuetype type;
  ATS_NAPI(napi_typeof(call.env(), call[0], &type));
  if (type != napi_function) {
    return absl::InvalidArgumentError("The error factory is a function");
  }
  napi_ref reference;
  ATS_NAPI(napi_create_reference(call.env(), call[0], 1, &reference));
  if (environment.error_factory != nullptr) {
    ATS_NAPI(napi_delete_reference(call.env(), environment.error_factory));
  }
  environment.error_factory = reference;
  return ToUndefinedValue(environment);
}

// nextToken()
Result<napi_value> NextToken(Call& call) {
  return ToNumber(call.environment, call.environment.NextToken());
}

// cancel(token, reason)
Result<napi_value> Cancel(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(double token,
                               NumberArg(call.environment, call[0]));
  call.environment.Cancel(token, call[1]);
  return ToUndefinedValue(call.environment);
}

}  // namespace

absl::Status RegisterMetrics(Environment& environment, napi_value exports) {
  TENSORSTORE_RETURN_IF_ERROR(
      AddFunction(environment, exports, "metrics", Invoke<Metrics>));
  TENSORSTORE_RETURN_IF_ERROR(
      AddFunction(environment, exports, "versions", Invoke<Versions>));
  TENSORSTORE_RETURN_IF_ERROR(
      AddFunction(environment, exports, "nextToken", Invoke<NextToken>));
  TENSORSTORE_RETURN_IF_ERROR(
      AddFunction(environment, exports, "cancel", Invoke<Cancel>));
  return AddFunction(environment, exports, "setErrorFactory",
                     Invoke<SetErrorFactory>);
}

}  // namespace ats::node
