// A reader whose source hands out bytes by copying them somewhere.
#ifndef RIEGELI_BYTES_BUFFERED_READER_H_
#define RIEGELI_BYTES_BUFFERED_READER_H_

#include <stddef.h>

#include "riegeli/base/block.h"
#include "riegeli/base/object.h"
#include "riegeli/bytes/reader.h"

namespace riegeli {

// Owns the buffer. Small reads are served from it; a large one goes straight to
// where the caller wants the bytes, so that they are written once.
class BufferedReader : public Reader {
 protected:
  BufferedReader() = default;
  explicit BufferedReader(Closed closed) : Reader(closed) {}
  BufferedReader(BufferedReader&& that) noexcept = default;
  BufferedReader& operator=(BufferedReader&& that) noexcept = default;

  // Reads `min_length` to `max_length` bytes (1 <= min_length) to `dest`, moves
  // the limit position by their number and returns it. Less than `min_length`
  // means the end of the source or, after a call of `Fail`, a failure.
  virtual size_t ReadInternal(size_t min_length, size_t max_length,
                              char* dest) = 0;

  // Forgets the buffered bytes; the next ones are those at `new_pos`.
  void RestartAt(Position new_pos) {
    set_buffer();
    set_limit_pos(new_pos);
  }

  bool PullSlow(size_t min_length, size_t recommended_length) override;
  using Reader::ReadSlow;
  bool ReadSlow(size_t length, char* dest) override;

 private:
  Block buffer_;
};

}  // namespace riegeli

#endif  // RIEGELI_BYTES_BUFFERED_READER_H_
