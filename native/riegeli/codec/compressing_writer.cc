#include "riegeli/codec/compressing_writer.h"

#include <stddef.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "riegeli/base/arithmetic.h"
#include "riegeli/base/object.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/writer.h"
#include "riegeli/codec/encoder.h"

namespace riegeli {
namespace {

// Room that is asked for beyond the size of the bytes to be compressed, for
// headers and incompressible data.
constexpr size_t kMargin = 256;
constexpr size_t kMaxRoom = size_t{256} << 10;

}  // namespace

void CompressingWriter::Initialize() {
  Writer& dest = *DestWriter();
  if (!dest.ok()) {
    FailWithoutAnnotation(dest.status());
    return;
  }
  if (absl::Status status = encoder_->Start(); !status.ok()) {
    Fail(std::move(status));
  }
}

bool CompressingWriter::WriteInternal(std::string_view src) {
  const size_t length = src.size();
  const Position end = SaturatingAdd(start_pos(), Position{length});
  if (!Encode(src, encoder_->EndsAt(end))) return false;
  move_start_pos(length);
  return true;
}

bool CompressingWriter::Encode(std::string_view src, bool finish) {
  if (finished_) {
    return Fail(absl::InvalidArgumentError(
        "More bytes were written than had been promised"));
  }
  Writer& dest = *DestWriter();
  while (finish || !src.empty()) {
    if (!dest.Push(1, std::min(SaturatingAdd(src.size(), kMargin), kMaxRoom))) {
      return FailWithoutAnnotation(dest.status());
    }
    const Encoder::Step step =
        encoder_->Encode(src, finish, dest.cursor(), dest.available());
    src.remove_prefix(step.consumed);
    dest.move_cursor(step.produced);
    if (!step.status.ok()) return Fail(step.status);
    if (step.stream_end) {
      finished_ = true;
      break;
    }
    if (step.consumed == 0 && step.produced == 0) {
      return Fail(absl::InternalError("Compression does not proceed"));
    }
  }
  return true;
}

void CompressingWriter::Done() {
  BufferedWriter::Done();
  if (ok() && !finished_) Encode(std::string_view(), true);
  encoder_.reset();
  if (OwnsDest() && !DestWriter()->Close()) {
    FailWithoutAnnotation(DestWriter()->status());
  }
}

absl::Status CompressingWriter::AnnotateStatusImpl(absl::Status status) {
  return WithDetail(DestWriter()->AnnotateStatus(std::move(status)),
                    absl::StrCat("at uncompressed byte ", pos()));
}

}  // namespace riegeli
