// NativeTensorStore.readRuns: scattered intervals into one typed array.
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "core/huge_pages.h"
#include "engine/read.h"
#include "engine/run_read.h"
#include "node/args.h"
#include "node/array_view.h"
#include "node/bound_proof.h"
#include "node/handles.h"
#include "node/promise_bridge.h"
#include "node/store_methods.h"
#include "node/values.h"

namespace ats::node {

using ::tensorstore::Index;
using ::tensorstore::Result;
using ::tensorstore::TensorStore;

namespace {

// Three arrays of the same length as runs.
Result<std::vector<engine::Run>> RunsArg(Environment& environment,
                                         napi_value starts, napi_value counts,
                                         napi_value places, Index length) {
  const Index shape[] = {length};
  TENSORSTORE_ASSIGN_OR_RETURN(auto start,
                               IndexArrayArg(environment, starts, shape));
  TENSORSTORE_ASSIGN_OR_RETURN(auto count,
                               IndexArrayArg(environment, counts, shape));
  TENSORSTORE_ASSIGN_OR_RETURN(auto place,
                               IndexArrayArg(environment, places, shape));
  std::vector<engine::Run> runs(length);
  for (Index i = 0; i < length; ++i) {
    runs[i] = {start.data()[i], count.data()[i], place.data()[i]};
  }
  return runs;
}

}  // namespace

// readRuns(target, dtype, length, starts, counts, places, runs, fresh, below,
//          token)
Result<napi_value> StoreReadRuns(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* store, Self<TensorStore<>>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto dtype, DataTypeArg(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(double length, NumberArg(environment, call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(double count, NumberArg(environment, call[6]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[9]));
  if (!(count >= 0 && count < 0x1p53 && length >= 0 && length < 0x1p53)) {
    return absl::InvalidArgumentError("A number of values is a whole number");
  }
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto runs, RunsArg(environment, call[3], call[4], call[5],
                         static_cast<Index>(count)));
  const Index shape[] = {static_cast<Index>(length)};
  TENSORSTORE_RETURN_IF_ERROR(engine::CheckReadable(*store, dtype));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto target, ArrayOver(environment, call[0], dtype, shape,
                             tensorstore::c_order));
  bool fresh;
  ATS_NAPI(napi_get_value_bool(environment.env(), call[7], &fresh));
  if (fresh) {
    core::AdviseHugePages(target.data(),
                          target.num_elements() * dtype.size());
  }
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto check, BoundCheckArg(environment, call[8], dtype.size()));
  Index values = 0;
  for (const engine::Run& run : runs) values += run.count;
  return PromiseOf(environment,
                   engine::ReadRuns(*store, std::move(runs), std::move(target),
                                    check),
                   {token, [store = *store] { return PathOf(store); },
                    /*stored_data=*/true},
                   ToProof{std::move(check), values});
}

}  // namespace ats::node
