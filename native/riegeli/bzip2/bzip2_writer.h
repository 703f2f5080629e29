// A writer of bzip2-compressed data.
#ifndef RIEGELI_BZIP2_BZIP2_WRITER_H_
#define RIEGELI_BZIP2_BZIP2_WRITER_H_

#include <type_traits>
#include <utility>

#include "riegeli/base/initializer.h"
#include "riegeli/bytes/with_stream.h"
#include "riegeli/bytes/writer.h"
#include "riegeli/codec/compressing_writer.h"

namespace riegeli {

class Bzip2WriterBase : public CompressingWriter {
 public:
  class Options {
   public:
    // 1 to 9: the block size in units of 100,000 bytes.
    Options& set_compression_level(int compression_level) & {
      compression_level_ = compression_level;
      return *this;
    }
    Options&& set_compression_level(int compression_level) && {
      return std::move(set_compression_level(compression_level));
    }
    int compression_level() const { return compression_level_; }

   private:
    int compression_level_ = 9;
  };

 protected:
  explicit Bzip2WriterBase(const Options& options);
};

// `Dest` is `Writer*` (borrowed), a writer, or a unique_ptr to one. The
// compressed data is complete after `Close`.
template <typename Dest = Writer*>
class Bzip2Writer : public WithDest<Bzip2WriterBase, Dest> {
 public:
  using Options = Bzip2WriterBase::Options;

  explicit Bzip2Writer(Initializer<Dest> dest,
                       const Options& options = Options())
      : WithDest<Bzip2WriterBase, Dest>(options) {
    this->Open(std::move(dest));
  }
};

template <typename Dest>
explicit Bzip2Writer(Dest&& dest, Bzip2WriterBase::Options options = {})
    -> Bzip2Writer<std::decay_t<Dest>>;

}  // namespace riegeli

#endif  // RIEGELI_BZIP2_BZIP2_WRITER_H_
