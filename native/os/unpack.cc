#include "os/unpack.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libdeflate.h"
#include "os/coded_error.h"

namespace ats::os {

using ::tensorstore::Result;

namespace {

constexpr int64_t kMaxInflatedBytes = int64_t{1} << 31;
// Deflate makes at most 1032 bytes of one.
constexpr int64_t kMaxRatio = 1040;

absl::Status Damaged(std::string_view key, std::string_view what) {
  return CodedError("CORRUPT", absl::StrCat("The member ", key,
                                            " of the archive ", what, "."));
}

Result<absl::Cord> Inflate(absl::Cord stored, int64_t size,
                           std::string_view key) {
  const auto room = std::min(
      kMaxInflatedBytes, (static_cast<int64_t>(stored.size()) + 64) * kMaxRatio);
  if (size > room) {
    return CodedError(
        "LIMIT_EXCEEDED",
        absl::StrCat("The member ", key, " of the archive has ", stored.size(),
                     " bytes and claims to have ", size, "."));
  }
  std::unique_ptr<libdeflate_decompressor,
                  decltype(&libdeflate_free_decompressor)>
      decompressor(libdeflate_alloc_decompressor(),
                   libdeflate_free_decompressor);
  if (decompressor == nullptr) {
    return absl::ResourceExhaustedError("There is no memory to inflate");
  }
  std::string value(static_cast<size_t>(size), '\0');
  const std::string_view bytes = stored.Flatten();
  // Without a place for the actual size, any other size is an error.
  const auto result = libdeflate_deflate_decompress(
      decompressor.get(), bytes.data(), bytes.size(), value.data(),
      value.size(), /*actual_out_nbytes_ret=*/nullptr);
  if (result == LIBDEFLATE_SUCCESS) return absl::Cord(std::move(value));
  return Damaged(key, "is cut, or holds other bytes than it says");
}

uint32_t ChecksumOf(const absl::Cord& value) {
  uint32_t sum = 0;
  for (std::string_view chunk : value.Chunks()) {
    sum = libdeflate_crc32(sum, chunk.data(), chunk.size());
  }
  return sum;
}

}  // namespace

Result<absl::Cord> Unpack(absl::Cord stored, const PackedValue& packed,
                          std::string_view key) {
  absl::Cord value = std::move(stored);
  if (packed.deflated) {
    TENSORSTORE_ASSIGN_OR_RETURN(value,
                                 Inflate(std::move(value), packed.size, key));
  }
  if (static_cast<int64_t>(value.size()) != packed.size ||
      ChecksumOf(value) != packed.crc32) {
    return Damaged(key, "is damaged: its checksum is another");
  }
  return value;
}

}  // namespace ats::os
