// A bound on what one walk over untrusted structures reads.
#ifndef ATS_HDF5_BUDGET_H_
#define ATS_HDF5_BUDGET_H_

#include <stdint.h>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace ats::hdf5::reader {

/// Counts down from a number of bytes. Structures that point at each other, or
/// many times at the same bytes, use it up; honest ones do not come near.
class Budget {
 public:
  explicit Budget(uint64_t most) : most_(most), left_(most) {}

  /// kResourceExhausted once more than the whole was spent.
  absl::Status Spend(uint64_t bytes) {
    if (bytes > left_) {
      return absl::ResourceExhaustedError(absl::StrCat(
          "Metadata of more than ", most_, " bytes; raise maxMetadataBytes"));
    }
    left_ -= bytes;
    return absl::OkStatus();
  }

 private:
  const uint64_t most_;
  uint64_t left_;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_BUDGET_H_
