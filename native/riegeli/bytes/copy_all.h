// Copying a source to a destination.
#ifndef RIEGELI_BYTES_COPY_ALL_H_
#define RIEGELI_BYTES_COPY_ALL_H_

#include <limits>

#include "absl/status/status.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/bytes/writer.h"

namespace riegeli {

// Writes all that is left of `src` to `dest`; both stay open. More than
// `max_length` bytes are a ResourceExhausted error (then that many have been
// written). Returns the failure of whichever failed.
absl::Status CopyAll(Reader& src, Writer& dest,
                     Position max_length = std::numeric_limits<Position>::max());

}  // namespace riegeli

#endif  // RIEGELI_BYTES_COPY_ALL_H_
