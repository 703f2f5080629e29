#include "riegeli/bytes/fd_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/buffered_reader.h"

namespace riegeli {

FdReader::FdReader(std::string_view filename)
    : filename_(filename), fd_(open(filename_.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (fd_ < 0) FailOperation("open()");
}

FdReader::FdReader(FdReader&& that) noexcept
    : BufferedReader(std::move(that)),
      filename_(std::move(that.filename_)),
      fd_(std::exchange(that.fd_, -1)) {}

FdReader::~FdReader() {
  if (fd_ >= 0) close(fd_);
}

bool FdReader::FailOperation(std::string_view operation) {
  return Fail(absl::ErrnoToStatus(
      errno, absl::StrCat(operation, " failed for ", filename_)));
}

void FdReader::Done() {
  BufferedReader::Done();
  if (fd_ >= 0) close(std::exchange(fd_, -1));
}

size_t FdReader::ReadInternal(size_t min_length, size_t max_length,
                              char* dest) {
  size_t total = 0;
  while (total < min_length) {
    const ssize_t got = pread(fd_, dest + total, max_length - total,
                              static_cast<off_t>(limit_pos()));
    if (got == 0) break;
    if (got < 0) {
      if (errno == EINTR) continue;
      FailOperation("pread()");
      break;
    }
    total += static_cast<size_t>(got);
    move_limit_pos(static_cast<size_t>(got));
  }
  return total;
}

bool FdReader::SeekSlow(Position new_pos) {
  const std::optional<Position> size = SizeImpl();
  if (!size.has_value()) return false;
  RestartAt(std::min(new_pos, *size));
  return new_pos <= *size;
}

std::optional<Position> FdReader::SizeImpl() {
  struct stat info;
  if (fstat(fd_, &info) != 0) {
    FailOperation("fstat()");
    return std::nullopt;
  }
  return static_cast<Position>(info.st_size);
}

}  // namespace riegeli
