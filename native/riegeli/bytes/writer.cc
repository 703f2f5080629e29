#include "riegeli/bytes/writer.h"

#include <string.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "riegeli/base/block.h"
#include "riegeli/base/byte_fill.h"
#include "riegeli/base/chain.h"
#include "riegeli/base/external_ref.h"
#include "riegeli/base/types.h"

namespace riegeli {

Writer::Writer(Writer&& that) noexcept
    : Object(std::move(that)),
      start_(std::exchange(that.start_, nullptr)),
      cursor_(std::exchange(that.cursor_, nullptr)),
      limit_(std::exchange(that.limit_, nullptr)),
      start_pos_(std::exchange(that.start_pos_, 0)) {}

Writer& Writer::operator=(Writer&& that) noexcept {
  Object::operator=(std::move(that));
  start_ = std::exchange(that.start_, nullptr);
  cursor_ = std::exchange(that.cursor_, nullptr);
  limit_ = std::exchange(that.limit_, nullptr);
  start_pos_ = std::exchange(that.start_pos_, 0);
  return *this;
}

absl::Status Writer::AnnotateStatusImpl(absl::Status status) {
  return WithDetail(status, absl::StrCat("at byte ", pos()));
}

bool Writer::Write(std::string&& src) {
  if (src.size() <= kMaxBytesToCopy) return Write(std::string_view(src));
  return Write(absl::Cord(std::move(src)));
}

bool Writer::Write(const absl::Cord& src) {
  if (src.size() <= std::min(available(), kMaxBytesToCopy)) {
    for (std::string_view chunk : src.Chunks()) Write(chunk);
    return true;
  }
  return ok() && WriteSlow(src);
}

bool Writer::Write(absl::Cord&& src) {
  if (src.size() <= std::min(available(), kMaxBytesToCopy)) {
    return Write(static_cast<const absl::Cord&>(src));
  }
  return ok() && WriteSlow(std::move(src));
}

bool Writer::Write(const Chain& src) {
  if (src.size() <= std::min(available(), kMaxBytesToCopy)) {
    return Write(src.cord());
  }
  return ok() && WriteSlow(src);
}

bool Writer::Write(ExternalRef src) {
  if (src.size() <= kMaxBytesToCopy) return Write(src.bytes());
  return ok() && WriteSlow(std::move(src));
}

bool Writer::Write(ByteFill src) {
  Position left = src.size();
  while (left > 0) {
    if (!Push()) return false;
    const size_t piece =
        static_cast<size_t>(std::min<Position>(left, available()));
    memset(cursor(), src.fill(), piece);
    move_cursor(piece);
    left -= piece;
  }
  return true;
}

bool Writer::WriteSlow(std::string_view src) {
  while (true) {
    const size_t piece = std::min(src.size(), available());
    if (piece > 0) {
      memcpy(cursor(), src.data(), piece);
      move_cursor(piece);
      src.remove_prefix(piece);
    }
    if (src.empty()) return true;
    if (!Push(1, src.size())) return false;
  }
}

bool Writer::WriteSlow(const Chain& src) { return WriteSlow(src.cord()); }

bool Writer::WriteSlow(const absl::Cord& src) {
  for (std::string_view chunk : src.Chunks()) {
    if (!Write(chunk)) return false;
  }
  return true;
}

bool Writer::WriteSlow(absl::Cord&& src) {
  return WriteSlow(static_cast<const absl::Cord&>(src));
}

bool Writer::WriteSlow(ExternalRef src) { return Write(src.bytes()); }

void Writer::SetWriteSizeHintImpl(std::optional<Position>) {}

}  // namespace riegeli
