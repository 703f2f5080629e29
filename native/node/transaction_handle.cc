// NativeTransaction: staged writes.
#include <utility>

#include "node/args.h"
#include "node/handles.h"
#include "node/promise_bridge.h"
#include "node/values.h"

namespace ats::node {

using ::tensorstore::Result;
using ::tensorstore::Transaction;

namespace {

// transaction(atomic, repeatableRead)
Result<napi_value> MakeTransaction(Call& call) {
  bool atomic, repeatable_read;
  ATS_NAPI(napi_get_value_bool(call.env(), call[0], &atomic));
  ATS_NAPI(napi_get_value_bool(call.env(), call[1], &repeatable_read));
  tensorstore::TransactionMode mode =
      atomic ? tensorstore::atomic_isolated : tensorstore::isolated;
  if (repeatable_read) mode |= tensorstore::repeatable_read;
  return MakeHandle(call.environment, Transaction(mode));
}

// commit(token)
Result<napi_value> Commit(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* transaction, Self<Transaction>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(double token,
                               NumberArg(call.environment, call[0]));
  return PromiseOf(call.environment, transaction->CommitAsync(), {token, {}},
                   ToUndefined());
}

Result<napi_value> Abort(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* transaction, Self<Transaction>(call));
  transaction->Abort();
  return ToUndefinedValue(call.environment);
}

// state(): { aborted, commitStarted, settled, bytes }
Result<napi_value> State(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* transaction, Self<Transaction>(call));
  Environment& environment = call.environment;
  return ToObject(
      environment,
      {{"aborted", ToBoolean(environment, transaction->aborted())},
       {"commitStarted", ToBoolean(environment, transaction->commit_started())},
       {"settled", ToBoolean(environment, transaction->future().ready())},
       {"bytes", ToNumber(environment,
                          static_cast<double>(transaction->total_bytes()))}});
}

}  // namespace

absl::Status RegisterTransaction(Environment& environment,
                                 napi_value exports) {
  TENSORSTORE_RETURN_IF_ERROR(AddFunction(environment, exports, "transaction",
                                          Invoke<MakeTransaction>));
  return DefineHandle<Transaction>(environment, {
                                                    {"commit", Invoke<Commit>},
                                                    {"abort", Invoke<Abort>},
                                                    {"state", Invoke<State>},
                                                });
}

}  // namespace ats::node
