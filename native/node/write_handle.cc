// NativeWrite: the two futures of a write.
#include <utility>

#include "node/args.h"
#include "node/handles.h"
#include "node/promise_bridge.h"
#include "node/values.h"

namespace ats::node {

using ::tensorstore::Result;

namespace {

// copied(token): the source may change; the write goes on.
Result<napi_value> Copied(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* write, Self<PendingWrite>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(double token,
                               NumberArg(call.environment, call[0]));
  return PromiseOf(call.environment, write->futures.copy_future,
                   {token, [store = write->target] { return PathOf(store); }},
                   ToUndefined());
}

// committed(token): forces the commit (L8).
Result<napi_value> Committed(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* write, Self<PendingWrite>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(double token,
                               NumberArg(call.environment, call[0]));
  return PromiseOf(call.environment, write->futures.commit_future,
                   {token, [store = write->target] { return PathOf(store); }},
                   ToUndefined());
}

// drop(): lets both futures go, which cancels what has not been copied.
Result<napi_value> Drop(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* write, Self<PendingWrite>(call));
  auto cancelled = absl::CancelledError("The write was cancelled");
  write->futures = tensorstore::WriteFutures(cancelled);
  return ToUndefinedValue(call.environment);
}

}  // namespace

absl::Status RegisterWrite(Environment& environment, napi_value) {
  return DefineHandle<PendingWrite>(environment,
                                    {
                                        {"copied", Invoke<Copied>},
                                        {"committed", Invoke<Committed>},
                                        {"drop", Invoke<Drop>},
                                    });
}

}  // namespace ats::node
