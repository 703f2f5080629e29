// A reader of LZMA-compressed (xz) data.
#ifndef RIEGELI_XZ_XZ_READER_H_
#define RIEGELI_XZ_XZ_READER_H_

#include <type_traits>
#include <utility>

#include "riegeli/base/initializer.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/bytes/with_stream.h"
#include "riegeli/codec/decompressing_reader.h"

namespace riegeli {

class XzReaderBase : public DecompressingReader {
 public:
  enum class Container { kXz, kXzOrLzma };

  class Options {
   public:
    // The file formats that are recognised.
    Options& set_container(Container container) & {
      container_ = container;
      return *this;
    }
    Options&& set_container(Container container) && {
      return std::move(set_container(container));
    }
    Container container() const { return container_; }

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
    Container container_ = Container::kXzOrLzma;
    bool concatenate_ = false;
  };

 protected:
  explicit XzReaderBase(const Options& options);
};

// `Src` is `Reader*` (borrowed), a reader, or a unique_ptr to one. See
// `DecompressingReader` for what happens at the end and on failures.
template <typename Src = Reader*>
class XzReader : public WithSrc<XzReaderBase, Src> {
 public:
  using Options = XzReaderBase::Options;

  explicit XzReader(Initializer<Src> src,
                       const Options& options = Options())
      : WithSrc<XzReaderBase, Src>(options) {
    this->Open(std::move(src));
  }
};

template <typename Src>
explicit XzReader(Src&& src, XzReaderBase::Options options = {})
    -> XzReader<std::decay_t<Src>>;

}  // namespace riegeli

#endif  // RIEGELI_XZ_XZ_READER_H_
