// NativeTensorStore: reading into typed arrays, writing from them, and the
// element types that typed arrays cannot hold (strings, JSON).
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/huge_pages.h"
#include "engine/read.h"
#include "node/args.h"
#include "node/array_view.h"
#include "node/handles.h"
#include "node/promise_bridge.h"
#include "node/store_methods.h"
#include "node/text_elements.h"
#include "node/values.h"
#include "tensorstore/array.h"
#include "tensorstore/contiguous_layout.h"

namespace ats::node {

using ::tensorstore::Index;
using ::tensorstore::Result;
using ::tensorstore::SharedArray;
using ::tensorstore::TensorStore;

namespace {

Result<tensorstore::ContiguousLayoutOrder> OrderArg(Environment& environment,
                                                    napi_value value) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto order,
                               OptionalStringArg(environment, value));
  if (!order || *order == "C") return tensorstore::c_order;
  if (*order == "F") return tensorstore::fortran_order;
  return absl::InvalidArgumentError("The order of an array is \"C\" or \"F\"");
}

Result<bool> FlagArg(Environment& environment, napi_value value) {
  if (IsAbsent(environment, value)) return false;
  bool flag;
  ATS_NAPI(napi_get_value_bool(environment.env(), value, &flag));
  return flag;
}

// The futures of a write begin to copy at once; the commit waits until it is
// asked for (L8).
Result<napi_value> StartWrite(Environment& environment, TensorStore<> target,
                              SharedArray<const void> source, bool immutable) {
  tensorstore::WriteOptions options;
  if (immutable) {
    options.source_data_reference_restriction =
        tensorstore::can_reference_source_data_indefinitely;
  }
  auto futures =
      tensorstore::Write(std::move(source), target, std::move(options));
  return MakeHandle(environment,
                    PendingWrite{std::move(futures), std::move(target)});
}

absl::Status CheckBooleans(const SharedArray<void>& array) {
  if (array.dtype() != tensorstore::dtype_v<bool>) return absl::OkStatus();
  const auto* bytes = static_cast<const unsigned char*>(array.data());
  for (Index i = 0; i < array.num_elements(); ++i) {
    if (bytes[i] > 1) {
      return absl::InvalidArgumentError(absl::StrCat(
          "A boolean is 0 or 1, not ", static_cast<int>(bytes[i])));
    }
  }
  return absl::OkStatus();
}

}  // namespace

// readInto(view, dtype, shape, order, fresh, batch, token)
Result<napi_value> StoreReadInto(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto dtype, DataTypeArg(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto shape,
                               IndexVectorArg(environment, call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto order, OrderArg(environment, call[3]));
  TENSORSTORE_ASSIGN_OR_RETURN(bool fresh, FlagArg(environment, call[4]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto batch, BatchArg(environment, call[5]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[6]));
  TENSORSTORE_RETURN_IF_ERROR(engine::CheckReadable(*store, dtype));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto target, ArrayOver(environment, call[0], dtype, shape, order));
  if (fresh) {
    core::AdviseHugePages(target.data(),
                            target.num_elements() * dtype.size());
  }
  return PromiseOf(environment,
                   engine::ReadInto(*store, std::move(target), batch),
                   {token, [store = *store] { return PathOf(store); },
                    /*stored_data=*/true},
                   ToUndefined());
}

// readValues(batch, token)
Result<napi_value> StoreReadValues(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto batch, BatchArg(environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[1]));
  TENSORSTORE_RETURN_IF_ERROR(CheckTextElements(store->dtype()));
  TENSORSTORE_RETURN_IF_ERROR(engine::CheckReadable(*store, store->dtype()));
  TENSORSTORE_RETURN_IF_ERROR(engine::CheckElementCount(store->domain()));
  tensorstore::ReadIntoNewArrayOptions options;
  options.batch = std::move(batch);
  return PromiseOf(
      environment,
      tensorstore::Read<tensorstore::zero_origin>(*store, std::move(options)),
      {token, [store = *store] { return PathOf(store); },
       /*stored_data=*/true},
      [](Environment& environment, const SharedArray<void>& array) {
        return TextElementsToJs(environment, array);
      });
}

// write(view, dtype, shape, order, immutable)
Result<napi_value> StoreWrite(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto dtype, DataTypeArg(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto shape,
                               IndexVectorArg(environment, call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto order, OrderArg(environment, call[3]));
  TENSORSTORE_ASSIGN_OR_RETURN(bool immutable, FlagArg(environment, call[4]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto source, ArrayOver(environment, call[0], dtype, shape, order));
  TENSORSTORE_RETURN_IF_ERROR(CheckBooleans(source));
  return StartWrite(environment, *store, std::move(source), immutable);
}

// writeValues(values, dtype, shape)
Result<napi_value> StoreWriteValues(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto dtype, DataTypeArg(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto shape,
                               IndexVectorArg(environment, call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto source, TextElementsArg(environment, call[0], dtype, shape));
  return StartWrite(environment, *store, std::move(source),
                    /*immutable=*/true);
}

}  // namespace ats::node
