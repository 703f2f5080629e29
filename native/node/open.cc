// open(): a spec and what constrains it → a promise of a NativeTensorStore.
#include <string>
#include <utility>

#include "node/args.h"
#include "node/handles.h"
#include "node/promise_bridge.h"
#include "tensorstore/open.h"
#include "tensorstore/open_mode.h"
#include "tensorstore/open_options.h"
#include "tensorstore/schema.h"
#include "tensorstore/staleness_bound.h"

namespace ats::node {

using ::tensorstore::Result;

namespace {

// undefined: not said; true: always check again; false: never; "open": what
// was cached before opening; a number: what was cached before that time (ms).
Result<tensorstore::RecheckCached> RecheckArg(Environment& environment,
                                              napi_value value) {
  if (IsAbsent(environment, value)) return tensorstore::RecheckCached();
  napi_valuetype type;
  ATS_NAPI(napi_typeof(environment.env(), value, &type));
  if (type == napi_boolean) {
    bool always;
    ATS_NAPI(napi_get_value_bool(environment.env(), value, &always));
    return tensorstore::RecheckCached(always);
  }
  if (type == napi_number) {
    TENSORSTORE_ASSIGN_OR_RETURN(double time, NumberArg(environment, value));
    return tensorstore::RecheckCached(absl::UnixEpoch() +
                                      absl::Milliseconds(time));
  }
  TENSORSTORE_ASSIGN_OR_RETURN(auto text, StringArg(environment, value));
  if (text == "open") return tensorstore::RecheckCached::AtOpen();
  return absl::InvalidArgumentError(
      "Rechecking is true, false, \"open\" or a time");
}

// What an error of opening `spec` is about.
DescribePath Describe(const tensorstore::Spec& spec) {
  return [kvstore = spec.kvstore()]() -> std::string {
    if (!kvstore.valid()) return {};
    auto url = kvstore.ToUrl();
    constexpr std::string_view kFile = "file://";
    if (!url.ok() || url->substr(0, kFile.size()) == kFile) return kvstore.path;
    return *std::move(url);
  };
}

// JSON text, or a NativeSpec, which may hold on to the resources of a store.
Result<tensorstore::Spec> SpecArg(Environment& environment, napi_value value) {
  napi_valuetype type;
  ATS_NAPI(napi_typeof(environment.env(), value, &type));
  if (type != napi_string) {
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto* spec, FromHandle<tensorstore::Spec>(environment, value));
    return *spec;
  }
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, JsonArg(environment, value));
  return tensorstore::Spec::FromJson(std::move(json));
}

// open(spec, openMode, readWriteMode, schema, recheckData, recheckMetadata,
//      context, transaction, batch, kvstore, token)
Result<napi_value> Open(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto spec, SpecArg(environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto open_bits, Uint32Arg(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto mode_bits, Uint32Arg(environment, call[2]));
  tensorstore::TransactionalOpenOptions options;
  options.open_mode = static_cast<tensorstore::OpenMode>(open_bits & 31);
  options.read_write_mode =
      static_cast<tensorstore::ReadWriteMode>(mode_bits & 3);
  if (!IsAbsent(environment, call[3])) {
    TENSORSTORE_ASSIGN_OR_RETURN(auto text, JsonArg(environment, call[3]));
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto schema, tensorstore::Schema::FromJson(std::move(text)));
    TENSORSTORE_RETURN_IF_ERROR(options.Set(std::move(schema)));
  }
  TENSORSTORE_ASSIGN_OR_RETURN(auto data, RecheckArg(environment, call[4]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto metadata, RecheckArg(environment, call[5]));
  TENSORSTORE_RETURN_IF_ERROR(
      options.Set(tensorstore::RecheckCachedData(data)));
  TENSORSTORE_RETURN_IF_ERROR(
      options.Set(tensorstore::RecheckCachedMetadata(metadata)));
  TENSORSTORE_ASSIGN_OR_RETURN(options.context,
                               ContextArg(environment, call[6]));
  TENSORSTORE_ASSIGN_OR_RETURN(options.transaction,
                               TransactionArg(environment, call[7]));
  TENSORSTORE_ASSIGN_OR_RETURN(options.batch, BatchArg(environment, call[8]));
  if (!IsAbsent(environment, call[9])) {
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto* kvstore,
        FromHandle<tensorstore::KvStore>(environment, call[9]));
    TENSORSTORE_RETURN_IF_ERROR(options.Set(*kvstore));
  }
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[10]));
  auto describe = Describe(spec);
  return PromiseOf(
      environment, tensorstore::Open(std::move(spec), std::move(options)),
      {token, std::move(describe)},
      [](Environment& environment, const tensorstore::TensorStore<>& store) {
        return MakeHandle(environment, store);
      });
}

}  // namespace

absl::Status RegisterOpen(Environment& environment, napi_value exports) {
  return AddFunction(environment, exports, "open", Invoke<Open>);
}

}  // namespace ats::node
