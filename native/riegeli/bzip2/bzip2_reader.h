// A reader of bzip2-compressed data.
#ifndef RIEGELI_BZIP2_BZIP2_READER_H_
#define RIEGELI_BZIP2_BZIP2_READER_H_

#include <type_traits>
#include <utility>

#include "riegeli/base/initializer.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/bytes/with_stream.h"
#include "riegeli/codec/decompressing_reader.h"

namespace riegeli {

class Bzip2ReaderBase : public DecompressingReader {
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
  explicit Bzip2ReaderBase(const Options& options);
};

// `Src` is `Reader*` (borrowed), a reader, or a unique_ptr to one. See
// `DecompressingReader` for what happens at the end and on failures.
template <typename Src = Reader*>
class Bzip2Reader : public WithSrc<Bzip2ReaderBase, Src> {
 public:
  using Options = Bzip2ReaderBase::Options;

  explicit Bzip2Reader(Initializer<Src> src,
                       const Options& options = Options())
      : WithSrc<Bzip2ReaderBase, Src>(options) {
    this->Open(std::move(src));
  }
};

template <typename Src>
explicit Bzip2Reader(Src&& src, Bzip2ReaderBase::Options options = {})
    -> Bzip2Reader<std::decay_t<Src>>;

}  // namespace riegeli

#endif  // RIEGELI_BZIP2_BZIP2_READER_H_
