// Variable-length unsigned integers (base 128), written.
#ifndef RIEGELI_VARINT_VARINT_WRITING_H_
#define RIEGELI_VARINT_VARINT_WRITING_H_

#include <stddef.h>
#include <stdint.h>

#include "riegeli/bytes/writer.h"

namespace riegeli {

// Writes an unsigned integer, seven bits per byte, least significant first. At
// most ten bytes. False where `dest` has failed.
inline bool WriteVarint64(uint64_t src, Writer& dest) {
  constexpr size_t kMaxLength = 10;
  if (!dest.Push(kMaxLength)) return false;
  char* cursor = dest.cursor();
  while (src >= 0x80) {
    *cursor++ = static_cast<char>(src | 0x80);
    src >>= 7;
  }
  *cursor++ = static_cast<char>(src);
  dest.set_cursor(cursor);
  return true;
}

// The same, at most five bytes.
inline bool WriteVarint32(uint32_t src, Writer& dest) {
  return WriteVarint64(src, dest);
}

}  // namespace riegeli

#endif  // RIEGELI_VARINT_VARINT_WRITING_H_
