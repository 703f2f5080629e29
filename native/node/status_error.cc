#include "node/status_error.h"

#include <optional>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "node/environment.h"
#include "os/coded_error.h"

namespace ats::node {
namespace {

constexpr std::string_view kStoredDataPayload = "ats_stored_data";
// Set by TensorStore on every failure of a system call.
constexpr std::string_view kOsErrorPayload = "os_error_code";

// Fixed names, so that a payload can be turned into a string_view that lives.
constexpr std::string_view kCodes[] = {
    "NOT_FOUND",   "CORRUPT",          "UNSUPPORTED",    "LIMIT_EXCEEDED",
    "UNSAFE_PATH", "INVALID_ARGUMENT", "ALREADY_EXISTS", "LOCKED",
    "STALE",       "CLOSED",           "IO",             "INTERNAL"};

std::optional<std::string_view> ExplicitCode(const absl::Status& status) {
  auto payload = status.GetPayload(os::kCodePayload);
  if (!payload) return std::nullopt;
  for (std::string_view code : kCodes) {
    if (*payload == code) return code;
  }
  return std::nullopt;
}

napi_value String(napi_env env, std::string_view text) {
  napi_value value = nullptr;
  napi_create_string_utf8(env, text.data(), text.size(), &value);
  return value;
}

napi_value PlainError(napi_env env, std::string_view code,
                      std::string_view message) {
  napi_value error = nullptr;
  napi_create_error(env, String(env, code), String(env, message), &error);
  return error;
}

// TensorStore says kFailedPrecondition both for stored bytes that it cannot
// decode and for stored metadata that contradict the caller's schema. Only the
// former have passed the function that describes the key that was read.
bool IsAboutStoredData(const absl::Status& status) {
  if (status.GetPayload(kStoredDataPayload)) return true;
  return status.code() == absl::StatusCode::kFailedPrecondition &&
         absl::StrContains(status.message(), "Error reading ");
}

// TensorStore's status with everything it knows, for `cause`.
std::string Details(const absl::Status& status) {
  return absl::StrCat(absl::StatusCodeToString(status.code()), ": ",
                      status.message());
}

napi_value CallFactory(napi_env env, napi_ref factory, std::string_view code,
                       std::string_view message, std::string_view path,
                       napi_value cause) {
  napi_value function, undefined, error;
  if (napi_get_reference_value(env, factory, &function) != napi_ok ||
      napi_get_undefined(env, &undefined) != napi_ok) {
    return nullptr;
  }
  napi_value arguments[] = {String(env, code), String(env, message),
                            path.empty() ? undefined : String(env, path),
                            cause};
  if (napi_call_function(env, undefined, function, std::size(arguments),
                         arguments, &error) != napi_ok) {
    napi_value ignored;
    napi_get_and_clear_last_exception(env, &ignored);
    return nullptr;
  }
  return error;
}

}  // namespace

absl::Status AboutStoredData(absl::Status status) {
  if (!status.ok()) status.SetPayload(kStoredDataPayload, absl::Cord("1"));
  return status;
}

absl::Status CodedError(std::string_view code, std::string_view message) {
  return os::CodedError(code, message);
}

std::string_view ErrorCode(const absl::Status& status) {
  if (auto code = ExplicitCode(status)) return *code;
  switch (status.code()) {
    case absl::StatusCode::kNotFound:
      return "NOT_FOUND";
    case absl::StatusCode::kAlreadyExists:
      return "ALREADY_EXISTS";
    case absl::StatusCode::kUnimplemented:
      return "UNSUPPORTED";
    case absl::StatusCode::kDataLoss:
      return "CORRUPT";
    case absl::StatusCode::kCancelled:
      return "CLOSED";
    default:
      break;
  }
  if (status.GetPayload(kOsErrorPayload)) return "IO";
  switch (status.code()) {
    case absl::StatusCode::kResourceExhausted:
      return "LIMIT_EXCEEDED";
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kUnauthenticated:
      return "IO";
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
      return "INTERNAL";
    default:
      return IsAboutStoredData(status) ? "CORRUPT" : "INVALID_ARGUMENT";
  }
}

napi_value ErrorFromStatus(napi_env env, const absl::Status& status,
                           std::string_view path) {
  const std::string_view code = ErrorCode(status);
  const Environment* environment = Environment::Get(env);
  if (environment != nullptr && environment->error_factory != nullptr) {
    napi_value cause =
        PlainError(env, absl::StatusCodeToString(status.code()),
                   Details(status));
    if (napi_value error = CallFactory(env, environment->error_factory, code,
                                       status.message(), path, cause)) {
      return error;
    }
  }
  return PlainError(env, code, status.message());
}

void ThrowStatus(napi_env env, const absl::Status& status,
                 std::string_view path) {
  bool pending = false;
  if (napi_is_exception_pending(env, &pending) != napi_ok || pending) return;
  napi_throw(env, ErrorFromStatus(env, status, path));
}

absl::Status NapiFailure(napi_status status, const char* call) {
  switch (status) {
    case napi_object_expected:
    case napi_string_expected:
    case napi_function_expected:
    case napi_number_expected:
    case napi_boolean_expected:
    case napi_array_expected:
    case napi_bigint_expected:
    case napi_invalid_arg:
      return absl::InvalidArgumentError(
          absl::StrCat("An argument has the wrong type (", call, ")"));
    default:
      return absl::InternalError(
          absl::StrCat("N-API status ", static_cast<int>(status), " from ",
                       call));
  }
}

}  // namespace ats::node
