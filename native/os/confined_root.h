// Files below one directory, opened so that nothing leads out of it.
#ifndef ATS_OS_CONFINED_ROOT_H_
#define ATS_OS_CONFINED_ROOT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "tensorstore/internal/os/file_descriptor.h"
#include "tensorstore/kvstore/generation.h"
#include "tensorstore/util/result.h"

namespace ats::os {

// A regular file that is open for reading.
struct RegularFile {
  tensorstore::internal_os::UniqueFileDescriptor descriptor;
  int64_t size = 0;
  // Which file it is: device, inode, time of the last change.
  tensorstore::StorageGeneration generation;
};

// Opens the regular file at `path`, links followed, without waiting for the
// other end of a pipe. UNSAFE_PATH where it is something else.
tensorstore::Result<RegularFile> OpenRegularFile(const std::string& path);

// The size and identity of what `descriptor` has open; UNSAFE_PATH, naming
// `path`, where that is no regular file.
tensorstore::Result<RegularFile> CheckRegularFile(
    tensorstore::internal_os::UniqueFileDescriptor descriptor,
    const std::string& path);

// A directory that is held open: when another one takes its place, files of
// the one that was opened are still what is found here.
class ConfinedRoot {
 public:
  // `path` itself may be a link.
  static tensorstore::Result<ConfinedRoot> Open(std::string path);

  // Opens the file at `key`, names separated by "/"; nullopt where there is
  // none. UNSAFE_PATH where a part of it is a link, a name such as "..", or no
  // regular file; STALE where the directory itself has been deleted.
  tensorstore::Result<std::optional<RegularFile>> OpenFile(
      std::string_view key) const;

 private:
  ConfinedRoot(std::string path,
               tensorstore::internal_os::UniqueFileDescriptor directory)
      : path_(std::move(path)), directory_(std::move(directory)) {}

  bool IsDeleted() const;

  std::string path_;
  tensorstore::internal_os::UniqueFileDescriptor directory_;
};

}  // namespace ats::os

#endif  // ATS_OS_CONFINED_ROOT_H_
