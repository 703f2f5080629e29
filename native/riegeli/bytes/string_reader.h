// A reader of bytes in one piece of memory.
#ifndef RIEGELI_BYTES_STRING_READER_H_
#define RIEGELI_BYTES_STRING_READER_H_

#include <stddef.h>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "riegeli/base/types.h"
#include "riegeli/bytes/reader.h"

namespace riegeli {

// The buffer is the source, so everything but the end is on the fast path.
class StringReaderBase : public Reader {
 public:
  StringReaderBase(StringReaderBase&&) noexcept = default;
  StringReaderBase& operator=(StringReaderBase&&) noexcept = default;

  bool ToleratesReadingAhead() override { return true; }
  bool SupportsRewind() override { return ok(); }
  bool SupportsSize() override { return ok(); }

 protected:
  explicit StringReaderBase(std::string_view src) {
    set_buffer(src.data(), src.size());
    move_limit_pos(src.size());
  }

  bool PullSlow(size_t, size_t) override { return false; }
  bool SeekSlow(Position) override {
    move_cursor(available());
    return false;
  }
  std::optional<Position> SizeImpl() override { return limit_pos(); }
};

// `Src` is `std::string_view` or a pointer to a string; the memory is borrowed
// and must not change meanwhile.
template <typename Src = std::string_view>
class StringReader : public StringReaderBase {
 public:
  explicit StringReader(std::type_identity_t<Src> src)
      : StringReaderBase(View(src)) {}
  explicit StringReader(const char* src, size_t size)
      : StringReaderBase(std::string_view(src, size)) {}

 private:
  static std::string_view View(const Src& src) {
    if constexpr (std::is_pointer_v<Src>) {
      return *src;
    } else {
      return src;
    }
  }
};

StringReader(const std::string*) -> StringReader<const std::string*>;
StringReader(std::string*) -> StringReader<const std::string*>;
StringReader(std::string_view) -> StringReader<std::string_view>;
StringReader(const char*, size_t) -> StringReader<std::string_view>;

}  // namespace riegeli

#endif  // RIEGELI_BYTES_STRING_READER_H_
