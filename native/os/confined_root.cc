#include "os/confined_root.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <utility>
#include <vector>

#ifdef __linux__
#include <linux/openat2.h>
#include <sys/syscall.h>
#endif

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "os/coded_error.h"
#include "tensorstore/internal/os/error_code.h"
#include "tensorstore/util/status.h"

namespace ats::os {

using ::tensorstore::Result;
using ::tensorstore::internal_os::UniqueFileDescriptor;

namespace {

// Never wait for the other end of a pipe, never become a terminal's owner.
constexpr int kReadFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

absl::Status Unsafe(std::string_view path) {
  return CodedError(
      "UNSAFE_PATH",
      absl::StrCat(path,
                   " is a link or not a regular file; a store holds regular "
                   "files only."));
}

absl::Status OsFailure(int error, std::string_view what) {
  return tensorstore::internal::StatusFromOsError(error).Format("%s", what);
}

// Names within the root, which no kernel has to be trusted to refuse.
bool IsPlainKey(std::string_view key) {
  if (key.find('\0') != std::string_view::npos) return false;
  for (std::string_view name : absl::StrSplit(key, '/')) {
    if (name.empty() || name == "." || name == "..") return false;
  }
  return true;
}

// What opening `path` failed with; OK where there is just no such file.
absl::Status OpenFailure(int error, const std::string& path) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return absl::OkStatus();
    case ELOOP:  // a link
    case EXDEV:  // leads out of the root
    case ENXIO:  // a socket
    case EISDIR:
      return Unsafe(path);
    default:
      return OsFailure(error, absl::StrCat("Opening ", path));
  }
}

#ifdef __linux__
// -1 with errno; ENOSYS where the kernel, or what guards it, has no openat2.
int OpenBeneath(int directory, const std::string& key) {
  struct open_how how = {};
  how.flags = kReadFlags;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  const long descriptor =
      syscall(SYS_openat2, directory, key.c_str(), &how, sizeof(how));
  if (descriptor < 0 && (errno == EPERM || errno == EINVAL)) errno = ENOSYS;
  return static_cast<int>(descriptor);
}
#else
int OpenBeneath(int, const std::string&) {
  errno = ENOSYS;
  return -1;
}
#endif

// The same name by name, where the kernel cannot do it at once.
int OpenByName(int root, const std::string& key) {
  const std::vector<std::string> names = absl::StrSplit(key, '/');
  UniqueFileDescriptor held;
  int directory = root;
  for (size_t i = 0; i + 1 < names.size(); ++i) {
    const int next = openat(directory, names[i].c_str(),
                            O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW);
    if (next < 0) {
      // A link is "not a directory" to O_DIRECTORY: it must not pass for a
      // file that is missing.
      struct stat info;
      if (errno == ENOTDIR && fstatat(directory, names[i].c_str(), &info,
                                      AT_SYMLINK_NOFOLLOW) == 0) {
        errno = S_ISLNK(info.st_mode) ? ELOOP : ENOTDIR;
      }
      return -1;
    }
    held.reset(next);
    directory = next;
  }
  return openat(directory, names.back().c_str(), kReadFlags | O_NOFOLLOW);
}

}  // namespace

Result<RegularFile> CheckRegularFile(UniqueFileDescriptor descriptor,
                                     const std::string& path) {
  struct stat info;
  if (fstat(descriptor.get(), &info) != 0) {
    return OsFailure(errno, absl::StrCat("Looking at ", path));
  }
  if (!S_ISREG(info.st_mode)) return Unsafe(path);
#ifdef __APPLE__
  const auto& time = info.st_mtimespec;
#else
  const auto& time = info.st_mtim;
#endif
  auto generation = tensorstore::StorageGeneration::FromValues(
      static_cast<uint64_t>(info.st_dev), static_cast<uint64_t>(info.st_ino),
      static_cast<int64_t>(info.st_size), static_cast<int64_t>(time.tv_sec),
      static_cast<int64_t>(time.tv_nsec));
  return RegularFile{std::move(descriptor), static_cast<int64_t>(info.st_size),
                     std::move(generation)};
}

Result<RegularFile> OpenRegularFile(const std::string& path) {
  UniqueFileDescriptor descriptor(open(path.c_str(), kReadFlags));
  if (descriptor.valid()) return CheckRegularFile(std::move(descriptor), path);
  TENSORSTORE_RETURN_IF_ERROR(OpenFailure(errno, path));
  return absl::NotFoundError(absl::StrCat(path, " does not exist."));
}

Result<ConfinedRoot> ConfinedRoot::Open(std::string path) {
  UniqueFileDescriptor directory(
      open(path.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY));
  if (directory.valid()) {
    return ConfinedRoot(std::move(path), std::move(directory));
  }
  return OsFailure(errno, absl::StrCat("Opening ", path));
}

Result<std::optional<RegularFile>> ConfinedRoot::OpenFile(
    std::string_view key) const {
  const std::string path = absl::StrCat(path_, "/", key);
  if (!IsPlainKey(key)) return Unsafe(path);
  const std::string name(key);
  UniqueFileDescriptor file(OpenBeneath(directory_.get(), name));
  if (!file.valid() && errno == ENOSYS) {
    file.reset(OpenByName(directory_.get(), name));
  }
  if (!file.valid()) {
    TENSORSTORE_RETURN_IF_ERROR(OpenFailure(errno, path));
    if (!IsDeleted()) return std::nullopt;
    return CodedError(
        "STALE", absl::StrCat(path_, " was deleted since it was opened; open "
                                     "the store again."));
  }
  TENSORSTORE_ASSIGN_OR_RETURN(auto regular,
                               CheckRegularFile(std::move(file), path));
  return regular;
}

bool ConfinedRoot::IsDeleted() const {
  struct stat info;
  return fstat(directory_.get(), &info) == 0 && info.st_nlink == 0;
}

}  // namespace ats::os
