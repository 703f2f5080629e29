// An HDF5 file that is only read: bounds-checked positional reads of one open
// descriptor, and whether the file has changed since it was opened.
#ifndef ATS_HDF5_FILE_H_
#define ATS_HDF5_FILE_H_

#include <stddef.h>
#include <stdint.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

using ::tensorstore::Result;

/// What an untrusted file may make us allocate.
struct Limits {
  /// Bytes of one chunk, decoded or as stored.
  uint64_t max_chunk_bytes = uint64_t{1} << 30;
  /// Bytes of one object header, heap or index node.
  uint64_t max_metadata_bytes = uint64_t{64} << 20;
};

class File {
 public:
  /// Duplicates the descriptor `fd` of a regular file, so that the caller may
  /// close its own. kUnimplemented where the platform has no positional reads.
  static Result<std::shared_ptr<File>> Open(int fd, const Limits& limits);

  File(const File&) = delete;
  File& operator=(const File&) = delete;

  /// Gives the descriptor back as soon as no read is under way; later reads
  /// are kCancelled. Idempotent.
  void Close();

  /// Fills `out` from `offset` on. kDataLoss where the file ends before that,
  /// kUnavailable where the system fails, kCancelled once it is closed.
  absl::Status Read(uint64_t offset, std::span<std::byte> out) const;

  /// `size` bytes from `offset` on. kResourceExhausted beyond
  /// max_metadata_bytes, checked before anything is allocated.
  Result<std::vector<std::byte>> ReadMetadata(uint64_t offset,
                                              uint64_t size) const;

  /// kAborted where the file's size or time of change is not what it was.
  absl::Status CheckUnchanged() const;

  /// Bytes of the file when it was opened.
  uint64_t size() const { return size_; }
  const Limits& limits() const { return limits_; }
  /// Bytes that were read so far: what tests and benchmarks count.
  uint64_t bytes_read() const { return bytes_read_.load(); }

 private:
  // Closes its number when the last read lets go of it.
  class Descriptor;

  File(std::shared_ptr<const Descriptor> descriptor, uint64_t size,
       int64_t changed, const Limits& limits)
      : descriptor_(std::move(descriptor)),
        size_(size),
        changed_(changed),
        limits_(limits) {}

  // Null once the file is closed.
  std::shared_ptr<const Descriptor> Use() const;

  mutable std::mutex mutex_;
  std::shared_ptr<const Descriptor> descriptor_;  // guarded by mutex_
  const uint64_t size_;
  // Time of change in nanoseconds.
  const int64_t changed_;
  const Limits limits_;
  mutable std::atomic<uint64_t> bytes_read_{0};
};

/// Whether [offset, offset + size) lies within `total` bytes.
inline bool Within(uint64_t offset, uint64_t size, uint64_t total) {
  return offset <= total && size <= total - offset;
}

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_FILE_H_
