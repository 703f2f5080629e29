// A writer that shows the buffer of another one.
#ifndef RIEGELI_BYTES_WRITER_ADAPTOR_H_
#define RIEGELI_BYTES_WRITER_ADAPTOR_H_

#include <stddef.h>

#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "riegeli/base/chain.h"
#include "riegeli/base/external_ref.h"
#include "riegeli/base/object.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/writer.h"

namespace riegeli {

// Writes to another writer, the bytes unchanged and not copied, with an end of
// its own or an eye on what passes.
//
// While this writer is in use, the destination must not be; closing this writer
// passes everything on. A failure of the destination becomes a failure of this
// writer.
class WriterAdaptor : public Writer {
 public:
  WriterAdaptor(WriterAdaptor&&) = delete;

 protected:
  WriterAdaptor() = default;

  // The destination, which this writer closes where it owns it.
  virtual Writer* DestWriter() const = 0;
  virtual bool OwnsDest() const = 0;
  // Sees the bytes that are written, in order, in pieces.
  virtual void OnBytes(std::string_view /*bytes*/) {}
  virtual bool WantsBytes() const { return false; }

  // Begins at the current position of the destination. Called by constructors.
  // Writing beyond position `end_pos` is a failure (ResourceExhausted).
  void Initialize(Position end_pos = kNoEnd);
  // Passes on what has been written; the buffer is unusable until `MakeBuffer`.
  void SyncToDest();

  void Done() override;
  void OnFail() override;
  absl::Status AnnotateStatusImpl(absl::Status status) override;
  bool PushSlow(size_t min_length, size_t recommended_length) override;
  bool WriteSlow(std::string_view src) override;
  bool WriteSlow(const Chain& src) override;
  bool WriteSlow(const absl::Cord& src) override;
  bool WriteSlow(absl::Cord&& src) override;
  bool WriteSlow(ExternalRef src) override;
  void SetWriteSizeHintImpl(std::optional<Position> write_size_hint) override;

  static constexpr Position kNoEnd = std::numeric_limits<Position>::max();

 private:
  // Whether `length` more bytes may be written; else fails.
  bool Admit(Position length);
  // Takes the buffer of the destination up to the end.
  void MakeBuffer();
  void ShowBytes(const absl::Cord& src);
  template <typename Src>
  bool WriteToDest(Src&& src);

  Position end_pos_ = kNoEnd;
};

}  // namespace riegeli

#endif  // RIEGELI_BYTES_WRITER_ADAPTOR_H_
