// NativeKvStore: keys and byte values.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "node/args.h"
#include "node/array_view.h"
#include "node/handles.h"
#include "node/promise_bridge.h"
#include "node/values.h"
#include "os/file_range_driver.h"
#include "tensorstore/kvstore/generation.h"
#include "tensorstore/kvstore/key_range.h"
#include "tensorstore/kvstore/operations.h"
#include "tensorstore/kvstore/read_result.h"

namespace ats::node {

using ::tensorstore::KeyRange;
using ::tensorstore::KvStore;
using ::tensorstore::Result;
using ::tensorstore::StorageGeneration;
using ::tensorstore::TimestampedStorageGeneration;

namespace {

DescribePath Describe(const KvStore& kvstore, std::string key = {}) {
  return [kvstore, key = std::move(key)] { return PathOf(kvstore) + key; };
}

// undefined: no condition; null: there must be no value; else an opaque tag
Result<StorageGeneration> GenerationArg(Environment& environment,
                                        napi_value value) {
  const napi_env env = environment.env();
  napi_valuetype type;
  ATS_NAPI(napi_typeof(env, value, &type));
  if (type == napi_undefined) return StorageGeneration::Unknown();
  if (type == napi_null) return StorageGeneration::NoValue();
  size_t length = 0;
  if (napi_get_value_string_latin1(env, value, nullptr, 0, &length) !=
          napi_ok ||
      length == 0) {
    return absl::InvalidArgumentError(
        "A generation is the string that a read or write returned");
  }
  std::string bytes(length, '\0');
  ATS_NAPI(napi_get_value_string_latin1(env, value, bytes.data(), length + 1,
                                        &length));
  return StorageGeneration{std::move(bytes)};
}

JsResult GenerationToJs(Environment& environment,
                        const StorageGeneration& generation) {
  if (StorageGeneration::IsUnknown(generation)) {
    return ToUndefinedValue(environment);
  }
  if (StorageGeneration::IsNoValue(generation)) return ToNull(environment);
  return ToByteString(environment, generation.value);
}

// The result of a write: `generation` is undefined where its condition failed.
JsResult StampToJs(Environment& environment,
                   const TimestampedStorageGeneration& stamp) {
  return ToObject(
      environment,
      {{"generation", GenerationToJs(environment, stamp.generation)},
       {"time", ToMilliseconds(environment, stamp.time)}});
}

// [start, end | -1], or null for the whole value; a negative start counts from
// the end of the value.
Result<tensorstore::OptionalByteRangeRequest> ByteRangeArg(
    Environment& environment, napi_value value) {
  if (IsAbsent(environment, value)) {
    return tensorstore::OptionalByteRangeRequest();
  }
  TENSORSTORE_ASSIGN_OR_RETURN(auto bounds, IndexVectorArg(environment, value));
  if (bounds.size() != 2) {
    return absl::InvalidArgumentError("A byte range is [start, end]");
  }
  tensorstore::OptionalByteRangeRequest range(bounds[0], bounds[1]);
  if (!range.SatisfiesInvariants()) {
    return absl::InvalidArgumentError(
        absl::StrCat("The byte range ", range, " is empty backwards"));
  }
  return range;
}

Result<KeyRange> KeyRangeArg(Environment& environment, napi_value start,
                             napi_value end) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto min, StringArg(environment, start));
  TENSORSTORE_ASSIGN_OR_RETURN(auto max, StringArg(environment, end));
  return KeyRange(std::move(min), std::move(max));
}

