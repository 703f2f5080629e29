// A reader of Zstandard-compressed data.
#ifndef RIEGELI_ZSTD_ZSTD_READER_H_
#define RIEGELI_ZSTD_ZSTD_READER_H_

#include <optional>
#include <type_traits>
#include <utility>

#include "riegeli/base/initializer.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/bytes/with_stream.h"
#include "riegeli/codec/decompressing_reader.h"

namespace riegeli {

class ZstdReaderBase : public DecompressingReader {
 public:
  class Options {
   public:
    // Decode all compressed streams that follow one another, to the end of the
    // source; else exactly one, and what follows is left unread.
    Options& set_concatenate(bool concatenate) & {
      concatenate_ = concatenate;
      return *this;
    }
    Options&& set_concatenate(bool concatenate) && {
      return std::move(set_concatenate(concatenate));
    }
    bool concatenate() const { return concatenate_; }

   private:
    bool concatenate_ = false;
  };

 protected:
  explicit ZstdReaderBase(const Options& options);
};

// `Src` is `Reader*` (borrowed), a reader, or a unique_ptr to one. See
// `DecompressingReader` for what happens at the end and on failures.
template <typename Src = Reader*>
class ZstdReader : public WithSrc<ZstdReaderBase, Src> {
 public:
  using Options = ZstdReaderBase::Options;

  explicit ZstdReader(Initializer<Src> src,
                       const Options& options = Options())
      : WithSrc<ZstdReaderBase, Src>(options) {
    this->Open(std::move(src));
  }
};

template <typename Src>
explicit ZstdReader(Src&& src, ZstdReaderBase::Options options = {})
    -> ZstdReader<std::decay_t<Src>>;

// The decompressed size that the frame at the position of `src` states, if it
// does. Reads nothing.
std::optional<Position> ZstdUncompressedSize(Reader& src);

}  // namespace riegeli

#endif  // RIEGELI_ZSTD_ZSTD_READER_H_
