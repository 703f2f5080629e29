#include "riegeli/bytes/fd_writer.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "riegeli/bytes/buffered_writer.h"

namespace riegeli {

FdWriter::FdWriter(std::string_view filename)
    : filename_(filename),
      fd_(open(filename_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
               0666)) {
  if (fd_ < 0) FailOperation("open()");
}

FdWriter::FdWriter(FdWriter&& that) noexcept
    : BufferedWriter(std::move(that)),
      filename_(std::move(that.filename_)),
      fd_(std::exchange(that.fd_, -1)) {}

FdWriter::~FdWriter() {
  if (fd_ >= 0) close(fd_);
}

bool FdWriter::FailOperation(std::string_view operation) {
  return Fail(absl::ErrnoToStatus(
      errno, absl::StrCat(operation, " failed for ", filename_)));
}

void FdWriter::Done() {
  BufferedWriter::Done();
  if (fd_ >= 0 && close(std::exchange(fd_, -1)) != 0) FailOperation("close()");
}

bool FdWriter::WriteInternal(std::string_view src) {
  while (!src.empty()) {
    const ssize_t written = write(fd_, src.data(), src.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return FailOperation("write()");
    }
    src.remove_prefix(static_cast<size_t>(written));
    move_start_pos(static_cast<size_t>(written));
  }
  return true;
}

}  // namespace riegeli
