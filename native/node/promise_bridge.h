// tensorstore::Future → Promise (lifetime rules L1, L3, L6, L7).
#ifndef ATS_NODE_PROMISE_BRIDGE_H_
#define ATS_NODE_PROMISE_BRIDGE_H_

#include <node_api.h>

#include <type_traits>
#include <utility>

#include "node/environment.h"
#include "node/status_error.h"
#include "tensorstore/util/future.h"
#include "tensorstore/util/result.h"
#include "tensorstore/util/status.h"

namespace ats::node {

struct PromiseOptions {
  /// The caller's number for Environment::Cancel; 0 where there is no signal.
  double token = 0;
  /// Names the store for an error.
  DescribePath describe;
  /// Failures of this operation are about stored bytes (see AboutStoredData).
  bool stored_data = false;
};

namespace internal_bridge {

template <typename T, typename Convert, typename Result>
tensorstore::Result<napi_value> ConvertResult(Environment& environment,
                                              Convert& convert,
                                              Result& result) {
  if constexpr (std::is_void_v<T>) {
    return convert(environment);
  } else {
    return convert(environment, *result);
  }
}

}  // namespace internal_bridge

/// Forces `future` and returns a promise of it. `convert(Environment&, T&)`
/// (without `T&` for void) makes the JavaScript value, on the JavaScript
/// thread; it may be destroyed on another one without having run (L3).
template <typename T, typename Convert>
tensorstore::Result<napi_value> PromiseOf(Environment& environment,
                                          tensorstore::Future<T> future,
                                          PromiseOptions options,
                                          Convert convert) {
  napi_deferred deferred;
  napi_value promise;
  ATS_NAPI(napi_create_promise(environment.env(), &deferred, &promise));
  const uint64_t id = environment.AddOperation(deferred, options.token,
                                               std::move(options.describe));
  future.Force();
  auto registration = std::move(future).ExecuteWhenReady(
      [queue = environment.queue(), id, stored_data = options.stored_data,
       convert = std::move(convert)](tensorstore::ReadyFuture<T> ready) mutable {
        queue->Push([id, stored_data, ready = std::move(ready),
                     convert = std::move(convert)](
                        Environment& environment) mutable {
          if (!environment.IsPending(id)) return;  // L6
          auto& result = ready.result();
          if (!result.ok()) {
            environment.Settle(id,
                               stored_data ? AboutStoredData(result.status())
                                           : result.status(),
                               nullptr);
            return;
          }
          auto value =
              internal_bridge::ConvertResult<T>(environment, convert, result);
          environment.Settle(id, value.status(), value.ok() ? *value : nullptr);
        });
      });
  environment.SetRegistration(id, std::move(registration));
  return promise;
}

/// A conversion to `undefined`, for futures whose value says nothing.
struct ToUndefined {
  template <typename... T>
  tensorstore::Result<napi_value> operator()(Environment& environment,
                                             T&...) const {
    napi_value undefined;
    ATS_NAPI(napi_get_undefined(environment.env(), &undefined));
    return undefined;
  }
};

}  // namespace ats::node

#endif  // ATS_NODE_PROMISE_BRIDGE_H_
