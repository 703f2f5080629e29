// A reader that shows the buffer of another one.
#ifndef RIEGELI_BYTES_READER_ADAPTOR_H_
#define RIEGELI_BYTES_READER_ADAPTOR_H_

#include <stddef.h>

#include <limits>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "riegeli/base/object.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/reader.h"

namespace riegeli {

// Reads from another reader, its bytes unchanged and not copied, with another
// position, an end of its own, or an eye on what passes.
//
// While this reader is in use, the source must not be; closing this reader (or
// its failure) leaves the source at the corresponding position. A failure of
// the source becomes a failure of this reader.
class ReaderAdaptor : public Reader {
 public:
  ReaderAdaptor(ReaderAdaptor&&) = delete;

  bool ToleratesReadingAhead() override;
  bool SupportsRewind() override;
  bool SupportsSize() override;

 protected:
  ReaderAdaptor() = default;
  explicit ReaderAdaptor(Closed closed) : Reader(closed) {}

  // The source, which this reader closes where it owns it; nullptr where this
  // reader was never opened.
  virtual Reader* SrcReader() const = 0;
  virtual bool OwnsSrc() const = 0;
  // Sees the bytes that have been read, in order, in pieces.
  virtual void OnBytes(std::string_view /*bytes*/) {}
  virtual bool WantsBytes() const { return false; }

  // Begins at the current position of the source. Called by constructors.
  // `base_pos` is the source position that is 0 here, `end_pos` the end in
  // positions of this reader; where `exact`, a source that ends before is a
  // failure (InvalidArgument, "Not enough data").
  void Initialize(Position base_pos = 0, Position end_pos = kNoEnd,
                  bool exact = false);
  Position end_pos() const { return end_pos_; }

  void Done() override;
  void OnFail() override;
  absl::Status AnnotateStatusImpl(absl::Status status) override;
  bool PullSlow(size_t min_length, size_t recommended_length) override;
  bool ReadSlow(size_t length, char* dest) override;
  bool ReadSlow(size_t length, absl::Cord& dest) override;
  bool CopySlow(Position length, Writer& dest) override;
  bool SeekSlow(Position new_pos) override;
  std::optional<Position> SizeImpl() override;
  std::optional<Position> RemainingHintImpl() override;
  void SetReadAllHintImpl(bool read_all_hint) override;

  static constexpr Position kNoEnd = std::numeric_limits<Position>::max();

 private:
  // Moves the source to the position of this reader; the buffer is unusable
  // until `MakeBuffer`.
  void SyncToSrc();
  // Takes the buffer of the source up to the end.
  void MakeBuffer();
  // The number of bytes up to the end; kNoEnd where there is none.
  Position Room() const { return end_pos_ - pos(); }
  // Says why the source gave no more. Returns false.
  bool FailWithSrc();

  Position base_pos_ = 0;
  Position end_pos_ = kNoEnd;
  bool exact_ = false;
};

}  // namespace riegeli

#endif  // RIEGELI_BYTES_READER_ADAPTOR_H_
