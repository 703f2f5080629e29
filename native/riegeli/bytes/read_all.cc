#include "riegeli/bytes/read_all.h"

#include <stddef.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "riegeli/base/arithmetic.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/reader.h"

namespace riegeli {
namespace read_all_internal {
namespace {

constexpr size_t kFirstBlock = size_t{64} << 10;
constexpr size_t kMaxBlock = size_t{64} << 20;
// A stated size is believed up to this many bytes.
constexpr Position kMaxHint = Position{1} << 30;

// Reads blocks with `ReadAndAppend`: first one of the expected size, then, if
// there is more, blocks that grow with the total.
template <typename Dest>
absl::Status AppendBlocks(Reader& src, Dest& dest) {
  size_t block = kFirstBlock;
  if (const std::optional<Position> hint = src.RemainingHint()) {
    block = UnsignedMin(*hint, kMaxHint);
  }
  size_t total = 0;
  while (block == 0 || src.ReadAndAppend(block, dest)) {
    total += block;
    if (!src.Pull()) break;
    block = std::clamp(total, kFirstBlock, kMaxBlock);
  }
  return src.ok() ? absl::OkStatus() : src.status();
}

}  // namespace

absl::Status Append(Reader& src, std::string& dest) {
  return AppendBlocks(src, dest);
}

absl::Status Append(Reader& src, absl::Cord& dest) {
  return AppendBlocks(src, dest);
}

absl::Status View(Reader& src, std::string_view& dest) {
  size_t wanted = kFirstBlock;
  if (const std::optional<Position> hint = src.RemainingHint()) {
    wanted = std::max<size_t>(1, UnsignedMin(*hint, kMaxHint));
  }
  while (src.Pull(wanted)) {
    wanted = src.available() + std::max(src.available(), kFirstBlock);
    if (!src.Pull(src.available() + 1)) break;
  }
  dest = std::string_view(src.cursor(), src.available());
  src.move_cursor(src.available());
  return src.ok() ? absl::OkStatus() : src.status();
}

}  // namespace read_all_internal
}  // namespace riegeli
