// A writer whose destination takes bytes by reading them from somewhere.
#ifndef RIEGELI_BYTES_BUFFERED_WRITER_H_
#define RIEGELI_BYTES_BUFFERED_WRITER_H_

#include <stddef.h>

#include <optional>
#include <string_view>

#include "riegeli/base/block.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/writer.h"

namespace riegeli {

// Owns the buffer. Small writes are collected in it; a large one goes straight
// from the caller's memory to the destination.
class BufferedWriter : public Writer {
 protected:
  BufferedWriter() = default;
  BufferedWriter(BufferedWriter&& that) noexcept = default;
  BufferedWriter& operator=(BufferedWriter&& that) noexcept = default;

  // Passes on all of `src` (not empty), moves the start position by its length,
  // and returns true; or fails.
  virtual bool WriteInternal(std::string_view src) = 0;

  // Passes on what the buffer holds.
  bool FlushBuffer();

  // Flushes. An override that has to write an end calls this first.
  void Done() override;
  bool PushSlow(size_t min_length, size_t recommended_length) override;
  using Writer::WriteSlow;
  bool WriteSlow(std::string_view src) override;
  void SetWriteSizeHintImpl(std::optional<Position> write_size_hint) override;

 private:
  Block buffer_;
  std::optional<Position> expected_end_;
};

}  // namespace riegeli

#endif  // RIEGELI_BYTES_BUFFERED_WRITER_H_
