// Failures with a code of ours: what JavaScript reads as `AtsError.code`.
#ifndef ATS_OS_CODED_ERROR_H_
#define ATS_OS_CODED_ERROR_H_

#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/cord.h"

namespace ats::os {

// The payload that carries the code through TensorStore.
inline constexpr std::string_view kCodePayload = "ats_code";

// A failure with one of the codes of src/errors.ts.
inline absl::Status CodedError(std::string_view code,
                               std::string_view message) {
  absl::Status status = absl::InvalidArgumentError(message);
  status.SetPayload(kCodePayload, absl::Cord(code));
  return status;
}

}  // namespace ats::os

#endif  // ATS_OS_CODED_ERROR_H_
