#include "hdf5/file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#ifndef _WIN32
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

#include "absl/strings/str_cat.h"

namespace ats::hdf5::reader {

#ifdef _WIN32

Result<std::shared_ptr<File>> File::Open(int, const Limits&) {
  return absl::UnimplementedError("HDF5 files are read by h5wasm here");
}
class File::Descriptor {};
absl::Status File::Read(uint64_t, std::span<std::byte>) const {
  return absl::UnimplementedError("HDF5 files are read by h5wasm here");
}
absl::Status File::CheckUnchanged() const { return absl::OkStatus(); }

#else

class File::Descriptor {
 public:
  explicit Descriptor(int number) : number(number) {}
  ~Descriptor() { close(number); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  const int number;
};

namespace {

absl::Status Closed() {
  return absl::CancelledError("The file was closed; open it again");
}

// One system call reads no more: Linux itself stops short of 2 GiB.
constexpr size_t kMostAtOnce = size_t{1} << 30;

absl::Status SystemError(const char* call) {
  return absl::UnavailableError(
      absl::StrCat("The file cannot be read (", call, ": ",
                   std::strerror(errno), ")"));
}

int64_t TimeOfChange(const struct stat& info) {
#ifdef __APPLE__
  const auto& time = info.st_mtimespec;
#else
  const auto& time = info.st_mtim;
#endif
  return static_cast<int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

Result<std::shared_ptr<File>> File::Open(int fd, const Limits& limits) {
  const int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (own < 0) return SystemError("dup");
  auto descriptor = std::make_shared<const Descriptor>(own);
  struct stat info;
  if (fstat(own, &info) != 0) return SystemError("fstat");
  if (!S_ISREG(info.st_mode)) {
    return absl::InvalidArgumentError("An HDF5 file is a regular file");
  }
  return std::shared_ptr<File>(
      new File(std::move(descriptor), static_cast<uint64_t>(info.st_size),
               TimeOfChange(info), limits));
}

absl::Status File::Read(uint64_t offset, std::span<std::byte> out) const {
  if (!Within(offset, out.size(), size_)) {
    return absl::DataLossError(
        absl::StrCat("The file of ", size_, " bytes ends before offset ",
                     offset, " + ", out.size()));
  }
  const auto descriptor = Use();
  if (descriptor == nullptr) return Closed();
  bytes_read_.fetch_add(out.size(), std::memory_order_relaxed);
  while (!out.empty()) {
    const ssize_t got = pread(descriptor->number, out.data(),
                              std::min(out.size(), kMostAtOnce),
                              static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemError("pread");
    if (got == 0) {
      return absl::AbortedError("The file was cut while it was read");
    }
    offset += static_cast<uint64_t>(got);
    out = out.subspan(static_cast<size_t>(got));
  }
  return absl::OkStatus();
}

absl::Status File::CheckUnchanged() const {
  const auto descriptor = Use();
  if (descriptor == nullptr) return Closed();
  struct stat info;
  if (fstat(descriptor->number, &info) != 0) return SystemError("fstat");
  if (static_cast<uint64_t>(info.st_size) == size_ &&
      TimeOfChange(info) == changed_) {
    return absl::OkStatus();
  }
  return absl::AbortedError("The file was changed after it was opened");
}

#endif

void File::Close() {
  std::lock_guard lock(mutex_);
  descriptor_.reset();
}

std::shared_ptr<const File::Descriptor> File::Use() const {
  std::lock_guard lock(mutex_);
  return descriptor_;
}

Result<std::vector<std::byte>> File::ReadMetadata(uint64_t offset,
                                                  uint64_t size) const {
  if (size > limits_.max_metadata_bytes) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "Metadata of ", size, " bytes; raise maxMetadataBytes"));
  }
  if (!Within(offset, size, size_)) {
    return absl::DataLossError(absl::StrCat(
        "Metadata at offset ", offset, " leaves the file of ", size_, " bytes"));
  }
  std::vector<std::byte> bytes(size);
  if (auto status = Read(offset, bytes); !status.ok()) return status;
  return bytes;
}

}  // namespace ats::hdf5::reader
