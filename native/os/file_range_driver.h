// Key-value stores for reading whose values are ranges of regular files.
#ifndef ATS_OS_FILE_RANGE_DRIVER_H_
#define ATS_OS_FILE_RANGE_DRIVER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

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

// Reads on threads; reads of one value in a batch are coalesced. Keys may be
// guarded (read_guard.h).
class FileRangeDriver : public tensorstore::kvstore::Driver {
 public:
  // The place of the value of `key`, which has no guard any more; nullopt where
  // it has none. Called on the executor's threads, several at once.
  virtual tensorstore::Result<std::optional<FileRange>> Find(
      std::string_view key) = 0;

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
