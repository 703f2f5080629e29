// A writer of Zstandard-compressed data.
#ifndef RIEGELI_ZSTD_ZSTD_WRITER_H_
#define RIEGELI_ZSTD_ZSTD_WRITER_H_

#include <optional>
#include <type_traits>
#include <utility>

#include "riegeli/base/initializer.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/with_stream.h"
#include "riegeli/bytes/writer.h"
#include "riegeli/codec/compressing_writer.h"

namespace riegeli {

class ZstdWriterBase : public CompressingWriter {
 public:
  class Options {
   public:
    static constexpr int kMinCompressionLevel = -131072;
    static constexpr int kMaxCompressionLevel = 22;
    static constexpr int kDefaultCompressionLevel = 3;

    // kMinCompressionLevel (fastest) to kMaxCompressionLevel (densest); 0 is
    // the default.
    Options& set_compression_level(int compression_level) & {
      compression_level_ = compression_level;
      return *this;
    }
    Options&& set_compression_level(int compression_level) && {
      return std::move(set_compression_level(compression_level));
    }
    int compression_level() const { return compression_level_; }

    // Add a checksum of the decompressed data, which readers verify.
    Options& set_store_checksum(bool store_checksum) & {
      store_checksum_ = store_checksum;
      return *this;
    }
    Options&& set_store_checksum(bool store_checksum) && {
      return std::move(set_store_checksum(store_checksum));
    }
    bool store_checksum() const { return store_checksum_; }

    // The exact number of bytes that will be written; it is stored in the frame
    // and lets readers allocate what they need. Another number is a failure.
    Options& set_pledged_size(std::optional<Position> pledged_size) & {
      pledged_size_ = pledged_size;
      return *this;
    }
    Options&& set_pledged_size(std::optional<Position> pledged_size) && {
      return std::move(set_pledged_size(pledged_size));
    }
    std::optional<Position> pledged_size() const { return pledged_size_; }

   private:
    int compression_level_ = kDefaultCompressionLevel;
    bool store_checksum_ = false;
    std::optional<Position> pledged_size_;
  };

 protected:
  explicit ZstdWriterBase(const Options& options);
};

// `Dest` is `Writer*` (borrowed), a writer, or a unique_ptr to one. The
// compressed data is complete after `Close`.
template <typename Dest = Writer*>
class ZstdWriter : public WithDest<ZstdWriterBase, Dest> {
 public:
  using Options = ZstdWriterBase::Options;

  explicit ZstdWriter(Initializer<Dest> dest,
                       const Options& options = Options())
      : WithDest<ZstdWriterBase, Dest>(options) {
    this->Open(std::move(dest));
  }
};

template <typename Dest>
explicit ZstdWriter(Dest&& dest, ZstdWriterBase::Options options = {})
    -> ZstdWriter<std::decay_t<Dest>>;

}  // namespace riegeli

#endif  // RIEGELI_ZSTD_ZSTD_WRITER_H_
