// What is known of an array's values, and TensorStore does not check.
#ifndef ATS_OS_READ_GUARD_H_
#define ATS_OS_READ_GUARD_H_

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "tensorstore/kvstore/byte_range.h"

namespace ats::os {

class ReadGuard {
 public:
  ReadGuard() = default;

  // `max_blosc_bytes`: what a Blosc buffer may decode to; 0 where chunks are
  // none. Such a buffer says its size itself, and TensorStore allocates what
  // it says. `index_bytes`: the length of the index at the end of a shard,
  // negative for one at its start, 0 where values are no shards. The index
  // says where chunks are, and could call parts of itself one. `max_bytes`:
  // what a value may have; 0 where that does not matter.
  ReadGuard(int64_t max_blosc_bytes, int64_t index_bytes, int64_t max_bytes)
      : max_blosc_bytes_(max_blosc_bytes),
        index_bytes_(index_bytes),
        max_bytes_(max_bytes) {}

  // LIMIT_EXCEEDED where a value of `size` bytes is too large; CORRUPT where a
  // request, not yet resolved, for a part of it is for bytes of the index, but
  // not for the index.
  absl::Status CheckRequest(
      const tensorstore::OptionalByteRangeRequest& request, int64_t size,
      std::string_view key) const;

  // Checks `part` of a value of `size` bytes, which `bytes` are: LIMIT_EXCEEDED
  // where a chunk decodes to more than the guard allows, CORRUPT where a chunk
  // of a whole shard overlaps its index.
  absl::Status CheckPart(const absl::Cord& bytes,
                         const tensorstore::ByteRange& part, int64_t size,
                         std::string_view key) const;

 private:
  // Where the index of a shard of `size` bytes is.
  tensorstore::ByteRange IndexOf(int64_t size) const;
  absl::Status CheckChunk(const absl::Cord& bytes, std::string_view key) const;
  absl::Status CheckShard(const absl::Cord& shard, std::string_view key) const;

  int64_t max_blosc_bytes_ = 0;
  int64_t index_bytes_ = 0;
  int64_t max_bytes_ = 0;
};

// A key and what guards its value.
struct GuardedKey {
  ReadGuard guard;
  std::string_view key;
};

// Takes the guard off a key that begins with one: "\0BLOSC,INDEX,MAX\0KEY",
// three numbers between NULs, which no name holds. Other keys are as they are.
GuardedKey SplitGuard(std::string_view key);

}  // namespace ats::os

#endif  // ATS_OS_READ_GUARD_H_
