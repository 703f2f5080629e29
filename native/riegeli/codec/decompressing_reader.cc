#include "riegeli/codec/decompressing_reader.h"

#include <stddef.h>

#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "riegeli/base/arithmetic.h"
#include "riegeli/base/object.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/codec/decoder.h"

namespace riegeli {
namespace {

// Compressed data in pieces is put together up to this size.
constexpr size_t kMaxGathered = size_t{64} << 20;

// Whether the buffer of `src` is known to hold all that is left of it.
bool ShowsEnd(Reader& src) {
  if (!src.SupportsSize()) return false;
  const std::optional<Position> size = src.Size();
  return size.has_value() && src.pos() + src.available() >= *size;
}

}  // namespace

void DecompressingReader::Initialize() {
  Reader& src = *SrcReader();
  src_begin_ = src.pos();
  if (!src.not_failed() || !src.is_open()) {
    FailWithoutAnnotation(src.status());
    return;
  }
  if (absl::Status status = decoder_->Start(); !status.ok()) {
    FailDecoding(std::move(status));
  }
}

bool DecompressingReader::ToleratesReadingAhead() {
  return ok() && SrcReader()->ToleratesReadingAhead();
}

bool DecompressingReader::SupportsRewind() {
  return ok() && SrcReader()->SupportsRewind();
}

size_t DecompressingReader::ReadInternal(size_t min_length, size_t max_length,
                                         char* dest) {
  Reader& src = *SrcReader();
  size_t produced = 0;
  bool src_ended = false;
  while (produced < min_length) {
    if (stream_ended_) {
      if (!concatenate_) break;
      if (!src.Pull()) {
        if (!src.ok()) FailAtSrcEnd();
        break;
      }
      if (absl::Status status = decoder_->Start(); !status.ok()) {
        FailDecoding(std::move(status));
        break;
      }
      stream_ended_ = false;
    }
    if (src.available() == 0 && !src.Pull()) {
      if (!src.ok()) {
        FailAtSrcEnd();
        break;
      }
      src_ended = true;
    }
    if (limit_pos() == 0) GatherSrc(max_length - produced);
    if (!src_ended) src_ended = ShowsEnd(src);
    const Decoder::Step step =
        decoder_->Decode(std::string_view(src.cursor(), src.available()),
                         src_ended, dest + produced, max_length - produced);
    src.move_cursor(step.consumed);
    produced += step.produced;
    move_limit_pos(step.produced);
    if (!step.status.ok()) {
      FailDecoding(step.status);
      break;
    }
    stream_ended_ = step.stream_end;
    if (step.consumed == 0 && step.produced == 0 && !step.stream_end) {
      if (src_ended) {
        FailAtSrcEnd();
        break;
      }
      // The decoder waits for more than the source shows in one piece.
      if (!src.Pull(src.available() + 1)) {
        FailAtSrcEnd();
        break;
      }
    }
  }
  return produced;
}

void DecompressingReader::GatherSrc(size_t dest_size) {
  Reader& src = *SrcReader();
  if (!src.SupportsSize()) return;
  const std::optional<Position> size = src.Size();
  if (!size.has_value()) return;
  const Position left = *size - UnsignedMin(*size, src.pos());
  if (left <= UnsignedMin(dest_size, kMaxGathered)) {
    src.Pull(static_cast<size_t>(left));
  }
}

void DecompressingReader::FailAtSrcEnd() {
  Reader& src = *SrcReader();
  if (src.ok()) {
    FailDecoding(absl::InvalidArgumentError(
        absl::StrCat("Truncated ", decoder_->name(), "-compressed stream")));
  } else {
    FailWithoutAnnotation(
        WithDetail(src.status(),
                   absl::StrCat("at uncompressed byte ", limit_pos())));
  }
}

void DecompressingReader::FailDecoding(absl::Status status) {
  FailWithoutAnnotation(WithPositions(std::move(status), limit_pos()));
}

absl::Status DecompressingReader::AnnotateStatusImpl(absl::Status status) {
  return WithPositions(std::move(status), pos());
}

absl::Status DecompressingReader::WithPositions(absl::Status status,
                                                Position uncompressed_pos) {
  return WithDetail(SrcReader()->AnnotateStatus(std::move(status)),
                    absl::StrCat("at uncompressed byte ", uncompressed_pos));
}

void DecompressingReader::Done() {
  BufferedReader::Done();
  decoder_.reset();
  if (OwnsSrc() && !SrcReader()->Close()) {
    FailWithoutAnnotation(SrcReader()->status());
  }
}

void DecompressingReader::VerifyEndImpl() {
  BufferedReader::VerifyEndImpl();
  if (ok() && OwnsSrc() && !SrcReader()->VerifyEnd()) {
    FailWithoutAnnotation(SrcReader()->status());
  }
}

bool DecompressingReader::SeekSlow(Position new_pos) {
  if (new_pos < pos()) {
    Reader& src = *SrcReader();
    if (!src.SupportsRewind()) return BufferedReader::SeekSlow(new_pos);
    if (!src.Seek(src_begin_)) {
      FailAtSrcEnd();
      return false;
    }
    RestartAt(0);
    stream_ended_ = false;
    if (absl::Status status = decoder_->Start(); !status.ok()) {
      FailDecoding(std::move(status));
      return false;
    }
  }
  return BufferedReader::SeekSlow(new_pos);
}

std::optional<Position> DecompressingReader::RemainingHintImpl() {
  if (stream_ended_ && !concatenate_) return available();
  if (!stated_end_.has_value()) {
    stated_end_ = std::optional<Position>();
    Reader& src = *SrcReader();
    // Of several streams, the first one does not tell the size of all.
    if (!concatenate_ && limit_pos() == 0 && src.pos() == src_begin_) {
      src.Pull(decoder_->HeadSize());
      stated_end_ = decoder_->StatedSize(
          std::string_view(src.cursor(), src.available()), ShowsEnd(src));
    }
  }
  // One that turned out wrong is of no use.
  if (!stated_end_->has_value() || **stated_end_ < pos()) return std::nullopt;
  return **stated_end_ - pos();
}

void DecompressingReader::SetReadAllHintImpl(bool read_all_hint) {
  SrcReader()->SetReadAllHint(read_all_hint);
}

}  // namespace riegeli
