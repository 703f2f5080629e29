// A writer to a Cord.
#ifndef RIEGELI_BYTES_CORD_WRITER_H_
#define RIEGELI_BYTES_CORD_WRITER_H_

#include <stddef.h>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/strings/cord.h"
#include "riegeli/base/block.h"
#include "riegeli/base/dependency.h"
#include "riegeli/base/external_ref.h"
#include "riegeli/base/initializer.h"
#include "riegeli/base/maker.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/writer.h"

namespace riegeli {

// Collects what is written in blocks whose size grows with the total, and hands
// these to the Cord without copying. Cords and external bytes are shared. The
// Cord is complete after `Close`.
class CordWriterBase : public Writer {
 public:
  class Options {
   public:
    static constexpr size_t kDefaultMinBlockSize = size_t{1} << 10;
    static constexpr size_t kDefaultMaxBlockSize = size_t{1} << 20;

    // Keep what the Cord holds already, instead of clearing it first.
    Options& set_append(bool append) & {
      append_ = append;
      return *this;
    }
    Options&& set_append(bool append) && {
      return std::move(set_append(append));
    }
    bool append() const { return append_; }

    // Bounds of the size of blocks; a larger one is made only where a caller
    // needs more bytes in one piece.
    Options& set_max_block_size(size_t max_block_size) & {
      max_block_size_ = max_block_size;
      return *this;
    }
    Options&& set_max_block_size(size_t max_block_size) && {
      return std::move(set_max_block_size(max_block_size));
    }
    size_t max_block_size() const { return max_block_size_; }

   private:
    bool append_ = false;
    size_t max_block_size_ = kDefaultMaxBlockSize;
  };

 protected:
  explicit CordWriterBase(const Options& options)
      : max_block_size_(options.max_block_size()) {}
  CordWriterBase(CordWriterBase&& that) noexcept = default;
  CordWriterBase& operator=(CordWriterBase&& that) noexcept = default;

  virtual absl::Cord* DestCord() = 0;

  void Initialize(bool append);

  void Done() override;
  bool PushSlow(size_t min_length, size_t recommended_length) override;
  using Writer::WriteSlow;
  bool WriteSlow(const absl::Cord& src) override;
  bool WriteSlow(absl::Cord&& src) override;
  bool WriteSlow(ExternalRef src) override;
  void SetWriteSizeHintImpl(std::optional<Position> write_size_hint) override;

 private:
  // Moves what has been written from the block to the Cord.
  void SyncBlock();

  size_t max_block_size_;
  Block block_;
  std::optional<Position> expected_end_;
};

// `Dest` is `absl::Cord*` (borrowed) or `absl::Cord`.
template <typename Dest = absl::Cord*>
class CordWriter : public CordWriterBase {
 public:
  explicit CordWriter(Initializer<Dest> dest,
                      const Options& options = Options())
      : CordWriterBase(options), dest_(std::move(dest)) {
    Initialize(options.append());
  }
  // To a Cord of its own, which `dest()` gives after `Close`.
  explicit CordWriter(const Options& options = Options())
      : CordWriterBase(options), dest_(Maker()) {
    static_assert(std::is_same_v<Dest, absl::Cord>);
    Initialize(true);
  }
  CordWriter(CordWriter&& that) noexcept = default;
  CordWriter& operator=(CordWriter&& that) noexcept = default;

  Dest& dest() { return dest_.manager(); }

 protected:
  absl::Cord* DestCord() override { return dest_.get(); }

 private:
  Dependency<absl::Cord, Dest> dest_;
};

template <typename Dest>
explicit CordWriter(Dest&& dest, CordWriterBase::Options options = {})
    -> CordWriter<std::decay_t<Dest>>;

}  // namespace riegeli

#endif  // RIEGELI_BYTES_CORD_WRITER_H_
