// A writer that computes a digest of what passes.
#ifndef RIEGELI_DIGESTS_DIGESTING_WRITER_H_
#define RIEGELI_DIGESTS_DIGESTING_WRITER_H_

#include <string_view>
#include <type_traits>
#include <utility>

#include "riegeli/base/initializer.h"
#include "riegeli/base/maker.h"
#include "riegeli/bytes/with_stream.h"
#include "riegeli/bytes/writer.h"
#include "riegeli/bytes/writer_adaptor.h"

namespace riegeli {

// Writes to `Dest` as it is, and shows the bytes to a `Digester`, which has
// `Write(std::string_view)` and `Digest()`.
template <typename Digester, typename Dest = Writer*>
class DigestingWriter : public WithDest<WriterAdaptor, Dest> {
 public:
  using DigestType = std::decay_t<decltype(std::declval<Digester&>().Digest())>;

  explicit DigestingWriter(Initializer<Dest> dest,
                           Initializer<Digester> digester = Maker())
      : digester_(std::move(digester).Construct()) {
    this->Open(std::move(dest));
  }

  // The digest of the bytes written; of all of them once this is closed.
  DigestType Digest() { return digester_.Digest(); }

 protected:
  void OnBytes(std::string_view bytes) override { digester_.Write(bytes); }
  bool WantsBytes() const override { return true; }

 private:
  Digester digester_;
};

}  // namespace riegeli

#endif  // RIEGELI_DIGESTS_DIGESTING_WRITER_H_
