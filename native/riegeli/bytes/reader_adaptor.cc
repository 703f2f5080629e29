#include "riegeli/bytes/reader_adaptor.h"

#include <stddef.h>

#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "riegeli/base/arithmetic.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/bytes/writer.h"

namespace riegeli {

void ReaderAdaptor::Initialize(Position base_pos, Position end_pos,
                               bool exact) {
  base_pos_ = base_pos;
  end_pos_ = end_pos;
  exact_ = exact;
  MakeBuffer();
  if (!SrcReader()->ok()) FailWithoutAnnotation(SrcReader()->status());
}

bool ReaderAdaptor::ToleratesReadingAhead() {
  return ok() && SrcReader()->ToleratesReadingAhead();
}

bool ReaderAdaptor::SupportsRewind() {
  return ok() && !WantsBytes() && SrcReader()->SupportsRewind();
}

bool ReaderAdaptor::SupportsSize() {
  return ok() && (exact_ || SrcReader()->SupportsSize());
}

void ReaderAdaptor::SyncToSrc() {
  const std::string_view bytes(start(), start_to_cursor());
  if (!bytes.empty() && WantsBytes()) OnBytes(bytes);
  if (start() != nullptr) SrcReader()->set_cursor(cursor());
  DropBuffer();
}

void ReaderAdaptor::MakeBuffer() {
  Reader& src = *SrcReader();
  const Position pos = src.pos() - base_pos_;
  const size_t length =
      UnsignedMin(src.available(), end_pos_ - UnsignedMin(end_pos_, pos));
  set_buffer(src.cursor(), length);
  set_limit_pos(pos + length);
}

bool ReaderAdaptor::FailWithSrc() {
  Reader& src = *SrcReader();
  if (!src.ok()) return FailWithoutAnnotation(src.status());
  if (exact_ && pos() + available() < end_pos_) {
    return Fail(absl::InvalidArgumentError(
        absl::StrCat("Not enough data: expected up to byte ", end_pos_,
                     ", the source ends at ", pos() + available())));
  }
  return false;
}

void ReaderAdaptor::Done() {
  Reader* src = SrcReader();
  if (src != nullptr && not_failed()) SyncToSrc();
  Reader::Done();
  if (src != nullptr && OwnsSrc() && !src->Close()) {
    FailWithoutAnnotation(src->status());
  }
}

void ReaderAdaptor::OnFail() {
  if (SrcReader() != nullptr) SyncToSrc();
  Reader::OnFail();
}

absl::Status ReaderAdaptor::AnnotateStatusImpl(absl::Status status) {
  Reader* src = SrcReader();
  if (src == nullptr) return status;
  SyncToSrc();
  absl::Status annotated = src->AnnotateStatus(std::move(status));
  MakeBuffer();
  return annotated;
}

bool ReaderAdaptor::PullSlow(size_t min_length, size_t recommended_length) {
  SyncToSrc();
  const size_t length = UnsignedMin(min_length, Room());
  const bool complete =
      SrcReader()->Pull(length, UnsignedMin(recommended_length, Room()));
  MakeBuffer();
  if (!complete) return FailWithSrc();
  return length == min_length;
}

bool ReaderAdaptor::ReadSlow(size_t length, char* dest) {
  SyncToSrc();
  const size_t wanted = UnsignedMin(length, Room());
  size_t got = 0;
  const bool complete = SrcReader()->Read(wanted, dest, &got);
  if (WantsBytes()) OnBytes(std::string_view(dest, got));
  MakeBuffer();
  if (!complete) return FailWithSrc();
  return wanted == length;
}

bool ReaderAdaptor::ReadSlow(size_t length, absl::Cord& dest) {
  SyncToSrc();
  const size_t wanted = UnsignedMin(length, Room());
  absl::Cord bytes;
  const bool complete = SrcReader()->Read(wanted, bytes);
  if (WantsBytes()) {
    for (std::string_view chunk : bytes.Chunks()) OnBytes(chunk);
  }
  dest.Append(std::move(bytes));
  MakeBuffer();
  if (!complete) return FailWithSrc();
  return wanted == length;
}

bool ReaderAdaptor::CopySlow(Position length, Writer& dest) {
  if (WantsBytes()) return Reader::CopySlow(length, dest);
  SyncToSrc();
  const Position wanted = UnsignedMin(length, Room());
  const bool complete = SrcReader()->Copy(wanted, dest);
  MakeBuffer();
  if (!complete) return dest.ok() ? FailWithSrc() : false;
  return wanted == length;
}

bool ReaderAdaptor::SeekSlow(Position new_pos) {
  if (WantsBytes()) return Reader::SeekSlow(new_pos);
  SyncToSrc();
  const Position target = UnsignedMin(new_pos, end_pos_);
  if (base_pos_ > kNoEnd - target) {
    return Fail(absl::InvalidArgumentError("Position overflow"));
  }
  const bool complete = SrcReader()->Seek(base_pos_ + target);
  MakeBuffer();
  if (!complete) return FailWithSrc();
  return target == new_pos;
}

std::optional<Position> ReaderAdaptor::SizeImpl() {
  if (exact_) return end_pos_;
  SyncToSrc();
  const std::optional<Position> size = SrcReader()->Size();
  MakeBuffer();
  if (!size.has_value()) {
    FailWithSrc();
    return std::nullopt;
  }
  return UnsignedMin(*size - UnsignedMin(*size, base_pos_), end_pos_);
}

std::optional<Position> ReaderAdaptor::RemainingHintImpl() {
  if (exact_) return Room();
  SyncToSrc();
  const std::optional<Position> hint = SrcReader()->RemainingHint();
  MakeBuffer();
  if (!hint.has_value()) return std::nullopt;
  return UnsignedMin(*hint, Room());
}

void ReaderAdaptor::SetReadAllHintImpl(bool read_all_hint) {
  if (end_pos_ == kNoEnd) SrcReader()->SetReadAllHint(read_all_hint);
}

}  // namespace riegeli
