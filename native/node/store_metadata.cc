// NativeTensorStore: what is known without reading data.
#include <cstring>
#include <utility>
#include <vector>

#include "node/args.h"
#include "node/array_view.h"
#include "node/handles.h"
#include "node/promise_bridge.h"
#include "node/store_methods.h"
#include "node/text_elements.h"
#include "node/values.h"
#include "tensorstore/array_storage_statistics.h"
#include "tensorstore/chunk_layout.h"
#include "tensorstore/codec_spec.h"
#include "tensorstore/internal/json_binding/dimension_indexed.h"
#include "tensorstore/schema.h"
#include "tensorstore/util/unit.h"

namespace ats::node {

using ::tensorstore::Result;
using ::tensorstore::TensorStore;

// info(): { dtype, readable, writable }
Result<napi_value> StoreInfo(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  using Mode = tensorstore::ReadWriteMode;
  const Mode mode = store->read_write_mode();
  Environment& environment = call.environment;
  return ToObject(environment,
                  {{"dtype", ToString(environment, store->dtype().name())},
                   {"readable", ToBoolean(environment, !!(mode & Mode::read))},
                   {"writable",
                    ToBoolean(environment, !!(mode & Mode::write))}});
}

Result<napi_value> StoreDomain(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  return ToDomain(call.environment, store->domain());
}

Result<tensorstore::ContextBindingMode> BindingArg(Environment& environment,
                                                   napi_value value) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto name, StringArg(environment, value));
  if (name == "retain") return tensorstore::retain_context;
  if (name == "unbind") return tensorstore::unbind_context;
  if (name == "strip") return tensorstore::strip_context;
  return absl::InvalidArgumentError(
      "The context of a spec is retained, unbound or stripped");
}

// spec(minimal, context): context is "retain", "unbind" or "strip"
Result<napi_value> StoreSpec(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  bool minimal = false;
  ATS_NAPI(napi_get_value_bool(call.env(), call[0], &minimal));
  TENSORSTORE_ASSIGN_OR_RETURN(auto binding,
                               BindingArg(call.environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto spec, store->spec(tensorstore::MinimalSpec{minimal}, binding));
  return MakeHandle(call.environment, std::move(spec));
}

Result<napi_value> StoreSchema(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto schema, store->schema());
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, schema.ToJson());
  return ToJsonText(call.environment, json);
}

Result<napi_value> StoreChunkLayout(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto layout, store->chunk_layout());
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, layout.ToJson());
  return ToJsonText(call.environment, json);
}

// codec(): null where the driver has none
Result<napi_value> StoreCodec(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto codec, store->codec());
  if (!codec.valid()) return ToNull(call.environment);
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, codec.ToJson());
  return ToJsonText(call.environment, json);
}

// fillValue(): { shape, bytes } or { shape, values }, null where there is none
Result<napi_value> StoreFillValue(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto fill, store->fill_value());
  if (!fill.valid()) return ToNull(environment);
  auto copy = tensorstore::MakeCopy(fill, tensorstore::c_order);
  const auto shape = ToIndexArray(environment, copy.shape());
  if (!IsNumeric(copy.dtype())) {
    return ToObject(
        environment,
        {{"shape", shape}, {"values", TextElementsToJs(environment, copy)}});
  }
  const absl::Cord bytes(
      std::string_view(static_cast<const char*>(copy.data()),
                       copy.num_elements() * copy.dtype().size()));
  return ToObject(environment,
                  {{"shape", shape}, {"bytes", ToBytes(environment, bytes)}});
}

// dimensionUnits(): JSON, [multiplier, base unit] or null for each dimension
Result<napi_value> StoreDimensionUnits(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto units, store->dimension_units());
  auto json = ::nlohmann::json::array();
  for (const auto& unit : units) {
    if (unit) {
      json.push_back({unit->multiplier, unit->base_unit});
    } else {
      json.push_back(nullptr);
    }
  }
  return ToJsonText(call.environment, json);
}

Result<napi_value> StoreTransform(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  return MakeHandle(call.environment,
                    tensorstore::IndexTransform<>(
                        tensorstore::internal::TensorStoreAccess::handle(*store)
                            .transform));
}

// url(): null where the store has no URL form
Result<napi_value> StoreUrl(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  auto url = store->ToUrl();
  return url.ok() ? ToString(call.environment, *url)
                  : ToNull(call.environment);
}

// kvstore(): null where the store is not kept in one
Result<napi_value> StoreKvStore(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  auto kvstore = store->kvstore();
  if (!kvstore.valid()) return ToNull(call.environment);
  return MakeHandle(call.environment, std::move(kvstore));
}

// storageStatistics(token): { notStored, fullyStored }
Result<napi_value> StoreStorageStatistics(Call& call) {
  using Statistics = tensorstore::ArrayStorageStatistics;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(double token,
                               NumberArg(call.environment, call[0]));
  return PromiseOf(
      call.environment,
      tensorstore::GetStorageStatistics(*store, Statistics::query_not_stored,
                                        Statistics::query_fully_stored),
      {token, [store = *store] { return PathOf(store); }},
      [](Environment& environment, const Statistics& statistics) {
        return ToObject(
            environment,
            {{"notStored", ToBoolean(environment, statistics.not_stored)},
             {"fullyStored", ToBoolean(environment, statistics.fully_stored)}});
      });
}

}  // namespace ats::node
