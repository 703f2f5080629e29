// absl::Status → the package's typed error, with `code`, `path` and `cause`.
#ifndef ATS_NODE_STATUS_ERROR_H_
#define ATS_NODE_STATUS_ERROR_H_

#include <node_api.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace ats::node {

/// Marks `status` as being about stored bytes, so that a decoding failure is
/// `CORRUPT` and not blamed on the caller's arguments. A null status stays.
absl::Status AboutStoredData(absl::Status status);

/// A status whose error carries exactly `code` (an AtsErrorCode).
absl::Status CodedError(std::string_view code, std::string_view message);

/// The AtsErrorCode of a failed status:
///   NOT_FOUND, ALREADY_EXISTS, UNSUPPORTED (unimplemented), LIMIT_EXCEEDED
///   (resource exhausted), CORRUPT (data loss, and what AboutStoredData
///   marked), IO (anything the operating system reported), CLOSED (cancelled),
///   INTERNAL, else INVALID_ARGUMENT.
std::string_view ErrorCode(const absl::Status& status);

/// Makes the JavaScript error of a failed status through the environment's
/// error factory; a plain Error with the same fields before there is one.
napi_value ErrorFromStatus(napi_env env, const absl::Status& status,
                           std::string_view path = {});

/// Throws ErrorFromStatus into JavaScript, unless an exception is pending.
void ThrowStatus(napi_env env, const absl::Status& status,
                 std::string_view path = {});

/// The status of a failed N-API call. Where JavaScript threw, that exception
/// stays pending and wins.
absl::Status NapiFailure(napi_status status, const char* call);

}  // namespace ats::node

/// Returns from a function of absl::Status or Result when an N-API call fails.
#define ATS_NAPI(call)                                     \
  do {                                                     \
    if (const napi_status ats_napi_status = (call);        \
        ats_napi_status != napi_ok) {                      \
      return ::ats::node::NapiFailure(ats_napi_status, #call); \
    }                                                      \
  } while (false)

#endif  // ATS_NODE_STATUS_ERROR_H_
