// Writing one value as all of a destination.
#ifndef RIEGELI_BYTES_WRITE_H_
#define RIEGELI_BYTES_WRITE_H_

#include <utility>

#include "absl/status/status.h"
#include "riegeli/bytes/ownership.h"
#include "riegeli/bytes/writer.h"

namespace riegeli {

// Writes `src`, anything that `Writer::Write` takes, to `dest`. An rvalue
// `dest` is closed. Returns the failure of `dest`.
template <typename Src, typename Dest>
absl::Status Write(Src&& src, Dest&& dest) {
  Writer& writer = Deref(dest);
  if constexpr (requires { src.size(); }) writer.SetWriteSizeHint(src.size());
  bool written = writer.Write(std::forward<Src>(src));
  if constexpr (kIsGiven<Dest>) written = writer.Close();
  return written ? absl::OkStatus() : writer.status();
}

}  // namespace riegeli

#endif  // RIEGELI_BYTES_WRITE_H_
