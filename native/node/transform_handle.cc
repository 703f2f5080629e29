// NativeIndexTransform: index arithmetic without a store.
#include <utility>

#include "node/args.h"
#include "node/handles.h"
#include "node/selection_arg.h"
#include "node/values.h"
#include "tensorstore/index_space/json.h"
#include "tensorstore/internal/json_binding/json_binding.h"

namespace ats::node {

using ::tensorstore::IndexTransform;
using ::tensorstore::Result;

namespace {

// indexTransform(json): TensorStore's JSON form, as text
Result<napi_value> MakeTransform(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, JsonArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto transform,
      tensorstore::internal_json_binding::FromJson<IndexTransform<>>(
          std::move(json)));
  if (!transform.valid()) {
    return absl::InvalidArgumentError("An index transform is needed here");
  }
  return MakeHandle(call.environment, std::move(transform));
}

Result<napi_value> Json(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* transform, Self<IndexTransform<>>(call));
  return ToJsonText(call.environment, ::nlohmann::json(*transform));
}

Result<napi_value> Domain(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* transform, Self<IndexTransform<>>(call));
  return ToDomain(call.environment, transform->domain());
}

// index(operation, argument)
Result<napi_value> Index(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* transform, Self<IndexTransform<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto result, ApplyIndexOperation(call.environment, *transform, call[0],
                                       call[1]));
  return MakeHandle(call.environment, std::move(result));
}

// compose(inner): this transform after `inner`
Result<napi_value> Compose(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* transform, Self<IndexTransform<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto* inner, FromHandle<IndexTransform<>>(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto result, tensorstore::ComposeTransforms(*transform, *inner));
  return MakeHandle(call.environment, std::move(result));
}

// outputRank()
Result<napi_value> OutputRank(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* transform, Self<IndexTransform<>>(call));
  return ToNumber(call.environment,
                  static_cast<double>(transform->output_rank()));
}

}  // namespace

absl::Status RegisterTransform(Environment& environment, napi_value exports) {
  TENSORSTORE_RETURN_IF_ERROR(AddFunction(
      environment, exports, "indexTransform", Invoke<MakeTransform>));
  return DefineHandle<IndexTransform<>>(environment,
                                        {
                                            {"json", Invoke<Json>},
                                            {"domain", Invoke<Domain>},
                                            {"index", Invoke<Index>},
                                            {"compose", Invoke<Compose>},
                                            {"outputRank", Invoke<OutputRank>},
                                        });
}

}  // namespace ats::node
