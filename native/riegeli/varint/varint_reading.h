// Variable-length unsigned integers (base 128), read.
#ifndef RIEGELI_VARINT_VARINT_READING_H_
#define RIEGELI_VARINT_VARINT_READING_H_

#include <stddef.h>
#include <stdint.h>

#include "riegeli/bytes/reader.h"

namespace riegeli {

namespace varint_internal {

// Seven bits per byte, least significant first; the top bit says that more
// follow (the varint of Protocol Buffers).
template <typename T>
bool Read(Reader& src, T& dest) {
  constexpr size_t kBits = sizeof(T) * 8;
  T value = 0;
  for (size_t length = 0; length * 7 < kBits; ++length) {
    if (!src.Pull(length + 1)) return false;
    const auto byte = static_cast<uint8_t>(src.cursor()[length]);
    const T bits = byte & 0x7f;
    // The last byte has fewer bits to give.
    if (((bits << (length * 7)) >> (length * 7)) != bits) return false;
    value |= bits << (length * 7);
    if (byte < 0x80) {
      src.move_cursor(length + 1);
      dest = value;
      return true;
    }
  }
  return false;
}

}  // namespace varint_internal

// Read an unsigned integer. False where the source ends before it does or it
// has more bits than fit; then nothing is read.
inline bool ReadVarint32(Reader& src, uint32_t& dest) {
  return varint_internal::Read(src, dest);
}
inline bool ReadVarint64(Reader& src, uint64_t& dest) {
  return varint_internal::Read(src, dest);
}

}  // namespace riegeli

#endif  // RIEGELI_VARINT_VARINT_READING_H_
