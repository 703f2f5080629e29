#include "riegeli/bytes/cord_writer.h"

#include <stddef.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/cord.h"
#include "riegeli/base/arithmetic.h"
#include "riegeli/base/block.h"
#include "riegeli/base/external_ref.h"
#include "riegeli/base/types.h"

namespace riegeli {

void CordWriterBase::Initialize(bool append) {
  if (append) {
    set_start_pos(DestCord()->size());
  } else {
    DestCord()->Clear();
  }
}

void CordWriterBase::SyncBlock() {
  const size_t used = start_to_cursor();
  if (used == 0) return;
  if (used <= kMaxBytesToCopy) {
    DestCord()->Append(std::string_view(start(), used));
  } else {
    std::move(block_).MoveTo(0, used, *DestCord());
  }
  DropBuffer();
}

void CordWriterBase::Done() {
  SyncBlock();
  block_ = Block();
  Writer::Done();
}

bool CordWriterBase::PushSlow(size_t min_length, size_t recommended_length) {
  SyncBlock();
  const Position pos = this->pos();
  // As much again as there is, or as is still expected.
  Position wanted = pos;
  if (expected_end_.has_value() && *expected_end_ > pos) {
    wanted = *expected_end_ - pos;
  }
  wanted = std::max<Position>(
      {wanted, recommended_length, Options::kDefaultMinBlockSize});
  const size_t size =
      std::max(min_length, UnsignedMin(wanted, max_block_size_));
  if (block_.size() < size) block_ = Block(size);
  set_buffer(block_.data(), block_.size());
  return true;
}

bool CordWriterBase::WriteSlow(const absl::Cord& src) {
  SyncBlock();
  DestCord()->Append(src);
  move_start_pos(src.size());
  return true;
}

bool CordWriterBase::WriteSlow(absl::Cord&& src) {
  SyncBlock();
  const size_t length = src.size();
  DestCord()->Append(std::move(src));
  move_start_pos(length);
  return true;
}

bool CordWriterBase::WriteSlow(ExternalRef src) {
  return CordWriterBase::WriteSlow(std::move(src).ToCord());
}

void CordWriterBase::SetWriteSizeHintImpl(
    std::optional<Position> write_size_hint) {
  expected_end_ = std::nullopt;
  if (write_size_hint.has_value()) {
    expected_end_ = SaturatingAdd(pos(), *write_size_hint);
  }
}

}  // namespace riegeli
