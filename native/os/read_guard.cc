#include "os/read_guard.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "absl/base/internal/endian.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "os/coded_error.h"

namespace ats::os {

using ::tensorstore::ByteRange;

namespace {

// A Blosc buffer's header (c-blosc, README_CHUNK_FORMAT.rst): four bytes of
// flags, the decoded size, the block size, the encoded size.
constexpr int64_t kBloscHeaderBytes = 16;
constexpr size_t kBloscSizeAt = 4;

// An entry of a shard's index (Zarr's sharding_indexed codec): offset and
// length, both all ones where there is no such chunk.
constexpr int64_t kEntryBytes = 16;
constexpr uint64_t kMissing = std::numeric_limits<uint64_t>::max();

absl::Status Overlap(std::string_view key) {
  return CodedError("CORRUPT",
                    absl::StrCat("The shard ", key,
                                 " has a chunk that is not within it: its "
                                 "index is damaged."));
}

}  // namespace

ByteRange ReadGuard::IndexOf(int64_t size) const {
  return index_bytes_ > 0 ? ByteRange{std::max<int64_t>(0, size - index_bytes_),
                                      size}
                          : ByteRange{0, -index_bytes_};
}

absl::Status ReadGuard::CheckRequest(
    const tensorstore::OptionalByteRangeRequest& request, int64_t size,
    std::string_view key) const {
  if (max_bytes_ != 0 && size > max_bytes_) {
    return CodedError(
        "LIMIT_EXCEEDED",
        absl::StrCat(key, " has ", size, " bytes; at most ", max_bytes_,
                     " are read."));
  }
  if (index_bytes_ == 0 || !request.IsRange()) return absl::OkStatus();
  const ByteRange index = IndexOf(size);
  const bool apart = request.exclusive_max <= index.inclusive_min ||
                     request.inclusive_min >= index.exclusive_max;
  // An index at the end is asked for as the last bytes, one at the start as
  // the first.
  const bool itself = index_bytes_ < 0 && request.inclusive_min == 0 &&
                      request.exclusive_max == index.exclusive_max;
  return apart || itself ? absl::OkStatus() : Overlap(key);
}

absl::Status ReadGuard::CheckPart(const absl::Cord& bytes,
                                  const ByteRange& part, int64_t size,
                                  std::string_view key) const {
  if (index_bytes_ == 0) {
    return part.inclusive_min == 0 ? CheckChunk(bytes, key) : absl::OkStatus();
  }
  if (part.size() == size) return CheckShard(bytes, key);
  return part == IndexOf(size) ? absl::OkStatus() : CheckChunk(bytes, key);
}

absl::Status ReadGuard::CheckChunk(const absl::Cord& bytes,
                                   std::string_view key) const {
  if (max_blosc_bytes_ == 0 ||
      static_cast<int64_t>(bytes.size()) < kBloscHeaderBytes) {
    return absl::OkStatus();
  }
  const std::string header(bytes.Subcord(0, kBloscHeaderBytes));
  const int64_t decoded =
      absl::little_endian::Load32(header.data() + kBloscSizeAt);
  if (decoded <= max_blosc_bytes_) return absl::OkStatus();
  return CodedError(
      "LIMIT_EXCEEDED",
      absl::StrCat("The chunk ", key, " claims to decode to ", decoded,
                   " bytes, more than its array's chunks have."));
}

absl::Status ReadGuard::CheckShard(const absl::Cord& shard,
                                   std::string_view key) const {
  const int64_t size = static_cast<int64_t>(shard.size());
  const ByteRange index = IndexOf(size);
  // TensorStore says what is wrong with a shard that is shorter than its index.
  if (index.size() > size) return absl::OkStatus();
  const std::string entries(shard.Subcord(index.inclusive_min, index.size()));
  for (int64_t at = 0; at + kEntryBytes <= index.size(); at += kEntryBytes) {
    const uint64_t offset = absl::little_endian::Load64(entries.data() + at);
    const uint64_t length =
        absl::little_endian::Load64(entries.data() + at + 8);
    if (offset == kMissing && length == kMissing) continue;
    const auto limit = static_cast<uint64_t>(size);
    if (offset > limit || length > limit - offset) return Overlap(key);
    const ByteRange chunk{static_cast<int64_t>(offset),
                          static_cast<int64_t>(offset + length)};
    if (chunk.inclusive_min < index.exclusive_max &&
        chunk.exclusive_max > index.inclusive_min) {
      return Overlap(key);
    }
    const absl::Cord bytes = shard.Subcord(chunk.inclusive_min, chunk.size());
    if (absl::Status status = CheckChunk(bytes, key); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

GuardedKey SplitGuard(std::string_view key) {
  const GuardedKey plain{{}, key};
  if (key.empty() || key.front() != '\0') return plain;
  const size_t end = key.find('\0', 1);
  if (end == std::string_view::npos) return plain;
  const std::vector<std::string_view> numbers =
      absl::StrSplit(key.substr(1, end - 1), ',');
  int64_t blosc, index, most;
  if (numbers.size() != 3 || !absl::SimpleAtoi(numbers[0], &blosc) ||
      !absl::SimpleAtoi(numbers[1], &index) ||
      !absl::SimpleAtoi(numbers[2], &most)) {
    return plain;
  }
  return {ReadGuard(blosc, index, most), key.substr(end + 1)};
}

}  // namespace ats::os
