// A writer that accepts so much and no more.
#ifndef RIEGELI_BYTES_LIMITING_WRITER_H_
#define RIEGELI_BYTES_LIMITING_WRITER_H_

#include <optional>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "riegeli/base/arithmetic.h"
#include "riegeli/base/initializer.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/with_stream.h"
#include "riegeli/bytes/writer.h"
#include "riegeli/bytes/writer_adaptor.h"

namespace riegeli {

class LimitingWriterBase : public WriterAdaptor {
 public:
  class Options {
   public:
    // Writing more than this many bytes is a failure (ResourceExhausted), and
    // so is closing after less (InvalidArgument, "Not enough data").
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

 protected:
  void Initialize(const Options& options) {
    if (options.exact_length().has_value()) {
      exact_end_ = SaturatingAdd(DestWriter()->pos(), *options.exact_length());
    }
    WriterAdaptor::Initialize(exact_end_.value_or(kNoEnd));
  }

  void Done() override {
    if (ok() && exact_end_.has_value() && pos() < *exact_end_) {
      Fail(absl::InvalidArgumentError(absl::StrCat(
          "Not enough data: expected up to byte ", *exact_end_)));
    }
    WriterAdaptor::Done();
  }

 private:
  std::optional<Position> exact_end_;
};

// `Dest` is `Writer*` (borrowed), a writer, or a unique_ptr to one.
template <typename Dest = Writer*>
class LimitingWriter : public WithDest<LimitingWriterBase, Dest> {
 public:
  using Options = LimitingWriterBase::Options;

  explicit LimitingWriter(Initializer<Dest> dest,
                          const Options& options = Options()) {
    this->Open(std::move(dest), options);
  }
};

template <typename Dest>
explicit LimitingWriter(Dest&& dest, LimitingWriterBase::Options options = {})
    -> LimitingWriter<std::decay_t<Dest>>;

}  // namespace riegeli

#endif  // RIEGELI_BYTES_LIMITING_WRITER_H_
