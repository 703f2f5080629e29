// NativeSpec: a parsed spec.
#include <string>
#include <utility>

#include "node/args.h"
#include "node/handles.h"
#include "node/selection_arg.h"
#include "node/values.h"
#include "tensorstore/open_mode.h"
#include "tensorstore/schema.h"

namespace ats::node {

using ::tensorstore::Result;
using ::tensorstore::Spec;

namespace {

// spec(json): from JSON text; a JSON string is a URL
Result<napi_value> MakeSpec(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, JsonArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto spec, Spec::FromJson(std::move(json)));
  return MakeHandle(call.environment, std::move(spec));
}

Result<napi_value> Json(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* spec, Self<Spec>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, spec->ToJson());
  return ToJsonText(call.environment, json);
}

// url(): null where the spec has no URL form
Result<napi_value> Url(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* spec, Self<Spec>(call));
  auto url = spec->ToUrl();
  return url.ok() ? ToString(call.environment, *url)
                  : ToNull(call.environment);
}

// info(): { dtype, rank }, null for what the spec leaves open
Result<napi_value> Info(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* spec, Self<Spec>(call));
  Environment& environment = call.environment;
  const auto dtype = spec->dtype();
  const auto rank = spec->rank();
  return ToObject(
      environment,
      {{"dtype", dtype.valid() ? ToString(environment, dtype.name())
                               : ToNull(environment)},
       {"rank", rank == tensorstore::dynamic_rank
                    ? ToNull(environment)
                    : ToNumber(environment, static_cast<double>(rank))}});
}

// domain(): null where it is unknown
Result<napi_value> Domain(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* spec, Self<Spec>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto domain, spec->domain());
  if (!domain.valid()) return ToNull(call.environment);
  return ToDomain(call.environment, domain);
}

Result<napi_value> SchemaText(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* spec, Self<Spec>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto schema, spec->schema());
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, schema.ToJson());
  return ToJsonText(call.environment, json);
}

// with(schema): the spec with the constraints of a schema (JSON text)
Result<napi_value> With(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* spec, Self<Spec>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, JsonArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto schema, tensorstore::Schema::FromJson(std::move(json)));
  Spec changed = *spec;
  TENSORSTORE_RETURN_IF_ERROR(changed.Set(std::move(schema)));
  return MakeHandle(call.environment, std::move(changed));
}

// index(operation, argument)
Result<napi_value> Index(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* spec, Self<Spec>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto transform,
                               spec->GetTransformForIndexingOperation());
  TENSORSTORE_ASSIGN_OR_RETURN(
      transform, ApplyIndexOperation(call.environment, std::move(transform),
                                     call[0], call[1]));
  Spec view = *spec;
  tensorstore::internal_spec::SpecAccess::impl(view).transform =
      std::move(transform);
  return MakeHandle(call.environment, std::move(view));
}

}  // namespace

absl::Status RegisterSpec(Environment& environment, napi_value exports) {
  TENSORSTORE_RETURN_IF_ERROR(
      AddFunction(environment, exports, "spec", Invoke<MakeSpec>));
  return DefineHandle<Spec>(environment, {
                                             {"json", Invoke<Json>},
                                             {"url", Invoke<Url>},
                                             {"info", Invoke<Info>},
                                             {"domain", Invoke<Domain>},
                                             {"schema", Invoke<SchemaText>},
                                             {"with", Invoke<With>},
                                             {"index", Invoke<Index>},
                                         });
}

}  // namespace ats::node
