// A writer that may be closed in place of another one.
#ifndef RIEGELI_BYTES_WRAPPING_WRITER_H_
#define RIEGELI_BYTES_WRAPPING_WRITER_H_

#include <type_traits>
#include <utility>

#include "riegeli/base/initializer.h"
#include "riegeli/bytes/with_stream.h"
#include "riegeli/bytes/writer.h"
#include "riegeli/bytes/writer_adaptor.h"

namespace riegeli {

// Writes to `Dest` as it is. With `Writer*`, closing this writer leaves the
// destination open.
template <typename Dest = Writer*>
class WrappingWriter : public WithDest<WriterAdaptor, Dest> {
 public:
  explicit WrappingWriter(Initializer<Dest> dest) {
    this->Open(std::move(dest));
  }
};

template <typename Dest>
explicit WrappingWriter(Dest&& dest) -> WrappingWriter<std::decay_t<Dest>>;

}  // namespace riegeli

#endif  // RIEGELI_BYTES_WRAPPING_WRITER_H_
