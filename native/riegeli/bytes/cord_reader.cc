#include "riegeli/bytes/cord_reader.h"

#include <stddef.h>
#include <string.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/cord.h"
#include "riegeli/base/arithmetic.h"
#include "riegeli/base/block.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/bytes/writer.h"

namespace riegeli {

void CordReaderBase::Initialize(Position pos) {
  iter_.reset();
  ShowPiece(pos);
}

void CordReaderBase::TakeState(CordReaderBase& that) {
  const Position pos = that.pos();
  const bool was_ok = that.ok();
  that.iter_.reset();
  that.set_buffer();
  Reader::operator=(std::move(that));
  scratch_ = Block();
  if (was_ok) {
    Initialize(pos);
  } else {
    iter_.reset();
    set_limit_pos(pos);
  }
}

void CordReaderBase::Done() {
  Reader::Done();
  iter_.reset();
}

void CordReaderBase::ShowPiece(Position pos) {
  const absl::Cord& src = *SrcCord();
  if (!iter_.has_value() || pos < iter_pos_) {
    iter_ = src.char_begin();
    iter_pos_ = 0;
  }
  if (pos > iter_pos_) {
    absl::Cord::Advance(&*iter_, static_cast<size_t>(pos - iter_pos_));
    iter_pos_ = pos;
  }
  std::string_view piece;
  if (pos < src.size()) piece = absl::Cord::ChunkRemaining(*iter_);
  set_buffer(piece.data(), piece.size());
  set_limit_pos(pos + piece.size());
}

bool CordReaderBase::PullSlow(size_t min_length,
                              size_t /*recommended_length*/) {
  const Position pos = this->pos();
  const size_t left = SrcCord()->size() - static_cast<size_t>(pos);
  ShowPiece(pos);
  const size_t length = std::min(min_length, left);
  if (available() < length) {
    if (scratch_.size() < length) scratch_ = Block(length);
    // The iterator stays at `pos`, so that what follows is found from there.
    absl::Cord::CharIterator iter = *iter_;
    size_t filled = 0;
    while (filled < length) {
      const std::string_view piece =
          absl::Cord::ChunkRemaining(iter).substr(0, length - filled);
      memcpy(scratch_.data() + filled, piece.data(), piece.size());
      filled += piece.size();
      absl::Cord::Advance(&iter, piece.size());
    }
    set_buffer(scratch_.data(), length);
    set_limit_pos(pos + length);
  }
  return length == min_length;
}

absl::Cord CordReaderBase::Take(size_t length) {
  const Position pos = this->pos();
  const absl::Cord& src = *SrcCord();
  absl::Cord bytes = length == src.size()
                         ? src
                         : src.Subcord(static_cast<size_t>(pos), length);
  ShowPiece(pos + length);
  return bytes;
}

bool CordReaderBase::ReadSlow(size_t length, absl::Cord& dest) {
  const size_t left = SrcCord()->size() - static_cast<size_t>(pos());
  dest.Append(Take(std::min(length, left)));
  return length <= left;
}

bool CordReaderBase::CopySlow(Position length, Writer& dest) {
  const size_t left = SrcCord()->size() - static_cast<size_t>(pos());
  return dest.Write(Take(UnsignedMin(length, left))) && length <= left;
}

bool CordReaderBase::SeekSlow(Position new_pos) {
  const Position size = SrcCord()->size();
  ShowPiece(UnsignedMin(new_pos, size));
  return new_pos <= size;
}

std::optional<Position> CordReaderBase::SizeImpl() { return SrcCord()->size(); }

}  // namespace riegeli