// openKvStore(spec, context, transaction, token)
Result<napi_value> Open(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, JsonArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto spec, tensorstore::kvstore::Spec::FromJson(std::move(json)));
  tensorstore::kvstore::OpenOptions options;
  TENSORSTORE_ASSIGN_OR_RETURN(options.context,
                               ContextArg(call.environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(options.transaction,
                               TransactionArg(call.environment, call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token,
                               NumberArg(call.environment, call[3]));
  std::string path = spec.path;
  return PromiseOf(
      call.environment,
      tensorstore::kvstore::Open(std::move(spec), std::move(options)),
      {token, [path] { return path; }},
      [](Environment& environment, const KvStore& kvstore) {
        return MakeHandle(environment, kvstore);
      });
}

// get(key, byteRange, ifEqual, ifNotEqual, batch, token)
Result<napi_value> Get(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* kvstore, Self<KvStore>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto key, StringArg(environment, call[0]));
  tensorstore::kvstore::ReadOptions options;
  TENSORSTORE_ASSIGN_OR_RETURN(options.byte_range,
                               ByteRangeArg(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(options.generation_conditions.if_equal,
                               GenerationArg(environment, call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(options.generation_conditions.if_not_equal,
                               GenerationArg(environment, call[3]));
  TENSORSTORE_ASSIGN_OR_RETURN(options.batch, BatchArg(environment, call[4]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[5]));
  auto future = tensorstore::kvstore::Read(*kvstore, key, std::move(options));
  return PromiseOf(
      environment, std::move(future),
      {token, Describe(*kvstore, std::move(key))},
      [](Environment& environment,
         const tensorstore::kvstore::ReadResult& result) {
        const char* state = result.has_value()   ? "value"
                            : result.not_found() ? "missing"
                                                 : "unspecified";
        return ToObject(
            environment,
            {{"state", ToString(environment, state)},
             {"value", result.has_value() ? ToBytes(environment, result.value)
                                          : ToUndefinedValue(environment)},
             {"generation",
              GenerationToJs(environment, result.stamp.generation)},
             {"time", ToMilliseconds(environment, result.stamp.time)}});
      });
}

// set(key, value | null, ifEqual, token): null deletes
Result<napi_value> Set(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* kvstore, Self<KvStore>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto key, StringArg(environment, call[0]));
  std::optional<absl::Cord> value;
  if (!IsAbsent(environment, call[1])) {
    TENSORSTORE_ASSIGN_OR_RETURN(Bytes bytes, BytesOf(environment, call[1]));
    value.emplace(
        std::string_view(static_cast<const char*>(bytes.data), bytes.size));
  }
  tensorstore::kvstore::WriteOptions options;
  TENSORSTORE_ASSIGN_OR_RETURN(options.generation_conditions.if_equal,
                               GenerationArg(environment, call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[3]));
  auto future = tensorstore::kvstore::Write(*kvstore, key, std::move(value),
                                            std::move(options));
  return PromiseOf(environment, std::move(future),
                   {token, Describe(*kvstore, std::move(key))}, StampToJs);
}

// deleteRange(start, end, token): an empty end is unbounded
Result<napi_value> DeleteRange(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* kvstore, Self<KvStore>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto range, KeyRangeArg(call.environment, call[0], call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token,
                               NumberArg(call.environment, call[2]));
  return PromiseOf(
      call.environment,
      tensorstore::kvstore::DeleteRange(*kvstore, std::move(range)),
      {token, Describe(*kvstore)}, ToUndefined());
}

JsResult EntriesToJs(
    Environment& environment,
    const std::vector<tensorstore::kvstore::ListEntry>& entries) {
  std::vector<std::string> keys;
  std::vector<JsResult> sizes;
  keys.reserve(entries.size());
  sizes.reserve(entries.size());
  for (const auto& entry : entries) {
    keys.push_back(entry.key);
    sizes.push_back(ToNumber(environment, static_cast<double>(entry.size)));
  }
  return ToObject(environment, {{"keys", ToStringArray(environment, keys)},
                                {"sizes", ToArray(environment, sizes)}});
}

// list(start, end, stripPrefixLength, token): { keys, sizes }, -1 for a size
// that the store does not tell
Result<napi_value> List(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* kvstore, Self<KvStore>(call));
  tensorstore::kvstore::ListOptions options;
  TENSORSTORE_ASSIGN_OR_RETURN(
      options.range, KeyRangeArg(call.environment, call[0], call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(options.strip_prefix_length,
                               Uint32Arg(call.environment, call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token,
                               NumberArg(call.environment, call[3]));
  return PromiseOf(
      call.environment,
      tensorstore::kvstore::ListFuture(*kvstore, std::move(options)),
      {token, Describe(*kvstore)}, EntriesToJs);
}

// info(): { path, url }, url null where there is no URL form
Result<napi_value> Info(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* kvstore, Self<KvStore>(call));
  Environment& environment = call.environment;
  auto url = kvstore->ToUrl();
  return ToObject(environment,
                  {{"path", ToString(environment, kvstore->path)},
                   {"url", url.ok() ? ToString(environment, *url)
                                    : ToNull(environment)}});
}

Result<napi_value> SpecText(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* kvstore, Self<KvStore>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto spec,
                               kvstore->spec(tensorstore::unbind_context));
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, spec.ToJson());
  return ToJsonText(call.environment, json);
}

// child(suffix): the same store below `path + suffix`
Result<napi_value> Child(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* kvstore, Self<KvStore>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto suffix,
                               StringArg(call.environment, call[0]));
  return MakeHandle(call.environment, kvstore->WithPathSuffix(suffix));
}

// close(): lets go of descriptors, where the store is one of native/os
Result<napi_value> Close(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* kvstore, Self<KvStore>(call));
  auto* driver = dynamic_cast<os::FileRangeDriver*>(kvstore->driver.get());
  if (driver != nullptr) driver->Close();
  return ToUndefinedValue(call.environment);
}

// withTransaction(transaction)
Result<napi_value> WithTransaction(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* kvstore, Self<KvStore>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto transaction,
                               TransactionArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto changed,
      ApplyTensorStoreTransaction(*kvstore, std::move(transaction)));
  return MakeHandle(call.environment, std::move(changed));
}

}  // namespace

absl::Status RegisterKvStore(Environment& environment, napi_value exports) {
  TENSORSTORE_RETURN_IF_ERROR(
      AddFunction(environment, exports, "openKvStore", Invoke<Open>));
  return DefineHandle<KvStore>(
      environment, {
                       {"get", Invoke<Get>},
                       {"set", Invoke<Set>},
                       {"deleteRange", Invoke<DeleteRange>},
                       {"list", Invoke<List>},
                       {"info", Invoke<Info>},
                       {"spec", Invoke<SpecText>},
                       {"child", Invoke<Child>},
                       {"close", Invoke<Close>},
                       {"withTransaction", Invoke<WithTransaction>},
                   });
}

}  // namespace ats::node
