// Integers of a fixed size and byte order, written.
#ifndef RIEGELI_ENDIAN_ENDIAN_WRITING_H_
#define RIEGELI_ENDIAN_ENDIAN_WRITING_H_

#include <stddef.h>

#include <type_traits>

#include "riegeli/bytes/writer.h"

namespace riegeli {

namespace endian_internal {

template <typename T, bool kBig>
bool Write(T src, Writer& dest) {
  static_assert(std::is_integral_v<T>);
  if (!dest.Push(sizeof(T))) return false;
  const auto value = static_cast<std::make_unsigned_t<T>>(src);
  char* const bytes = dest.cursor();
  for (size_t i = 0; i < sizeof(T); ++i) {
    const size_t place = kBig ? sizeof(T) - 1 - i : i;
    bytes[i] = static_cast<char>(value >> (8 * place));
  }
  dest.move_cursor(sizeof(T));
  return true;
}

}  // namespace endian_internal

// Writes the sizeof(T) bytes of an integer, least significant first. False
// where `dest` has failed.
template <typename T>
bool WriteLittleEndian(std::type_identity_t<T> src, Writer& dest) {
  return endian_internal::Write<T, false>(src, dest);
}

// The same, most significant byte first.
template <typename T>
bool WriteBigEndian(std::type_identity_t<T> src, Writer& dest) {
  return endian_internal::Write<T, true>(src, dest);
}

}  // namespace riegeli

#endif  // RIEGELI_ENDIAN_ENDIAN_WRITING_H_
