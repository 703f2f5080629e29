// NativeTensorStore: views of a store, and the calls that return a new handle
// of the same array.
#include <utility>

#include "node/args.h"
#include "node/handles.h"
#include "node/promise_bridge.h"
#include "node/selection_arg.h"
#include "node/store_methods.h"
#include "node/values.h"
#include "tensorstore/cast.h"
#include "tensorstore/downsample.h"
#include "tensorstore/downsample_method.h"
#include "tensorstore/driver/downsample/downsample_method_json_binder.h"
#include "tensorstore/internal/json_binding/json_binding.h"
#include "tensorstore/resize_options.h"

namespace ats::node {

using ::tensorstore::IndexTransform;
using ::tensorstore::Result;
using ::tensorstore::TensorStore;

namespace {

auto StoreToHandle = [](Environment& environment, const TensorStore<>& store) {
  return MakeHandle(environment, store);
};

}  // namespace

// index(operation, argument)
Result<napi_value> StoreIndex(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto view, ApplyIndexTransform(  // found by its argument
                     [&](IndexTransform<> transform) {
                       return ApplyIndexOperation(call.environment,
                                                  std::move(transform),
                                                  call[0], call[1]);
                     },
                     *store));
  return MakeHandle(call.environment, std::move(view));
}

// apply(transform)
Result<napi_value> StoreApply(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto* transform, FromHandle<IndexTransform<>>(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto view, *store | *transform);
  return MakeHandle(call.environment, TensorStore<>(std::move(view)));
}

// cast(dtype)
Result<napi_value> StoreCast(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto dtype,
                               DataTypeArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto view, tensorstore::Cast(*store, dtype));
  return MakeHandle(call.environment, TensorStore<>(std::move(view)));
}

// downsample(factors, method)
Result<napi_value> StoreDownsample(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto factors,
                               IndexVectorArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto name, StringArg(call.environment, call[1]));
  tensorstore::DownsampleMethod method;
  ::nlohmann::json json(name);
  TENSORSTORE_RETURN_IF_ERROR(
      tensorstore::internal_json_binding::DefaultBinder<>(
          std::true_type{}, tensorstore::internal_json_binding::NoOptions{},
          &method, &json));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto view,
      tensorstore::Downsample(
          *store, tensorstore::span<const tensorstore::Index>(factors),
          method));
  return MakeHandle(call.environment, TensorStore<>(std::move(view)));
}

// withTransaction(transaction)
Result<napi_value> StoreWithTransaction(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto transaction,
                               TransactionArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto view, ApplyTensorStoreTransaction(*store, std::move(transaction)));
  return MakeHandle(call.environment, std::move(view));
}

// resolve(fixResizableBounds, token)
Result<napi_value> StoreResolve(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto bits, Uint32Arg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token,
                               NumberArg(call.environment, call[1]));
  tensorstore::ResolveBoundsOptions options;
  options.mode = static_cast<tensorstore::ResolveBoundsMode>(bits & 1);
  return PromiseOf(call.environment,
                   tensorstore::ResolveBounds(*store, options),
                   {token, [store = *store] { return PathOf(store); }},
                   StoreToHandle);
}

// resize(inclusiveMin, exclusiveMax, mode, token)
Result<napi_value> StoreResize(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto inclusive_min,
      OptionalIndexVectorArg(call.environment, call[0],
                             tensorstore::kImplicit));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto exclusive_max,
      OptionalIndexVectorArg(call.environment, call[1],
                             tensorstore::kImplicit));
  TENSORSTORE_ASSIGN_OR_RETURN(auto bits, Uint32Arg(call.environment, call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token,
                               NumberArg(call.environment, call[3]));
  tensorstore::ResizeOptions options;
  options.mode = static_cast<tensorstore::ResizeMode>(bits & 15);
  return PromiseOf(
      call.environment,
      tensorstore::Resize(
          *store, tensorstore::span<const tensorstore::Index>(inclusive_min),
          tensorstore::span<const tensorstore::Index>(exclusive_max), options),
      {token, [store = *store] { return PathOf(store); }}, StoreToHandle);
}

}  // namespace ats::node
