// The bytes of one decoded chunk of strings ↔ its strings.
//
// Variable length (numcodecs' vlen-utf8 and vlen-bytes, which Zarr version 3
// took over): a count, then each string's length and bytes; all numbers are
// uint32, little-endian. Fixed length: numpy's arrays of S and U, padded with
// NULs.

#ifndef ATS_CORE_UTF8_CHUNK_H_
#define ATS_CORE_UTF8_CHUNK_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fault.h"
#include "core/utf8.h"

namespace ats::core {

// How a chunk holds its strings.
struct TextFormat {
  enum class Kind { kVariable, kUtf32, kBytes };
  Kind kind = Kind::kVariable;
  // Code points or bytes of each string of a fixed length.
  int64_t length = 0;
  ByteOrder order = ByteOrder::kLittle;

  // Bytes of each string in the chunk, 0 where they vary.
  int64_t ItemBytes() const {
    return kind == Kind::kVariable ? 0
           : kind == Kind::kUtf32  ? 4 * length
                                   : length;
  }
};

// Strings within a buffer of less than 4 GiB.
struct TextChunk {
  struct Span {
    uint32_t start;
    uint32_t length;
  };
  std::string buffer;
  std::vector<Span> spans;

  std::string_view operator[](int64_t i) const {
    return std::string_view(buffer).substr(spans[i].start, spans[i].length);
  }
};

// The strings of a chunk of `count` of them, whose decoded `bytes` become or
// make up the buffer. Faults: kTextCount where the chunk says another count,
// kTextLength at a string that ends behind the chunk, kTextRest where bytes are
// left over or missing, kUtf8 at a string that is not UTF-8; `position` is the
// string's. Nothing is allocated that `bytes` do not vouch for.
Fault DecodeText(const TextFormat& format, int64_t count, std::string bytes,
                 TextChunk& chunk);

// The bytes of a chunk whose i-th string, of `count`, is `text(i)` (UTF-8).
// kTextLength at a string that is longer than the format's length, or ends with
// a NUL that a fixed length could not keep apart from its padding; kUtf8 at one
// that is not UTF-8; kValueRange where one chunk would have 4 GiB.
Fault EncodeText(const TextFormat& format, int64_t count,
                 const std::function<std::string_view(int64_t)>& text,
                 std::string& bytes);

}  // namespace ats::core

#endif  // ATS_CORE_UTF8_CHUNK_H_
