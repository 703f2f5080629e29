// A reader that computes a digest of what passes.
#ifndef RIEGELI_DIGESTS_DIGESTING_READER_H_
#define RIEGELI_DIGESTS_DIGESTING_READER_H_

#include <string_view>
#include <type_traits>
#include <utility>

#include "riegeli/base/initializer.h"
#include "riegeli/base/maker.h"
#include "riegeli/base/object.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/bytes/reader_adaptor.h"
#include "riegeli/bytes/with_stream.h"

namespace riegeli {

// Reads from `Src` as it is, and shows the bytes to a `Digester`, which has
// `Write(std::string_view)` and `Digest()`. Going back is not possible.
template <typename Digester, typename Src = Reader*>
class DigestingReader : public WithSrc<ReaderAdaptor, Src> {
 public:
  using DigestType = std::decay_t<decltype(std::declval<Digester&>().Digest())>;

  explicit DigestingReader(Closed closed)
      : WithSrc<ReaderAdaptor, Src>(closed) {}
  explicit DigestingReader(Initializer<Src> src,
                           Initializer<Digester> digester = Maker())
      : digester_(std::move(digester).Construct()) {
    this->Open(std::move(src));
  }

  // Opens (again) with another source.
  void Reset(Initializer<Src> src, Initializer<Digester> digester = Maker()) {
    digester_ = std::move(digester).Construct();
    this->ResetReader(true);
    this->Open(std::move(src));
  }

  // The digest of the bytes read; of all of them once this is closed.
  DigestType Digest() { return digester_.Digest(); }

 protected:
  void OnBytes(std::string_view bytes) override { digester_.Write(bytes); }
  bool WantsBytes() const override { return true; }

 private:
  Digester digester_;
};

}  // namespace riegeli

#endif  // RIEGELI_DIGESTS_DIGESTING_READER_H_
