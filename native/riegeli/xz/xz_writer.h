// A writer of LZMA-compressed (xz) data.
#ifndef RIEGELI_XZ_XZ_WRITER_H_
#define RIEGELI_XZ_XZ_WRITER_H_

#include <type_traits>
#include <utility>

#include "riegeli/base/initializer.h"
#include "riegeli/bytes/with_stream.h"
#include "riegeli/bytes/writer.h"
#include "riegeli/codec/compressing_writer.h"

namespace riegeli {

class XzWriterBase : public CompressingWriter {
 public:
  enum class Container { kXz };
  // The values are those of lzma_check.
  enum class Check { kNone = 0, kCrc32 = 1, kCrc64 = 4, kSha256 = 10 };

  class Options {
   public:
    // The file format.
    Options& set_container(Container container) & {
      container_ = container;
      return *this;
    }
    Options&& set_container(Container container) && {
      return std::move(set_container(container));
    }
    Container container() const { return container_; }

    // The checksum of the decompressed data.
    Options& set_check(Check check) & {
      check_ = check;
      return *this;
    }
    Options&& set_check(Check check) && {
      return std::move(set_check(check));
    }
    Check check() const { return check_; }

    // 0 (fastest) to 9 (densest).
    Options& set_compression_level(int compression_level) & {
      compression_level_ = compression_level;
      return *this;
    }
    Options&& set_compression_level(int compression_level) && {
      return std::move(set_compression_level(compression_level));
    }
    int compression_level() const { return compression_level_; }

    // Spend more time for slightly denser data.
    Options& set_extreme(bool extreme) & {
      extreme_ = extreme;
      return *this;
    }
    Options&& set_extreme(bool extreme) && {
      return std::move(set_extreme(extreme));
    }
    bool extreme() const { return extreme_; }

   private:
    Container container_ = Container::kXz;
    Check check_ = Check::kCrc64;
    int compression_level_ = 6;
    bool extreme_ = false;
  };

 protected:
  explicit XzWriterBase(const Options& options);
};

// `Dest` is `Writer*` (borrowed), a writer, or a unique_ptr to one. The
// compressed data is complete after `Close`.
template <typename Dest = Writer*>
class XzWriter : public WithDest<XzWriterBase, Dest> {
 public:
  using Options = XzWriterBase::Options;

  explicit XzWriter(Initializer<Dest> dest,
                       const Options& options = Options())
      : WithDest<XzWriterBase, Dest>(options) {
    this->Open(std::move(dest));
  }
};

template <typename Dest>
explicit XzWriter(Dest&& dest, XzWriterBase::Options options = {})
    -> XzWriter<std::decay_t<Dest>>;

}  // namespace riegeli

#endif  // RIEGELI_XZ_XZ_WRITER_H_
