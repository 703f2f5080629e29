#include "os/file_bytes.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#ifdef __linux__
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#endif

#include "absl/status/status.h"
#include "tensorstore/internal/os/file_util.h"
#include "tensorstore/util/span.h"
#include "tensorstore/util/status.h"

namespace ats::os {

using ::tensorstore::ByteRange;
using ::tensorstore::Result;
using ::tensorstore::internal_os::FileDescriptor;

namespace {

// Memory for a value. It comes from operator new, whose large blocks the addon
// uses again (core/spare_blocks.h).
using Bytes = std::unique_ptr<char[]>;

Bytes Allocate(ByteRange range) {
  return std::make_unique_for_overwrite<char[]>(
      static_cast<size_t>(range.size()));
}

absl::Cord ToCord(Bytes bytes, ByteRange range) {
  const std::string_view view(bytes.release(),
                              static_cast<size_t>(range.size()));
  return absl::MakeCordFromExternal(
      view, [](std::string_view whole) { delete[] whole.data(); });
}

}  // namespace

Result<absl::Cord> ReadFile(FileDescriptor file, ByteRange range) {
  auto bytes = Allocate(range);
  for (int64_t done = 0; done < range.size();) {
    TENSORSTORE_ASSIGN_OR_RETURN(
        const ptrdiff_t got,
        ::tensorstore::internal_os::PReadFromFile(
            file, tensorstore::span(bytes.get() + done, range.size() - done),
            range.inclusive_min + done));
    if (got == 0) {
      return absl::UnavailableError("The file ended while it was read");
    }
    done += got;
  }
  return ToCord(std::move(bytes), range);
}

std::optional<absl::Cord> ReadCachedFile(
    [[maybe_unused]] FileDescriptor file, [[maybe_unused]] ByteRange range) {
#if defined(__linux__) && defined(__LP64__) && defined(RWF_NOWAIT)
  auto bytes = Allocate(range);
  const struct iovec place = {bytes.get(), static_cast<size_t>(range.size())};
  const long got = syscall(SYS_preadv2, file, &place, 1L, range.inclusive_min,
                           0L, RWF_NOWAIT);
  if (got == range.size()) return ToCord(std::move(bytes), range);
#endif
  return std::nullopt;
}

}  // namespace ats::os
