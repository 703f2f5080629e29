// Values as archives store them.
#ifndef ATS_OS_UNPACK_H_
#define ATS_OS_UNPACK_H_

#include <string_view>

#include "absl/strings/cord.h"
#include "os/file_range_driver.h"
#include "tensorstore/util/result.h"

namespace ats::os {

// The value of `key` that `stored` holds. CORRUPT where it has another size or
// another checksum than `packed` says, LIMIT_EXCEEDED where it would have more
// than 2 GiB, or more than Deflate can make of so many bytes.
tensorstore::Result<absl::Cord> Unpack(absl::Cord stored,
                                       const PackedValue& packed,
                                       std::string_view key);

}  // namespace ats::os

#endif  // ATS_OS_UNPACK_H_
