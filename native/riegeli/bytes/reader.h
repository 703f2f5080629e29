// The input side of a byte stream.
#ifndef RIEGELI_BYTES_READER_H_
#define RIEGELI_BYTES_READER_H_

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "riegeli/base/object.h"
#include "riegeli/base/types.h"

namespace riegeli {

class Writer;

// A sequence of bytes that is read through a window of memory, the buffer.
//
// The bytes in [cursor(), limit()) are ready; reading them costs no virtual
// call. Everything else goes through the `...Slow` and `...Impl` functions that
// a kind of reader implements. They are only called while `ok()`.
//
// A function that returns false has met the end of the source (`ok()` still
// holds) or a failure (`status()` says which). What could be read before that
// has been read.
class Reader : public Object {
 public:
  // --- The buffer ---

  const char* start() const { return start_; }
  const char* cursor() const { return cursor_; }
  const char* limit() const { return limit_; }
  size_t available() const { return static_cast<size_t>(limit_ - cursor_); }
  size_t start_to_cursor() const {
    return static_cast<size_t>(cursor_ - start_);
  }
  size_t start_to_limit() const { return static_cast<size_t>(limit_ - start_); }

  // Moves the cursor forward by `length` <= available().
  void move_cursor(size_t length) { cursor_ += length; }
  // Moves the cursor to a place in [start(), limit()].
  void set_cursor(const char* cursor) { cursor_ = cursor; }

  // Makes at least `min_length` bytes available in one piece; readers that have
  // a choice prepare `recommended_length`. At the end of the source, what is
  // left is available and the answer false.
  bool Pull(size_t min_length = 1, size_t recommended_length = 0) {
    if (available() >= min_length) return true;
    return ok() && PullSlow(min_length, recommended_length);
  }

  // --- Reading ---

  bool Read(char& dest) {
    if (!Pull()) return false;
    dest = *cursor_++;
    return true;
  }
  bool ReadByte(uint8_t& dest) {
    if (!Pull()) return false;
    dest = static_cast<uint8_t>(*cursor_++);
    return true;
  }

  // Reads `length` bytes to `dest`. A large read goes there straight from the
  // source, past the buffer. `length_read` receives the number of bytes read.
  bool Read(size_t length, char* dest, size_t* length_read = nullptr);
  // Refers to the next `length` bytes, or to what is left where that is less.
  // Valid until the next use of the reader.
  bool Read(size_t length, std::string_view& dest,
            size_t* length_read = nullptr);
  // Replaces the content of `dest`. A Cord shares memory where it can.
  bool Read(size_t length, std::string& dest, size_t* length_read = nullptr);
  bool Read(size_t length, absl::Cord& dest, size_t* length_read = nullptr);
  // Adds to the content of `dest`.
  bool ReadAndAppend(size_t length, std::string& dest,
                     size_t* length_read = nullptr);
  bool ReadAndAppend(size_t length, absl::Cord& dest,
                     size_t* length_read = nullptr);
  // Writes the next `length` bytes to `dest`. Where this returns false, one of
  // the two has failed or the source has ended.
  bool Copy(Position length, Writer& dest);

  // --- Position ---

  // The offset of the cursor from the begin of the source.
  Position pos() const { return limit_pos_ - available(); }

  // Whether `Seek` may go backwards (at whatever cost).
  virtual bool SupportsRewind() { return false; }
  // Moves to `new_pos`. Beyond the end it stops there and returns false. Going
  // back on a reader that can't is a failure (Unimplemented).
  bool Seek(Position new_pos);
  // Moves `length` bytes forward.
  bool Skip(Position length);

  virtual bool SupportsSize() { return false; }
  // The position of the end, or nullopt after a failure. Unimplemented where
  // `SupportsSize()` is false.
  std::optional<Position> Size();
  // The number of bytes from here to the end where the reader knows or has
  // been told it; only a guess for allocating memory, never a fact.
  std::optional<Position> RemainingHint() {
    return ok() ? RemainingHintImpl() : std::nullopt;
  }

  // Whether reading more of the source than was asked for does no harm.
  virtual bool ToleratesReadingAhead() { return false; }
  // Says that all of it will be read.
  void SetReadAllHint(bool read_all_hint) {
    if (ok()) SetReadAllHintImpl(read_all_hint);
  }

  // Fails (InvalidArgument) unless the source ends here.
  bool VerifyEnd() {
    if (ok()) VerifyEndImpl();
    return ok();
  }
  bool VerifyEndAndClose() {
    VerifyEnd();
    return Close();
  }

 protected:
  Reader() = default;
  explicit Reader(Closed closed) : Object(closed) {}
  Reader(Reader&& that) noexcept;
  Reader& operator=(Reader&& that) noexcept;

  // Makes the reader open (or closed) again, at position 0.
  void ResetReader(bool is_open);

  // --- For implementations ---

  // The source position of limit().
  Position limit_pos() const { return limit_pos_; }
  Position start_pos() const { return limit_pos_ - start_to_limit(); }
  void set_limit_pos(Position limit_pos) { limit_pos_ = limit_pos; }
  void move_limit_pos(Position length) { limit_pos_ += length; }
  void set_buffer(const char* start = nullptr, size_t length = 0,
                  size_t cursor_offset = 0) {
    start_ = start;
    cursor_ = start + cursor_offset;
    limit_ = start + length;
  }
  // Forgets the buffer; the position stays.
  void DropBuffer() {
    limit_pos_ = pos();
    set_buffer();
  }

  void Done() override { DropBuffer(); }
  void OnFail() override { DropBuffer(); }
  absl::Status AnnotateStatusImpl(absl::Status status) override;

  // min_length > available().
  virtual bool PullSlow(size_t min_length, size_t recommended_length) = 0;
  // length > available(). They read as much as there is.
  virtual bool ReadSlow(size_t length, char* dest);
  virtual bool ReadSlow(size_t length, absl::Cord& dest);
  // length > 0.
  virtual bool CopySlow(Position length, Writer& dest);
  // new_pos is outside of the buffer.
  virtual bool SeekSlow(Position new_pos);
  virtual std::optional<Position> SizeImpl();
  virtual std::optional<Position> RemainingHintImpl();
  virtual void SetReadAllHintImpl(bool read_all_hint);
  // A reader that owns another one passes it on.
  virtual void VerifyEndImpl();

 private:
  const char* start_ = nullptr;
  const char* cursor_ = nullptr;
  const char* limit_ = nullptr;
  Position limit_pos_ = 0;
};

inline bool Reader::Read(size_t length, char* dest, size_t* length_read) {
  if (available() >= length) {
    if (length > 0) memcpy(dest, cursor_, length);
    cursor_ += length;
    if (length_read != nullptr) *length_read = length;
    return true;
  }
  const Position before = pos();
  const bool complete = ok() && ReadSlow(length, dest);
  if (length_read != nullptr) *length_read = static_cast<size_t>(pos() - before);
  return complete;
}

}  // namespace riegeli

#endif  // RIEGELI_BYTES_READER_H_
