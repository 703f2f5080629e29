// UTF-8: whether bytes are it, and code points to and from UTF-32 as numpy
// stores text of a fixed length.

#ifndef ATS_CORE_UTF8_H_
#define ATS_CORE_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ats::core {

// Whether `bytes` are UTF-8: no overlong forms, no surrogates, nothing beyond
// U+10FFFF (RFC 3629).
bool IsUtf8(std::string_view bytes);

// Whether a cut before `next`, of UTF-8 that goes on there, splits a character.
inline bool IsContinuation(char next) {
  return (static_cast<uint8_t>(next) & 0xC0) == 0x80;
}

// The number of code points of UTF-8.
int64_t CountCodePoints(std::string_view utf8);

// Which byte of a UTF-32 code point comes first.
enum class ByteOrder { kLittle, kBig };

// Appends the text of `count` UTF-32 code points at `units`, up to the NULs
// that pad it, as UTF-8. False where one of them is no code point.
bool AppendUtf32(const char* units, int64_t count, ByteOrder order,
                 std::string& utf8);

// Writes `utf8` as code points at `units`, where there is room for `count`; the
// rest is left as it is. False where there is not room enough. `utf8` must be
// UTF-8.
bool WriteUtf32(std::string_view utf8, int64_t count, ByteOrder order,
                char* units);

}  // namespace ats::core

#endif  // ATS_CORE_UTF8_H_
