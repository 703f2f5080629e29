#include "riegeli/bytes/buffered_writer.h"

#include <stddef.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "riegeli/base/arithmetic.h"
#include "riegeli/base/block.h"
#include "riegeli/base/types.h"

namespace riegeli {
namespace {

constexpr size_t kBufferSize = size_t{64} << 10;
constexpr size_t kMinBufferSize = size_t{1} << 10;

}  // namespace

bool BufferedWriter::FlushBuffer() {
  const std::string_view bytes(start(), start_to_cursor());
  set_buffer();
  return bytes.empty() || WriteInternal(bytes);
}

void BufferedWriter::Done() {
  if (ok()) FlushBuffer();
  Writer::Done();
}

bool BufferedWriter::PushSlow(size_t min_length, size_t recommended_length) {
  if (!FlushBuffer()) return false;
  size_t wanted = kBufferSize;
  if (expected_end_.has_value()) {
    const Position left = *expected_end_ - UnsignedMin(*expected_end_, pos());
    const size_t least = std::max(kMinBufferSize, recommended_length);
    wanted = UnsignedMin(wanted, std::max<Position>(left, least));
  }
  wanted = std::max(wanted, min_length);
  if (buffer_.size() < wanted) buffer_ = Block(wanted);
  set_buffer(buffer_.data(), buffer_.size());
  return true;
}

bool BufferedWriter::WriteSlow(std::string_view src) {
  if (src.size() < kBufferSize) {
    // Fills the buffer before it is passed on.
    return Writer::WriteSlow(src);
  }
  return FlushBuffer() && WriteInternal(src);
}

void BufferedWriter::SetWriteSizeHintImpl(
    std::optional<Position> write_size_hint) {
  expected_end_ = std::nullopt;
  if (write_size_hint.has_value()) {
    expected_end_ = SaturatingAdd(pos(), *write_size_hint);
  }
}

}  // namespace riegeli
