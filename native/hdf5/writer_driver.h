// The file driver of the writer: plain positioned writes to a descriptor of
// ours. It remembers the operating system's error, which the library reduces to
// "write failed", and once a file is given up it takes everything and writes
// nothing, so that the library can always flush and close.
#ifndef ATS_HDF5_WRITER_DRIVER_H_
#define ATS_HDF5_WRITER_DRIVER_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "hdf5/writer_library.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5 {

/// A file that is being written. The library's driver points to it, so it
/// outlives the library's file.
class OutputFile {
 public:
  /// Creates `path`, which must not exist. ALREADY_EXISTS, NOT_FOUND (of the
  /// directory) or what else the operating system says.
  static tensorstore::Result<std::unique_ptr<OutputFile>> Create(
      const std::string& path);

  ~OutputFile() { Close(); }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Closes the descriptor; a failure becomes `error`. Idempotent.
  void Close();

  /// From now on nothing is written and nothing fails. Any thread.
  void Discard() { discarded_.store(true, std::memory_order_relaxed); }
  bool discarded() const { return discarded_.load(std::memory_order_relaxed); }

  /// The first failure of the operating system, or OK.
  absl::Status error() const;

  const std::string& path() const { return path_; }

  /// Bytes up to the last one that was written.
  uint64_t size() const { return size_; }

  // For the driver's callbacks: false on failure.
  bool Write(uint64_t offset, const void* bytes, size_t size);
  bool Read(uint64_t offset, void* bytes, size_t size);
  bool SetSize(uint64_t size);

 private:
  OutputFile(std::string path, int descriptor)
      : path_(std::move(path)), descriptor_(descriptor) {}
  bool Fail(int error);

  const std::string path_;
  int descriptor_;
  std::atomic<bool> discarded_{false};
  uint64_t size_ = 0;
  int error_ = 0;
};

/// A file access property list whose driver writes to `file`. Under the
/// LibraryLock.
Id AccessTo(OutputFile& file);

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_DRIVER_H_
