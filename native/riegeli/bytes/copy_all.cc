#include "riegeli/bytes/copy_all.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/bytes/writer.h"

namespace riegeli {

absl::Status CopyAll(Reader& src, Writer& dest, Position max_length) {
  const bool complete = src.Copy(max_length, dest);
  if (!dest.ok()) return dest.status();
  if (complete && src.Pull()) {
    return absl::ResourceExhaustedError(
        absl::StrCat("More than ", max_length, " bytes to copy"));
  }
  return src.ok() ? absl::OkStatus() : src.status();
}

}  // namespace riegeli
