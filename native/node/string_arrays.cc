// Arrays of strings: readStrings, writeStrings and the handle of strings that
// have been decoded and wait for JavaScript's memory.
#include "node/string_arrays.h"

#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/huge_pages.h"
#include "engine/string_array_read.h"
#include "engine/string_array_write.h"
#include "node/args.h"
#include "node/array_view.h"
#include "node/handles.h"
#include "node/promise_bridge.h"
#include "node/values.h"
#include "tensorstore/contiguous_layout.h"
#include "tensorstore/internal/data_copy_concurrency_resource.h"

namespace ats::node {

using ::tensorstore::Context;
using ::tensorstore::Index;
using ::tensorstore::KvStore;
using ::tensorstore::Result;
using ::tensorstore::SharedArray;
using ::tensorstore::span;
using ::tensorstore::internal::DataCopyConcurrencyResource;

namespace {

// null: all; [start, step, count]; a typed array of positions
Result<engine::AxisSelection> SelectionArg(Environment& environment,
                                             napi_value value) {
  if (IsAbsent(environment, value)) return engine::AxisSelection();
  bool is_typed = false;
  ATS_NAPI(napi_is_typedarray(environment.env(), value, &is_typed));
  if (!is_typed) {
    TENSORSTORE_ASSIGN_OR_RETURN(auto range,
                                 IndexVectorArg(environment, value));
    if (range.size() != 3 || range[2] < 0) {
      return absl::InvalidArgumentError("A range is [start, step, count]");
    }
    return engine::AxisRange{range[0], range[1], range[2]};
  }
  size_t length = 0;
  ATS_NAPI(napi_get_typedarray_info(environment.env(), value, nullptr, &length,
                                    nullptr, nullptr, nullptr));
  const Index shape[] = {static_cast<Index>(length)};
  TENSORSTORE_ASSIGN_OR_RETURN(auto array,
                               IndexArrayArg(environment, value, shape));
  return std::vector<Index>(array.data(), array.data() + length);
}

Result<int64_t> LimitOf(const ::nlohmann::json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_number_unsigned()) {
    return absl::InvalidArgumentError(
        absl::StrCat("The layout of a string array has no valid ", name));
  }
  return found->get<int64_t>();
}

// readStrings(kvstore, context, layout, selection, token)
Result<napi_value> ReadStrings(Call& call) {
  Environment& environment = call.environment;
  engine::StringReadRequest request;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store,
                               FromHandle<KvStore>(environment, call[0]));
  request.store = *store;
  TENSORSTORE_ASSIGN_OR_RETURN(request.context,
                               ContextArg(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, JsonArg(environment, call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(request.layout,
                               engine::StringLayout::Parse(json));
  request.missing_is_corrupt = json.value("missing", "") == "corrupt";
  TENSORSTORE_ASSIGN_OR_RETURN(request.limits.max_chunk_bytes,
                               LimitOf(json, "maxChunkBytes"));
  TENSORSTORE_ASSIGN_OR_RETURN(request.limits.max_read_bytes,
                               LimitOf(json, "maxReadBytes"));
  TENSORSTORE_ASSIGN_OR_RETURN(auto selection, ArrayArg(environment, call[3]));
  for (napi_value entry : selection) {
    TENSORSTORE_ASSIGN_OR_RETURN(request.selection.emplace_back(),
                                 SelectionArg(environment, entry));
  }
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[4]));
  std::string path = request.layout.path;
  PendingStrings pending{nullptr, request.context, path};
  return PromiseOf(
      environment, engine::ReadStrings(std::move(request)),
      {token, [path] { return path; }},
      [pending = std::move(pending)](Environment& environment,
                                     const PendingStrings::Column& column) {
        PendingStrings strings = pending;
        strings.column = column;
        return MakeHandle(environment, std::move(strings));
      });
}

// sizes(): { count, byteLength }
Result<napi_value> Sizes(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* strings, Self<PendingStrings>(call));
  Environment& environment = call.environment;
  const auto number = [&](Index value) {
    return ToNumber(environment, static_cast<double>(value));
  };
  return ToObject(environment,
                  {{"count", number(strings->column->count())},
                   {"byteLength", number(strings->column->byte_length())}});
}

// The offsets of `count` strings: an Int32Array or a BigInt64Array.
Result<SharedArray<void>> OffsetsArg(Environment& environment, napi_value value,
                                     Index count) {
  napi_typedarray_type type = napi_uint8_array;
  bool is_typed = false;
  ATS_NAPI(napi_is_typedarray(environment.env(), value, &is_typed));
  if (is_typed) {
    ATS_NAPI(napi_get_typedarray_info(environment.env(), value, &type, nullptr,
                                      nullptr, nullptr, nullptr));
  }
  if (type != napi_int32_array && type != napi_bigint64_array) {
    return absl::InvalidArgumentError(
        "Offsets are an Int32Array or a BigInt64Array");
  }
  const Index shape[] = {count + 1};
  return ArrayOver(environment, value,
                   type == napi_int32_array
                       ? tensorstore::DataType(tensorstore::dtype_v<int32_t>)
                       : tensorstore::DataType(tensorstore::dtype_v<int64_t>),
                   shape, tensorstore::ContiguousLayoutOrder::c);
}

