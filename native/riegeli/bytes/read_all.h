// Reading a source to its end.
#ifndef RIEGELI_BYTES_READ_ALL_H_
#define RIEGELI_BYTES_READ_ALL_H_

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "riegeli/bytes/ownership.h"
#include "riegeli/bytes/reader.h"

namespace riegeli {

namespace read_all_internal {

absl::Status Append(Reader& src, std::string& dest);
absl::Status Append(Reader& src, absl::Cord& dest);
absl::Status View(Reader& src, std::string_view& dest);

template <typename Src>
absl::Status Finish(Src& src, absl::Status status) {
  Reader& reader = Deref(src);
  if (!reader.VerifyEndAndClose()) status.Update(reader.status());
  return status;
}

}  // namespace read_all_internal

// Adds all that is left of `src` to `dest` (std::string or absl::Cord). What
// was read before a failure stays there. An rvalue `src` is verified to be at
// its end and closed. Returns the failure of `src`.
template <typename Src, typename Dest>
absl::Status ReadAndAppendAll(Src&& src, Dest& dest) {
  absl::Status status = read_all_internal::Append(Deref(src), dest);
  if constexpr (kIsGiven<Src>) {
    return read_all_internal::Finish(src, std::move(status));
  }
  return status;
}

// The same, replacing the content of `dest`.
template <typename Src, typename Dest>
absl::Status ReadAll(Src&& src, Dest& dest) {
  dest = Dest();
  return riegeli::ReadAndAppendAll(std::forward<Src>(src), dest);
}

// Refers to all that is left of `src`, until its next use.
template <typename Src>
absl::Status ReadAll(Src&& src, std::string_view& dest) {
  static_assert(!kIsGiven<Src>, "the bytes would go away with the reader");
  return read_all_internal::View(Deref(src), dest);
}

}  // namespace riegeli

#endif  // RIEGELI_BYTES_READ_ALL_H_
