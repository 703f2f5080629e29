#include "node/handles.h"

#include "absl/strings/match.h"
#include "engine/keep_pools.h"
#include "node/args.h"

namespace ats::node {

using ::tensorstore::Result;

absl::Status AddFunction(Environment& environment, napi_value exports,
                         const char* name, napi_callback function) {
  napi_value value;
  ATS_NAPI(napi_create_function(environment.env(), name, NAPI_AUTO_LENGTH,
                                function, nullptr, &value));
  ATS_NAPI(napi_set_named_property(environment.env(), exports, name, value));
  return absl::OkStatus();
}

Result<tensorstore::Batch> BatchArg(Environment& environment,
                                    napi_value value) {
  if (IsAbsent(environment, value)) {
    return tensorstore::Batch(tensorstore::no_batch);
  }
  TENSORSTORE_ASSIGN_OR_RETURN(BatchPtr * batch,
                               FromHandle<BatchPtr>(environment, value));
  if (!(*batch)->batch()) {
    return absl::InvalidArgumentError("This batch was submitted already");
  }
  return *(*batch)->batch();
}

Result<tensorstore::Transaction> TransactionArg(Environment& environment,
                                                napi_value value) {
  if (IsAbsent(environment, value)) {
    return tensorstore::Transaction(tensorstore::no_transaction);
  }
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto* transaction,
      FromHandle<tensorstore::Transaction>(environment, value));
  return *transaction;
}

Result<tensorstore::Context> ContextArg(Environment& environment,
                                        napi_value value) {
  if (IsAbsent(environment, value)) {
    auto context = tensorstore::Context::Default();
    engine::KeepPools(context);
    return context;
  }
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto* context, FromHandle<tensorstore::Context>(environment, value));
  return *context;
}

std::string PathOf(const tensorstore::KvStore& kvstore) {
  if (!kvstore.valid()) return {};
  auto url = kvstore.ToUrl();
  if (!url.ok() || absl::StartsWith(*url, "file://")) return kvstore.path;
  return *std::move(url);
}

std::string PathOf(const tensorstore::TensorStore<>& store) {
  return store.valid() ? PathOf(store.kvstore()) : std::string();
}

}  // namespace ats::node
