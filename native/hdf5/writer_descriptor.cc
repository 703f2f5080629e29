#include "hdf5/writer_descriptor.h"

#include <errno.h>
#include <fcntl.h>
#ifdef _WIN32
#include <io.h>
#include <share.h>
#include <sys/stat.h>

#include <filesystem>
#else
#include <sys/types.h>
#include <unistd.h>
#endif

namespace ats::hdf5::descriptor {

#ifdef _WIN32

int CreateNew(const std::string& path) {
  int descriptor = -1;
  const auto wide = std::filesystem::u8path(path);
  const int flags = _O_CREAT | _O_EXCL | _O_RDWR | _O_BINARY | _O_NOINHERIT;
  errno = _wsopen_s(&descriptor, wide.c_str(), flags, _SH_DENYNO,
                    _S_IREAD | _S_IWRITE);
  return descriptor;
}

int64_t WriteAt(int descriptor, const void* bytes, size_t size,
                uint64_t offset) {
  if (_lseeki64(descriptor, static_cast<int64_t>(offset), SEEK_SET) < 0) {
    return -1;
  }
  return _write(descriptor, bytes, static_cast<unsigned>(size));
}

int64_t ReadAt(int descriptor, void* bytes, size_t size, uint64_t offset) {
  if (_lseeki64(descriptor, static_cast<int64_t>(offset), SEEK_SET) < 0) {
    return -1;
  }
  return _read(descriptor, bytes, static_cast<unsigned>(size));
}

bool SetSize(int descriptor, uint64_t size) {
  errno = _chsize_s(descriptor, static_cast<int64_t>(size));
  return errno == 0;
}

bool Close(int descriptor) { return _close(descriptor) == 0; }

#else

int CreateNew(const std::string& path) {
  return open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW,
              0666);
}

int64_t WriteAt(int descriptor, const void* bytes, size_t size,
                uint64_t offset) {
  return pwrite(descriptor, bytes, size, static_cast<off_t>(offset));
}

int64_t ReadAt(int descriptor, void* bytes, size_t size, uint64_t offset) {
  return pread(descriptor, bytes, size, static_cast<off_t>(offset));
}

bool SetSize(int descriptor, uint64_t size) {
  return ftruncate(descriptor, static_cast<off_t>(size)) == 0;
}

bool Close(int descriptor) { return close(descriptor) == 0; }

#endif

}  // namespace ats::hdf5::descriptor
