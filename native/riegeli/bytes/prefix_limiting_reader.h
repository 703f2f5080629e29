// A reader whose positions begin at 0 within its source.
#ifndef RIEGELI_BYTES_PREFIX_LIMITING_READER_H_
#define RIEGELI_BYTES_PREFIX_LIMITING_READER_H_

#include <optional>
#include <type_traits>
#include <utility>

#include "riegeli/base/initializer.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/bytes/reader_adaptor.h"
#include "riegeli/bytes/with_stream.h"

namespace riegeli {

class PrefixLimitingReaderBase : public ReaderAdaptor {
 public:
  class Options {
   public:
    // The source position that is position 0 here; default: where it stands.
    Options& set_base_pos(Position base_pos) & {
      base_pos_ = base_pos;
      return *this;
    }
    Options&& set_base_pos(Position base_pos) && {
      return std::move(set_base_pos(base_pos));
    }
    std::optional<Position> base_pos() const { return base_pos_; }

   private:
    std::optional<Position> base_pos_;
  };

 protected:
  using ReaderAdaptor::ReaderAdaptor;

  void Initialize(const Options& options) {
    ReaderAdaptor::Initialize(options.base_pos().value_or(SrcReader()->pos()));
  }
};

// `Src` is `Reader*` (borrowed), a reader, or a unique_ptr to one.
template <typename Src = Reader*>
class PrefixLimitingReader : public WithSrc<PrefixLimitingReaderBase, Src> {
 public:
  using Options = PrefixLimitingReaderBase::Options;

  explicit PrefixLimitingReader(Initializer<Src> src,
                                const Options& options = Options()) {
    this->Open(std::move(src), options);
  }
};

template <typename Src>
explicit PrefixLimitingReader(Src&& src,
                              PrefixLimitingReaderBase::Options options = {})
    -> PrefixLimitingReader<std::decay_t<Src>>;

}  // namespace riegeli

#endif  // RIEGELI_BYTES_PREFIX_LIMITING_READER_H_
