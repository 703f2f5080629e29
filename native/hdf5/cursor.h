// A bounds-checked walk over little-endian bytes.
#ifndef ATS_HDF5_CURSOR_H_
#define ATS_HDF5_CURSOR_H_

#include <stddef.h>
#include <stdint.h>

#include <algorithm>
#include <cstring>
#include <span>
#include <string_view>

#include "absl/base/internal/endian.h"
#include "absl/status/status.h"

namespace ats::hdf5::reader {

/// HDF5's undefined address, of whatever width it was stored.
inline constexpr uint64_t kUndefined = ~uint64_t{0};

/// Reads values one after the other. A read beyond the end gives 0 and marks
/// the cursor as failed: check `status()` before what was read is used as a
/// count, a size or an address.
class Cursor {
 public:
  explicit Cursor(std::span<const std::byte> bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  absl::Status status() const {
    return ok_ ? absl::OkStatus()
               : absl::DataLossError("A structure ends before its last field");
  }
  size_t position() const { return position_; }
  size_t left() const { return bytes_.size() - position_; }

  /// An unsigned integer of `width` bytes, 1 to 8.
  uint64_t Unsigned(size_t width) {
    const auto bytes = Bytes(width);
    if (bytes.size() == 8) return absl::little_endian::Load64(bytes.data());
    if (bytes.size() == 4) return absl::little_endian::Load32(bytes.data());
    if (bytes.size() == 2) return absl::little_endian::Load16(bytes.data());
    uint64_t value = 0;
    for (size_t i = 0; i < bytes.size(); ++i) {
      value |= static_cast<uint64_t>(bytes[i]) << (8 * i);
    }
    return value;
  }
  uint8_t U8() { return static_cast<uint8_t>(Unsigned(1)); }
  uint16_t U16() { return static_cast<uint16_t>(Unsigned(2)); }
  uint32_t U32() { return static_cast<uint32_t>(Unsigned(4)); }
  uint64_t U64() { return Unsigned(8); }

  /// An address of `width` bytes; kUndefined where all of its bits are set.
  uint64_t Address(size_t width) {
    const uint64_t value = Unsigned(width);
    const uint64_t ones = width >= 8 ? ~uint64_t{0}
                                     : (uint64_t{1} << (8 * width)) - 1;
    return value == ones ? kUndefined : value;
  }

  /// The next `size` bytes; an empty span where there are fewer.
  std::span<const std::byte> Bytes(size_t size) {
    if (size > left()) {
      ok_ = false;
      position_ = bytes_.size();
      return {};
    }
    const auto bytes = bytes_.subspan(position_, size);
    position_ += size;
    return bytes;
  }

  void Skip(size_t size) { Bytes(size); }

  /// Whether the next bytes are `text`, which are consumed either way.
  bool Matches(std::string_view text) {
    const auto bytes = Bytes(text.size());
    return bytes.size() == text.size() &&
           std::memcmp(bytes.data(), text.data(), text.size()) == 0;
  }

  /// A name that ends with NUL. With `padded`, it fills a multiple of 8 bytes.
  std::string_view Name(bool padded) {
    const auto rest = bytes_.subspan(position_);
    const auto end = std::find(rest.begin(), rest.end(), std::byte{0});
    if (end == rest.end()) {
      ok_ = false;
      return {};
    }
    const size_t length = static_cast<size_t>(end - rest.begin());
    Skip(padded ? (length + 8) / 8 * 8 : length + 1);
    return {reinterpret_cast<const char*>(rest.data()), length};
  }

 private:
  std::span<const std::byte> bytes_;
  size_t position_ = 0;
  bool ok_ = true;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_CURSOR_H_
