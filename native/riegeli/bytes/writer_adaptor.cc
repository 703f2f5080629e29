#include "riegeli/bytes/writer_adaptor.h"

#include <stddef.h>

#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "riegeli/base/arithmetic.h"
#include "riegeli/base/chain.h"
#include "riegeli/base/external_ref.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/writer.h"

namespace riegeli {

void WriterAdaptor::Initialize(Position end_pos) {
  end_pos_ = end_pos;
  MakeBuffer();
  if (!DestWriter()->ok()) FailWithoutAnnotation(DestWriter()->status());
}

void WriterAdaptor::SyncToDest() {
  const std::string_view bytes(start(), start_to_cursor());
  if (!bytes.empty() && WantsBytes()) OnBytes(bytes);
  if (start() != nullptr) DestWriter()->set_cursor(cursor());
  DropBuffer();
}

void WriterAdaptor::MakeBuffer() {
  Writer& dest = *DestWriter();
  set_buffer(dest.cursor(),
             UnsignedMin(dest.available(),
                         end_pos_ - UnsignedMin(end_pos_, dest.pos())));
  set_start_pos(dest.pos());
}

bool WriterAdaptor::Admit(Position length) {
  if (length <= end_pos_ - UnsignedMin(end_pos_, pos())) return true;
  return Fail(absl::ResourceExhaustedError(
      absl::StrCat("Writing is limited to byte ", end_pos_)));
}

void WriterAdaptor::Done() {
  if (not_failed()) SyncToDest();
  Writer::Done();
  if (OwnsDest() && !DestWriter()->Close()) {
    FailWithoutAnnotation(DestWriter()->status());
  }
}

void WriterAdaptor::OnFail() {
  SyncToDest();
  Writer::OnFail();
}

absl::Status WriterAdaptor::AnnotateStatusImpl(absl::Status status) {
  SyncToDest();
  absl::Status annotated = DestWriter()->AnnotateStatus(std::move(status));
  MakeBuffer();
  return annotated;
}

bool WriterAdaptor::PushSlow(size_t min_length, size_t recommended_length) {
  SyncToDest();
  if (!Admit(min_length)) return false;
  const bool pushed = DestWriter()->Push(min_length, recommended_length);
  MakeBuffer();
  return pushed || FailWithoutAnnotation(DestWriter()->status());
}

void WriterAdaptor::ShowBytes(const absl::Cord& src) {
  if (!WantsBytes()) return;
  for (std::string_view chunk : src.Chunks()) OnBytes(chunk);
}

template <typename Src>
bool WriterAdaptor::WriteToDest(Src&& src) {
  const bool written = DestWriter()->Write(std::forward<Src>(src));
  MakeBuffer();
  return written || FailWithoutAnnotation(DestWriter()->status());
}

bool WriterAdaptor::WriteSlow(std::string_view src) {
  SyncToDest();
  if (!Admit(src.size())) return false;
  if (WantsBytes()) OnBytes(src);
  return WriteToDest(src);
}

bool WriterAdaptor::WriteSlow(const Chain& src) {
  return WriteSlow(src.cord());
}

bool WriterAdaptor::WriteSlow(const absl::Cord& src) {
  SyncToDest();
  if (!Admit(src.size())) return false;
  ShowBytes(src);
  return WriteToDest(src);
}

bool WriterAdaptor::WriteSlow(absl::Cord&& src) {
  SyncToDest();
  if (!Admit(src.size())) return false;
  ShowBytes(src);
  return WriteToDest(std::move(src));
}

bool WriterAdaptor::WriteSlow(ExternalRef src) {
  SyncToDest();
  if (!Admit(src.size())) return false;
  if (WantsBytes()) OnBytes(src.bytes());
  return WriteToDest(std::move(src));
}

void WriterAdaptor::SetWriteSizeHintImpl(
    std::optional<Position> write_size_hint) {
  SyncToDest();
  DestWriter()->SetWriteSizeHint(write_size_hint);
  MakeBuffer();
}

}  // namespace riegeli
