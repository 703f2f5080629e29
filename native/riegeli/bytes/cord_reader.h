// A reader of a Cord.
#ifndef RIEGELI_BYTES_CORD_READER_H_
#define RIEGELI_BYTES_CORD_READER_H_

#include <stddef.h>

#include <optional>
#include <type_traits>
#include <utility>

#include "absl/strings/cord.h"
#include "riegeli/base/block.h"
#include "riegeli/base/dependency.h"
#include "riegeli/base/initializer.h"
#include "riegeli/base/object.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/reader.h"

namespace riegeli {

// Shows the pieces of the Cord one after another, without copying them. Only
// where more bytes are pulled than a piece has left, these bytes are copied to
// a scratch block. Reading to a Cord shares the memory of the source.
class CordReaderBase : public Reader {
 public:
  bool ToleratesReadingAhead() override { return true; }
  bool SupportsRewind() override { return ok(); }
  bool SupportsSize() override { return ok(); }

 protected:
  CordReaderBase() = default;
  explicit CordReaderBase(Closed closed) : Reader(closed) {}

  virtual const absl::Cord* SrcCord() const = 0;

  // Begins at `pos` of the Cord.
  void Initialize(Position pos = 0);
  // Opens again after `Close` or kClosed.
  void ResetReader() { Reader::ResetReader(true); }
  // For the end of a move from `that`: the pieces may be elsewhere now.
  void TakeState(CordReaderBase& that);

  void Done() override;
  using Reader::ReadSlow;
  bool PullSlow(size_t min_length, size_t recommended_length) override;
  bool ReadSlow(size_t length, absl::Cord& dest) override;
  bool CopySlow(Position length, Writer& dest) override;
  bool SeekSlow(Position new_pos) override;
  std::optional<Position> SizeImpl() override;

 private:
  // Shows the piece that contains position `pos` <= size, from there on.
  void ShowPiece(Position pos);
  // The next `length` bytes at the cursor as a Cord; moves past them.
  absl::Cord Take(size_t length);

  // Stands at `iter_pos_`.
  std::optional<absl::Cord::CharIterator> iter_;
  Position iter_pos_ = 0;
  Block scratch_;
};

// `Src` is `const absl::Cord*` or `absl::Cord*` (borrowed, must not change
// meanwhile), or `absl::Cord`.
template <typename Src = const absl::Cord*>
class CordReader : public CordReaderBase {
 public:
  explicit CordReader(Closed closed) : CordReaderBase(closed) {}
  explicit CordReader(Initializer<Src> src) : src_(std::move(src)) {
    Initialize();
  }
  CordReader(CordReader&& that) noexcept : src_(std::move(that.src_)) {
    TakeState(that);
  }
  CordReader& operator=(CordReader&& that) noexcept {
    src_ = std::move(that.src_);
    TakeState(that);
    return *this;
  }

  // Begins anew with another Cord.
  void Reset(Initializer<Src> src) {
    src_.Reset(std::move(src));
    ResetReader();
    Initialize();
  }

 protected:
  const absl::Cord* SrcCord() const override { return src_.get(); }

 private:
  Dependency<const absl::Cord, Src> src_;
};

template <typename Src>
explicit CordReader(Src&& src) -> CordReader<std::decay_t<Src>>;

}  // namespace riegeli

#endif  // RIEGELI_BYTES_CORD_READER_H_
