// One call from JavaScript: its environment, `this` and arguments; and the
// trampoline that turns a failed status into a thrown typed error.
#ifndef ATS_NODE_CALL_H_
#define ATS_NODE_CALL_H_

#include <node_api.h>
#include <stddef.h>

#include <array>
#include <exception>
#include <new>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "node/environment.h"
#include "node/status_error.h"
#include "tensorstore/util/result.h"

namespace ats::node {

struct Call {
  static constexpr size_t kMaxArguments = 12;

  Environment& environment;
  napi_value self = nullptr;
  /// Arguments that were not passed are undefined.
  std::array<napi_value, kMaxArguments> arguments = {};

  napi_env env() const { return environment.env(); }
  napi_value operator[](size_t i) const { return arguments[i]; }
};

using Function = tensorstore::Result<napi_value> (*)(Call&);

/// The N-API callback of a Function. No C++ exception passes it.
template <Function function>
napi_value Invoke(napi_env env, napi_callback_info info) {
  Environment* environment = Environment::Get(env);
  if (environment == nullptr) return nullptr;
  Call call{*environment};
  size_t count = Call::kMaxArguments;
  if (napi_get_cb_info(env, info, &count, call.arguments.data(), &call.self,
                       nullptr) != napi_ok) {
    return nullptr;
  }
  absl::Status failure;
  try {
    auto result = function(call);
    if (result.ok()) return *result;
    failure = result.status();
  } catch (const std::bad_alloc&) {
    failure = absl::ResourceExhaustedError("Not enough memory");
  } catch (const std::exception& error) {
    failure = absl::InternalError(error.what());
  }
  ThrowStatus(env, failure);
  return nullptr;
}

}  // namespace ats::node

#endif  // ATS_NODE_CALL_H_
