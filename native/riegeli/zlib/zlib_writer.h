// A writer of Deflate-compressed (zlib, gzip, raw) data.
#ifndef RIEGELI_ZLIB_ZLIB_WRITER_H_
#define RIEGELI_ZLIB_ZLIB_WRITER_H_

#include <type_traits>
#include <utility>

#include "riegeli/base/initializer.h"
#include "riegeli/bytes/with_stream.h"
#include "riegeli/bytes/writer.h"
#include "riegeli/codec/compressing_writer.h"

namespace riegeli {

class ZlibWriterBase : public CompressingWriter {
 public:
  enum class Header { kZlib, kGzip, kRaw };

  class Options {
   public:
    // 0 (none) to 9 (best); -1 is the default of zlib, 6.
    Options& set_compression_level(int compression_level) & {
      compression_level_ = compression_level;
      return *this;
    }
    Options&& set_compression_level(int compression_level) && {
      return std::move(set_compression_level(compression_level));
    }
    int compression_level() const { return compression_level_; }

    // What precedes the compressed data; kRaw: nothing (as in ZIP).
    Options& set_header(Header header) & {
      header_ = header;
      return *this;
    }
    Options&& set_header(Header header) && {
      return std::move(set_header(header));
    }
    Header header() const { return header_; }

   private:
    int compression_level_ = -1;
    Header header_ = Header::kZlib;
  };

 protected:
  explicit ZlibWriterBase(const Options& options);
};

// `Dest` is `Writer*` (borrowed), a writer, or a unique_ptr to one. The
// compressed data is complete after `Close`.
template <typename Dest = Writer*>
class ZlibWriter : public WithDest<ZlibWriterBase, Dest> {
 public:
  using Options = ZlibWriterBase::Options;

  explicit ZlibWriter(Initializer<Dest> dest,
                       const Options& options = Options())
      : WithDest<ZlibWriterBase, Dest>(options) {
    this->Open(std::move(dest));
  }
};

template <typename Dest>
explicit ZlibWriter(Dest&& dest, ZlibWriterBase::Options options = {})
    -> ZlibWriter<std::decay_t<Dest>>;

}  // namespace riegeli

#endif  // RIEGELI_ZLIB_ZLIB_WRITER_H_
