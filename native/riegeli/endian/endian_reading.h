// Integers of a fixed size and byte order, read.
#ifndef RIEGELI_ENDIAN_ENDIAN_READING_H_
#define RIEGELI_ENDIAN_ENDIAN_READING_H_

#include <stddef.h>

#include <type_traits>

#include "riegeli/bytes/reader.h"

namespace riegeli {

namespace endian_internal {

// Compilers make one load (and byte swap) of this.
template <typename T, bool kBig>
T Decode(const char* bytes) {
  using U = std::make_unsigned_t<T>;
  U value = 0;
  for (size_t i = 0; i < sizeof(T); ++i) {
    const size_t place = kBig ? sizeof(T) - 1 - i : i;
    value |= static_cast<U>(static_cast<U>(static_cast<unsigned char>(bytes[i]))
                            << (8 * place));
  }
  return static_cast<T>(value);
}

template <typename T, bool kBig>
bool Read(Reader& src, T& dest) {
  static_assert(std::is_integral_v<T>);
  if (!src.Pull(sizeof(T))) return false;
  dest = Decode<T, kBig>(src.cursor());
  src.move_cursor(sizeof(T));
  return true;
}

}  // namespace endian_internal

// Reads the sizeof(T) bytes of an integer, least significant first. False
// where there are not as many; then nothing is read.
template <typename T>
bool ReadLittleEndian(Reader& src, std::type_identity_t<T>& dest) {
  return endian_internal::Read<T, false>(src, dest);
}

// The same, most significant byte first.
template <typename T>
bool ReadBigEndian(Reader& src, std::type_identity_t<T>& dest) {
  return endian_internal::Read<T, true>(src, dest);
}

}  // namespace riegeli

#endif  // RIEGELI_ENDIAN_ENDIAN_READING_H_
