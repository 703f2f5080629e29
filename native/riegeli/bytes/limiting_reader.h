// A reader that ends early.
#ifndef RIEGELI_BYTES_LIMITING_READER_H_
#define RIEGELI_BYTES_LIMITING_READER_H_

#include <optional>
#include <type_traits>
#include <utility>

#include "riegeli/base/arithmetic.h"
#include "riegeli/base/initializer.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/bytes/reader_adaptor.h"
#include "riegeli/bytes/with_stream.h"

namespace riegeli {

class LimitingReaderBase : public ReaderAdaptor {
 public:
  class Options {
   public:
    // The reader ends this many bytes after the place where it began. A source
    // that ends before is a failure (InvalidArgument, "Not enough data") of the
    // read that needs the missing bytes.
    Options& set_exact_length(Position length) & {
      exact_length_ = length;
      return *this;
    }
    Options&& set_exact_length(Position length) && {
      return std::move(set_exact_length(length));
    }
    std::optional<Position> exact_length() const { return exact_length_; }

   private:
    std::optional<Position> exact_length_;
  };

  // The position where the reader ends. Positions are those of the source.
  Position max_pos() const { return end_pos(); }

 protected:
  using ReaderAdaptor::ReaderAdaptor;

  void Initialize(const Options& options) {
    const std::optional<Position> length = options.exact_length();
    ReaderAdaptor::Initialize(
        0, length.has_value() ? SaturatingAdd(SrcReader()->pos(), *length)
                              : kNoEnd,
        length.has_value());
  }
};

// `Src` is `Reader*` (borrowed), a reader, or a unique_ptr to one.
template <typename Src = Reader*>
class LimitingReader : public WithSrc<LimitingReaderBase, Src> {
 public:
  using Options = LimitingReaderBase::Options;

  explicit LimitingReader(Initializer<Src> src,
                          const Options& options = Options()) {
    this->Open(std::move(src), options);
  }
};

template <typename Src>
explicit LimitingReader(Src&& src, LimitingReaderBase::Options options = {})
    -> LimitingReader<std::decay_t<Src>>;

}  // namespace riegeli

#endif  // RIEGELI_BYTES_LIMITING_READER_H_