Result<SharedArray<void>> ByteArg(Environment& environment, napi_value value,
                                  Index count) {
  const Index shape[] = {count};
  return ArrayOver(environment, value, tensorstore::dtype_v<uint8_t>, shape,
                   tensorstore::ContiguousLayoutOrder::c);
}

template <typename T>
span<T> SpanOf(const SharedArray<void>& array) {
  return {static_cast<T*>(array.data()), array.num_elements()};
}

// fill(offsets, bytes, token)
Result<napi_value> Fill(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* strings, Self<PendingStrings>(call));
  const PendingStrings::Column column = strings->column;
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto offsets, OffsetsArg(environment, call[0], column->count()));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto bytes, ByteArg(environment, call[1], column->byte_length()));
  if (offsets.dtype() == tensorstore::dtype_v<int32_t> &&
      column->byte_length() > std::numeric_limits<int32_t>::max()) {
    return absl::InvalidArgumentError("So many bytes need 64-bit offsets");
  }
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[2]));
  core::AdviseHugePages(bytes.data(), bytes.num_elements());
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto pool, strings->context.GetResource<DataCopyConcurrencyResource>());
  auto [promise, future] = tensorstore::PromiseFuturePair<void>::Make();
  // The arrays keep JavaScript's memory pinned until the task has ended (L4).
  pool->executor([column, offsets, bytes, promise = std::move(promise)] {
    if (offsets.dtype() == tensorstore::dtype_v<int32_t>) {
      column->Fill(SpanOf<int32_t>(offsets), SpanOf<char>(bytes));
    } else {
      column->Fill(SpanOf<int64_t>(offsets), SpanOf<char>(bytes));
    }
    promise.SetResult(tensorstore::MakeResult());
  });
  return PromiseOf(environment, std::move(future),
                   {token, [path = strings->path] { return path; }},
                   ToUndefined());
}

// writeStrings(kvstore, context, layout, offsets, bytes, token)
Result<napi_value> WriteStrings(Call& call) {
  Environment& environment = call.environment;
  engine::StringWriteRequest request;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store,
                               FromHandle<KvStore>(environment, call[0]));
  request.store = *store;
  TENSORSTORE_ASSIGN_OR_RETURN(request.context,
                               ContextArg(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, JsonArg(environment, call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(request.layout,
                               engine::StringLayout::Parse(json));
  TENSORSTORE_ASSIGN_OR_RETURN(
      request.origin, engine::ExtentsOf(json.value("origin", json), "origin"));
  TENSORSTORE_ASSIGN_OR_RETURN(
      request.shape,
      engine::ExtentsOf(json.value("blockShape", json), "block shape"));
  const Index count = engine::CountOf(request.shape);
  if (count < 0) return absl::InvalidArgumentError("A block is too large");
  TENSORSTORE_ASSIGN_OR_RETURN(auto offsets,
                               OffsetsArg(environment, call[3], count));
  TENSORSTORE_ASSIGN_OR_RETURN(auto given, BytesOf(environment, call[4]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto bytes,
      ByteArg(environment, call[4], static_cast<Index>(given.size)));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[5]));
  if (offsets.dtype() == tensorstore::dtype_v<int32_t>) {
    request.block.offsets = SpanOf<const int32_t>(offsets);
  } else {
    request.block.offsets = SpanOf<const int64_t>(offsets);
  }
  request.block.bytes = SpanOf<const char>(bytes);
  request.block.memory =
      std::make_shared<std::pair<SharedArray<void>, SharedArray<void>>>(
          std::move(offsets), std::move(bytes));
  std::string path = request.layout.path;
  return PromiseOf(environment, engine::WriteStrings(std::move(request)),
                   {token, [path] { return path; }}, ToUndefined());
}

}  // namespace

absl::Status RegisterStringArrays(Environment& environment,
                                  napi_value exports) {
  TENSORSTORE_RETURN_IF_ERROR(AddFunction(environment, exports, "readStrings",
                                          Invoke<ReadStrings>));
  TENSORSTORE_RETURN_IF_ERROR(AddFunction(environment, exports, "writeStrings",
                                          Invoke<WriteStrings>));
  return DefineHandle<PendingStrings>(
      environment, {{"sizes", Invoke<Sizes>}, {"fill", Invoke<Fill>}});
}

}  // namespace ats::node
