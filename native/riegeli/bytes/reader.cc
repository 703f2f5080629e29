#include "riegeli/bytes/reader.h"

#include <stddef.h>
#include <string.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "riegeli/base/arithmetic.h"
#include "riegeli/base/block.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/writer.h"

namespace riegeli {
namespace {

// A length that comes from the stream itself is trusted with memory up to this
// size; beyond it, blocks grow with what really arrives.
constexpr size_t kMaxTrustedBlock = size_t{64} << 20;
// Pieces in which bytes of unknown number go from a reader to a writer.
constexpr size_t kCopyBlock = size_t{256} << 10;

}  // namespace

Reader::Reader(Reader&& that) noexcept
    : Object(std::move(that)),
      start_(std::exchange(that.start_, nullptr)),
      cursor_(std::exchange(that.cursor_, nullptr)),
      limit_(std::exchange(that.limit_, nullptr)),
      limit_pos_(std::exchange(that.limit_pos_, 0)) {}

Reader& Reader::operator=(Reader&& that) noexcept {
  Object::operator=(std::move(that));
  start_ = std::exchange(that.start_, nullptr);
  cursor_ = std::exchange(that.cursor_, nullptr);
  limit_ = std::exchange(that.limit_, nullptr);
  limit_pos_ = std::exchange(that.limit_pos_, 0);
  return *this;
}

void Reader::ResetReader(bool is_open) {
  ResetObject(is_open);
  set_buffer();
  limit_pos_ = 0;
}

absl::Status Reader::AnnotateStatusImpl(absl::Status status) {
  return WithDetail(status, absl::StrCat("at byte ", pos()));
}

bool Reader::Read(size_t length, std::string_view& dest, size_t* length_read) {
  const bool complete = Pull(length);
  const size_t ready = std::min(length, available());
  dest = std::string_view(cursor_, ready);
  move_cursor(ready);
  if (length_read != nullptr) *length_read = ready;
  return complete;
}

bool Reader::Read(size_t length, std::string& dest, size_t* length_read) {
  dest.clear();
  return ReadAndAppend(length, dest, length_read);
}

bool Reader::Read(size_t length, absl::Cord& dest, size_t* length_read) {
  dest.Clear();
  return ReadAndAppend(length, dest, length_read);
}

bool Reader::ReadAndAppend(size_t length, std::string& dest,
                           size_t* length_read) {
  const size_t before = dest.size();
  size_t block = std::min(length, kMaxTrustedBlock);
  size_t left = length;
  bool complete = true;
  while (complete && left > 0) {
    const size_t old_size = dest.size();
    dest.resize(old_size + block);
    size_t got = 0;
    complete = Read(block, &dest[old_size], &got);
    dest.resize(old_size + got);
    left -= got;
    block = std::min(left, dest.size());
  }
  if (length_read != nullptr) *length_read = dest.size() - before;
  return complete;
}

bool Reader::ReadAndAppend(size_t length, absl::Cord& dest,
                           size_t* length_read) {
  const size_t before = dest.size();
  bool complete = true;
  if (length <= std::min(available(), kMaxBytesToCopy)) {
    dest.Append(std::string_view(cursor_, length));
    move_cursor(length);
  } else {
    complete = ok() && ReadSlow(length, dest);
  }
  if (length_read != nullptr) *length_read = dest.size() - before;
  return complete;
}

bool Reader::Copy(Position length, Writer& dest) {
  if (length <= std::min(available(), kMaxBytesToCopy)) {
    const std::string_view bytes(cursor(), static_cast<size_t>(length));
    if (!dest.Write(bytes)) return false;
    move_cursor(bytes.size());
    return true;
  }
  return ok() && CopySlow(length, dest);
}

bool Reader::Seek(Position new_pos) {
  if (new_pos >= start_pos() && new_pos <= limit_pos_) {
    cursor_ = limit_ - static_cast<size_t>(limit_pos_ - new_pos);
    return ok();
  }
  return ok() && SeekSlow(new_pos);
}

bool Reader::Skip(Position length) {
  if (length <= available()) {
    move_cursor(static_cast<size_t>(length));
    return true;
  }
  return Seek(SaturatingAdd(pos(), length));
}

std::optional<Position> Reader::Size() {
  return ok() ? SizeImpl() : std::nullopt;
}

void Reader::VerifyEndImpl() {
  if (Pull()) Fail(absl::InvalidArgumentError("End of data expected"));
}

bool Reader::ReadSlow(size_t length, char* dest) {
  while (true) {
    const size_t ready = std::min(length, available());
    if (ready > 0) {
      memcpy(dest, cursor_, ready);
      move_cursor(ready);
      dest += ready;
      length -= ready;
    }
    if (length == 0) return true;
    if (!Pull(1, length)) return false;
  }
}

bool Reader::ReadSlow(size_t length, absl::Cord& dest) {
  size_t block_size = kMaxTrustedBlock;
  if (const std::optional<Position> hint = RemainingHint()) {
    block_size = static_cast<size_t>(std::clamp<Position>(
        *hint, kCopyBlock, std::numeric_limits<size_t>::max()));
  }
  while (length > 0) {
    Block block(std::min(length, block_size));
    size_t got = 0;
    const bool complete = Read(block.size(), block.data(), &got);
    std::move(block).MoveTo(0, got, dest);
    if (!complete) return false;
    length -= got;
    block_size = SaturatingAdd(block_size, block_size);
  }
  return true;
}

bool Reader::CopySlow(Position length, Writer& dest) {
  const Position hint = RemainingHint().value_or(kCopyBlock);
  size_t piece = static_cast<size_t>(
      std::clamp<Position>(hint, kCopyBlock, kMaxTrustedBlock));
  while (length > 0) {
    absl::Cord bytes;
    const bool complete = ReadAndAppend(UnsignedMin(piece, length), bytes);
    length -= bytes.size();
    if (!bytes.empty() && !dest.Write(std::move(bytes))) return false;
    if (!complete) return false;
  }
  return true;
}

bool Reader::SeekSlow(Position new_pos) {
  if (new_pos < pos()) {
    return Fail(absl::UnimplementedError("Reader cannot go backwards"));
  }
  while (new_pos > limit_pos_) {
    move_cursor(available());
    if (!Pull()) return false;
  }
  cursor_ = limit_ - static_cast<size_t>(limit_pos_ - new_pos);
  return true;
}

std::optional<Position> Reader::SizeImpl() {
  Fail(absl::UnimplementedError("Reader does not know its size"));
  return std::nullopt;
}

std::optional<Position> Reader::RemainingHintImpl() {
  if (!SupportsSize()) return std::nullopt;
  const std::optional<Position> size = Size();
  if (!size.has_value()) return std::nullopt;
  return *size - UnsignedMin(*size, pos());
}

void Reader::SetReadAllHintImpl(bool /*read_all_hint*/) {}

}  // namespace riegeli
