// Ranges of a file's bytes.
#ifndef ATS_OS_FILE_BYTES_H_
#define ATS_OS_FILE_BYTES_H_

#include <optional>

#include "absl/strings/cord.h"
#include "tensorstore/internal/os/file_descriptor.h"
#include "tensorstore/kvstore/byte_range.h"
#include "tensorstore/util/result.h"

namespace ats::os {

// Bytes `range` of `file`; kUnavailable where the file ends before.
tensorstore::Result<absl::Cord> ReadFile(
    tensorstore::internal_os::FileDescriptor file,
    tensorstore::ByteRange range);

// The same where the system has all of them in memory; nothing where a disk
// would have to be waited for, or the system cannot tell.
std::optional<absl::Cord> ReadCachedFile(
    tensorstore::internal_os::FileDescriptor file,
    tensorstore::ByteRange range);

}  // namespace ats::os

#endif  // ATS_OS_FILE_BYTES_H_
