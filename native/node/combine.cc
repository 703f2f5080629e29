// concat, stack and overlay: several arrays as one view.
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "node/args.h"
#include "node/handles.h"
#include "node/values.h"
#include "tensorstore/stack.h"

namespace ats::node {

using ::tensorstore::Result;
using ::tensorstore::Spec;
using ::tensorstore::TensorStore;

namespace {

using Layer = std::variant<Spec, TensorStore<>>;

Result<std::vector<Layer>> LayersArg(Environment& environment,
                                     napi_value value) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto elements, ArrayArg(environment, value));
  std::vector<Layer> layers;
  for (napi_value element : elements) {
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto* store, FromHandle<TensorStore<>>(environment, element));
    layers.emplace_back(*store);
  }
  return layers;
}

Result<tensorstore::StackOpenOptions> OptionsArg(Environment& environment,
                                                 napi_value context,
                                                 napi_value transaction) {
  tensorstore::StackOpenOptions options;
  TENSORSTORE_ASSIGN_OR_RETURN(options.context,
                               ContextArg(environment, context));
  TENSORSTORE_ASSIGN_OR_RETURN(options.transaction,
                               TransactionArg(environment, transaction));
  return options;
}

// concat(layers, dimension, context, transaction)
Result<napi_value> Concat(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto layers,
                               LayersArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto dimension,
                               IndexArg(call.environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto options, OptionsArg(call.environment, call[2], call[3]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto store,
      tensorstore::Concat(layers, dimension, std::move(options)));
  return MakeHandle(call.environment, TensorStore<>(std::move(store)));
}

// stack(layers, dimension, context, transaction)
Result<napi_value> Stack(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto layers,
                               LayersArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto dimension,
                               IndexArg(call.environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto options, OptionsArg(call.environment, call[2], call[3]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto store, tensorstore::Stack(layers, dimension, std::move(options)));
  return MakeHandle(call.environment, TensorStore<>(std::move(store)));
}

// overlay(layers, context, transaction)
Result<napi_value> Overlay(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto layers,
                               LayersArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto options, OptionsArg(call.environment, call[1], call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto store, tensorstore::Overlay(layers, std::move(options)));
  return MakeHandle(call.environment, TensorStore<>(std::move(store)));
}

}  // namespace

absl::Status RegisterCombine(Environment& environment, napi_value exports) {
  TENSORSTORE_RETURN_IF_ERROR(
      AddFunction(environment, exports, "concat", Invoke<Concat>));
  TENSORSTORE_RETURN_IF_ERROR(
      AddFunction(environment, exports, "stack", Invoke<Stack>));
  return AddFunction(environment, exports, "overlay", Invoke<Overlay>);
}

}  // namespace ats::node
