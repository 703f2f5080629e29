// The output side of a byte stream.
#ifndef RIEGELI_BYTES_WRITER_H_
#define RIEGELI_BYTES_WRITER_H_

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "riegeli/base/byte_fill.h"
#include "riegeli/base/chain.h"
#include "riegeli/base/external_ref.h"
#include "riegeli/base/object.h"
#include "riegeli/base/types.h"

namespace riegeli {

// A sequence of bytes that is written through a window of memory, the buffer.
//
// The bytes in [start(), cursor()) have been written and not yet passed on, and
// [cursor(), limit()) is free; writing there costs no virtual call. A function
// that returns false has failed, `status()` says how. The data is complete only
// after a `Close` that returned true.
class Writer : public Object {
 public:
  // --- The buffer ---

  char* start() const { return start_; }
  char* cursor() const { return cursor_; }
  char* limit() const { return limit_; }
  size_t available() const { return static_cast<size_t>(limit_ - cursor_); }
  size_t start_to_cursor() const {
    return static_cast<size_t>(cursor_ - start_);
  }
  size_t start_to_limit() const { return static_cast<size_t>(limit_ - start_); }

  // Says that `length` <= available() bytes from the cursor have been filled.
  void move_cursor(size_t length) { cursor_ += length; }
  // Moves the cursor to a place in [start(), limit()].
  void set_cursor(char* cursor) { cursor_ = cursor; }

  // Makes room for at least `min_length` bytes in one piece; writers that have
  // a choice make room for `recommended_length`.
  bool Push(size_t min_length = 1, size_t recommended_length = 0) {
    if (available() >= min_length) return true;
    return ok() && PushSlow(min_length, recommended_length);
  }

  // --- Writing ---

  bool Write(char src) {
    if (!Push()) return false;
    *cursor_++ = src;
    return true;
  }
  bool WriteByte(uint8_t src) { return Write(static_cast<char>(src)); }

  bool Write(std::string_view src) {
    if (src.size() <= available()) {
      if (!src.empty()) memcpy(cursor_, src.data(), src.size());
      cursor_ += src.size();
      return true;
    }
    return ok() && WriteSlow(src);
  }
  bool Write(const char* src) { return Write(std::string_view(src)); }
  bool Write(const std::string& src) { return Write(std::string_view(src)); }
  // These share the memory of a large source where the writer can.
  bool Write(std::string&& src);
  bool Write(const absl::Cord& src);
  bool Write(absl::Cord&& src);
  bool Write(const Chain& src);
  bool Write(ExternalRef src);
  bool Write(ByteFill src);

  // The number of bytes written so far.
  Position pos() const { return start_pos_ + start_to_cursor(); }

  // Says how many bytes will be written from here on; a guess that may be wrong.
  void SetWriteSizeHint(std::optional<Position> write_size_hint) {
    if (ok()) SetWriteSizeHintImpl(write_size_hint);
  }

 protected:
  Writer() = default;
  explicit Writer(Closed closed) : Object(closed) {}
  Writer(Writer&& that) noexcept;
  Writer& operator=(Writer&& that) noexcept;

  // --- For implementations ---

  // The position of start().
  Position start_pos() const { return start_pos_; }
  void set_start_pos(Position start_pos) { start_pos_ = start_pos; }
  void move_start_pos(Position length) { start_pos_ += length; }
  void set_buffer(char* start = nullptr, size_t length = 0,
                  size_t cursor_offset = 0) {
    start_ = start;
    cursor_ = start + cursor_offset;
    limit_ = start + length;
  }
  // Forgets the buffer; the position stays.
  void DropBuffer() {
    start_pos_ = pos();
    set_buffer();
  }

  void Done() override { DropBuffer(); }
  void OnFail() override { DropBuffer(); }
  absl::Status AnnotateStatusImpl(absl::Status status) override;

  // min_length > available().
  virtual bool PushSlow(size_t min_length, size_t recommended_length) = 0;
  // src.size() > available(), except for Cord, Chain and ExternalRef, which
  // come here too where they are too large to be copied.
  virtual bool WriteSlow(std::string_view src);
  virtual bool WriteSlow(const Chain& src);
  virtual bool WriteSlow(const absl::Cord& src);
  virtual bool WriteSlow(absl::Cord&& src);
  virtual bool WriteSlow(ExternalRef src);
  virtual void SetWriteSizeHintImpl(std::optional<Position> write_size_hint);

 private:
  char* start_ = nullptr;
  char* cursor_ = nullptr;
  char* limit_ = nullptr;
  Position start_pos_ = 0;
};

}  // namespace riegeli

#endif  // RIEGELI_BYTES_WRITER_H_
