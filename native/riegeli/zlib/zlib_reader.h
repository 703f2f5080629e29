// A reader of Deflate-compressed (zlib, gzip, raw) data.
#ifndef RIEGELI_ZLIB_ZLIB_READER_H_
#define RIEGELI_ZLIB_ZLIB_READER_H_

#include <type_traits>
#include <utility>

#include "riegeli/base/initializer.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/bytes/with_stream.h"
#include "riegeli/codec/decompressing_reader.h"

namespace riegeli {

class ZlibReaderBase : public DecompressingReader {
 public:
  enum class Header { kZlib, kGzip, kZlibOrGzip, kRaw };

  class Options {
   public:
    // What precedes the compressed data; kRaw: nothing (as in ZIP).
    Options& set_header(Header header) & {
      header_ = header;
      return *this;
    }
    Options&& set_header(Header header) && {
      return std::move(set_header(header));
    }
    Header header() const { return header_; }

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
    Header header_ = Header::kZlibOrGzip;
    bool concatenate_ = false;
  };

 protected:
  explicit ZlibReaderBase(const Options& options);
};

// `Src` is `Reader*` (borrowed), a reader, or a unique_ptr to one. See
// `DecompressingReader` for what happens at the end and on failures.
template <typename Src = Reader*>
class ZlibReader : public WithSrc<ZlibReaderBase, Src> {
 public:
  using Options = ZlibReaderBase::Options;

  explicit ZlibReader(Initializer<Src> src,
                       const Options& options = Options())
      : WithSrc<ZlibReaderBase, Src>(options) {
    this->Open(std::move(src));
  }
};

template <typename Src>
explicit ZlibReader(Src&& src, ZlibReaderBase::Options options = {})
    -> ZlibReader<std::decay_t<Src>>;

}  // namespace riegeli

#endif  // RIEGELI_ZLIB_ZLIB_READER_H_
