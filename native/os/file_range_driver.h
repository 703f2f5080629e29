// Key-value stores for reading whose values are ranges of regular files.
#ifndef ATS_OS_FILE_RANGE_DRIVER_H_
#define ATS_OS_FILE_RANGE_DRIVER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "tensorstore/internal/os/file_descriptor.h"
#include "tensorstore/kvstore/driver.h"
#include "tensorstore/kvstore/generation.h"
#include "tensorstore/kvstore/operations.h"
#include "tensorstore/kvstore/read_result.h"
#include "tensorstore/util/executor.h"
#include "tensorstore/util/future.h"
#include "tensorstore/util/result.h"

namespace ats::os {

// How a value is stored, where that is not as it is.
struct PackedValue {
  // Bytes of the value.
  int64_t size = 0;
  uint32_t crc32 = 0;
  // Compressed by raw Deflate; else the bytes are stored.
  bool deflated = false;
};

// Where the value of a key is.
struct FileRange {
  std::shared_ptr<const tensorstore::internal_os::UniqueFileDescriptor> file;
  int64_t offset = 0;
  int64_t size = 0;
  tensorstore::StorageGeneration generation;
  // Where the store says more of the value: whole reads are then checked.
  std::optional<PackedValue> packed;
};

// Something that is shared until it is dropped.
template <typename T>
class Droppable {
 public:
  explicit Droppable(std::shared_ptr<T> value) : value_(std::move(value)) {}

  // Null once it is dropped.
  std::shared_ptr<T> Get() const {
    absl::MutexLock lock(mutex_);
    return value_;
  }

  void Drop() {
    absl::MutexLock lock(mutex_);
    value_.reset();
  }

 private:
  mutable absl::Mutex mutex_;
  std::shared_ptr<T> value_ ABSL_GUARDED_BY(mutex_);
};

// CLOSED, for what is read of `path` after Close.
absl::Status ClosedError(std::string_view path);

// Reads on threads; reads of one value in a batch are coalesced. Keys may be
// guarded (read_guard.h).
class FileRangeDriver : public tensorstore::kvstore::Driver {
 public:
  // The place of the value of `key`, which has no guard any more; nullopt where
  // it has none. Called on the executor's threads, several at once.
  virtual tensorstore::Result<std::optional<FileRange>> Find(
      std::string_view key) = 0;

  // Lets go of what is held open, once reads under way have ended. Later reads
  // fail with CLOSED.
  virtual void Close() = 0;

  virtual const tensorstore::Executor& executor() const = 0;

  tensorstore::Future<tensorstore::kvstore::ReadResult> Read(
      tensorstore::kvstore::Key key,
      tensorstore::kvstore::ReadOptions options) override;
};

// Bytes that drivers of this kind have read in this process, as the metric
// /tensorstore/kvstore/ats/bytes_read.
void CountBytesRead(int64_t bytes);

}  // namespace ats::os

#endif  // ATS_OS_FILE_RANGE_DRIVER_H_
