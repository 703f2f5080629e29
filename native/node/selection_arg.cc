#include "node/selection_arg.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "node/args.h"
#include "node/array_view.h"
#include "node/status_error.h"
#include "tensorstore/index_space/dim_expression.h"
#include "tensorstore/util/status.h"

namespace ats::node {

using ::ats::engine::DimensionSelection;
using ::tensorstore::Index;
using ::tensorstore::IndexTransform;
using ::tensorstore::Result;

namespace {

using Kind = DimensionSelection::Kind;

Result<DimensionSelection> IntervalSelection(Environment& environment,
                                             napi_value value) {
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto bounds, OptionalIndexVectorArg(environment, value,
                                          tensorstore::kImplicit));
  if (bounds.size() != 3) {
    return absl::InvalidArgumentError("An interval is [start, stop, step]");
  }
  DimensionSelection selection;
  selection.kind = Kind::kInterval;
  selection.start = bounds[0];
  selection.stop = bounds[1];
  selection.step = bounds[2] == tensorstore::kImplicit ? 1 : bounds[2];
  return selection;
}

Result<DimensionSelection> IndicesSelection(Environment& environment,
                                            napi_value value) {
  const napi_env env = environment.env();
  DimensionSelection selection;
  selection.kind = Kind::kIndices;
  bool typed = false;
  ATS_NAPI(napi_is_typedarray(env, value, &typed));
  if (typed) {
    size_t length;
    ATS_NAPI(napi_get_typedarray_info(env, value, nullptr, &length, nullptr,
                                      nullptr, nullptr));
    const Index shape[] = {static_cast<Index>(length)};
    TENSORSTORE_ASSIGN_OR_RETURN(
        selection.indices, IndexArrayArg(environment, value, shape));
    return selection;
  }
  napi_value indices, shape_value;
  ATS_NAPI(napi_get_named_property(env, value, "indices", &indices));
  ATS_NAPI(napi_get_named_property(env, value, "shape", &shape_value));
  TENSORSTORE_ASSIGN_OR_RETURN(auto shape,
                               IndexVectorArg(environment, shape_value));
  TENSORSTORE_ASSIGN_OR_RETURN(selection.indices,
                               IndexArrayArg(environment, indices, shape));
  return selection;
}

Result<DimensionSelection> OneSelection(Environment& environment,
                                        napi_value value) {
  if (IsAbsent(environment, value)) return DimensionSelection{};
  napi_valuetype type;
  ATS_NAPI(napi_typeof(environment.env(), value, &type));
  if (type == napi_number || type == napi_bigint) {
    DimensionSelection selection;
    selection.kind = Kind::kPoint;
    TENSORSTORE_ASSIGN_OR_RETURN(selection.point,
                                 IndexArg(environment, value));
    return selection;
  }
  if (type != napi_object) {
    return absl::InvalidArgumentError(
        "A selection is an index, an interval or an array of indices");
  }
  bool array = false;
  ATS_NAPI(napi_is_array(environment.env(), value, &array));
  return array ? IntervalSelection(environment, value)
               : IndicesSelection(environment, value);
}

Result<IndexTransform<>> Outer(Environment& environment,
                               IndexTransform<> transform, napi_value value) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto selections,
                               SelectionArg(environment, value));
  return engine::SelectOuter(std::move(transform), selections);
}

Result<IndexTransform<>> Vectorized(Environment& environment,
                                    IndexTransform<> transform,
                                    napi_value value) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto selections,
                               SelectionArg(environment, value));
  return engine::SelectVectorized(std::move(transform), selections);
}

Result<IndexTransform<>> Transpose(Environment& environment,
                                   IndexTransform<> transform,
                                   napi_value value) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto order, IndexVectorArg(environment, value));
  if (static_cast<tensorstore::DimensionIndex>(order.size()) !=
      transform.input_rank()) {
    return absl::InvalidArgumentError(
        absl::StrCat("A permutation of ", transform.input_rank(),
                     " dimensions is needed, not of ", order.size()));
  }
  std::vector<tensorstore::DynamicDimSpec> dimensions(order.begin(),
                                                      order.end());
  return std::move(transform) |
         tensorstore::Dims(tensorstore::span<const tensorstore::DynamicDimSpec>(
                               dimensions))
             .Transpose();
}

Result<IndexTransform<>> TranslateTo(Environment& environment,
                                     IndexTransform<> transform,
                                     napi_value value) {
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto origins, OptionalIndexVectorArg(environment, value,
                                           tensorstore::kImplicit));
  return std::move(transform) |
         tensorstore::AllDims().TranslateTo(
             tensorstore::span<const Index>(origins));
}

Result<IndexTransform<>> Label(Environment& environment,
                               IndexTransform<> transform, napi_value value) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto labels,
                               StringVectorArg(environment, value));
  return std::move(transform) |
         tensorstore::AllDims().Label(
             tensorstore::span<const std::string>(labels));
}

using Operation = Result<IndexTransform<>> (*)(Environment&, IndexTransform<>,
                                               napi_value);

const absl::flat_hash_map<std::string, Operation>& Operations() {
  static const auto* operations = new absl::flat_hash_map<std::string,
                                                          Operation>{
      {"outer", Outer},
      {"vectorized", Vectorized},
      {"transpose", Transpose},
      {"translateTo", TranslateTo},
      {"label", Label},
  };
  return *operations;
}

}  // namespace

Result<std::vector<DimensionSelection>> SelectionArg(Environment& environment,
                                                     napi_value value) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto elements, ArrayArg(environment, value));
  std::vector<DimensionSelection> selections;
  for (napi_value element : elements) {
    TENSORSTORE_ASSIGN_OR_RETURN(auto selection,
                                 OneSelection(environment, element));
    selections.push_back(std::move(selection));
  }
  return selections;
}

Result<IndexTransform<>> ApplyIndexOperation(Environment& environment,
                                             IndexTransform<> transform,
                                             napi_value name,
                                             napi_value argument) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto key, StringArg(environment, name));
  const auto found = Operations().find(key);
  if (found == Operations().end()) {
    return absl::InvalidArgumentError(
        absl::StrCat("There is no index operation \"", key, "\""));
  }
  return found->second(environment, std::move(transform), argument);
}

}  // namespace ats::node
