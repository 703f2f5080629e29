#include "riegeli/bytes/buffered_reader.h"

#include <stddef.h>
#include <string.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "riegeli/base/arithmetic.h"
#include "riegeli/base/block.h"
#include "riegeli/base/types.h"

namespace riegeli {
namespace {

constexpr size_t kBufferSize = size_t{64} << 10;
constexpr size_t kMaxRecommended = size_t{1} << 20;
// From this length on, a read that the buffer cannot serve bypasses it.
constexpr size_t kDirectLength = size_t{4} << 10;

}  // namespace

bool BufferedReader::PullSlow(size_t min_length, size_t recommended_length) {
  const size_t kept = available();
  size_t wanted =
      std::max(kBufferSize, std::min(recommended_length, kMaxRecommended));
  if (const std::optional<Position> hint = RemainingHint()) {
    wanted = UnsignedMin(wanted, *hint);
  }
  wanted = std::max(wanted, min_length);
  const Position limit = limit_pos();
  if (buffer_.size() < wanted) {
    Block bigger(std::max(
        wanted, std::min(SaturatingAdd(buffer_.size(), buffer_.size()),
                         SaturatingAdd(min_length, min_length))));
    if (kept > 0) memcpy(bigger.data(), cursor(), kept);
    buffer_ = std::move(bigger);
  } else if (kept > 0) {
    memmove(buffer_.data(), cursor(), kept);
  }
  set_buffer(buffer_.data(), kept);
  set_limit_pos(limit);
  const size_t got = ReadInternal(min_length - kept, buffer_.size() - kept,
                                  buffer_.data() + kept);
  if (!ok()) return false;
  set_buffer(buffer_.data(), kept + got);
  return available() >= min_length;
}

bool BufferedReader::ReadSlow(size_t length, char* dest) {
  const size_t ready = available();
  const size_t rest = length - ready;
  const std::optional<Position> hint = RemainingHint();
  if (rest < kDirectLength && !(hint.has_value() && *hint <= length)) {
    return Reader::ReadSlow(length, dest);
  }
  if (ready > 0) memcpy(dest, cursor(), ready);
  move_cursor(ready);
  DropBuffer();
  return ReadInternal(rest, rest, dest + ready) == rest;
}

}  // namespace riegeli
