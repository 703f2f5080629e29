#include "riegeli/base/byte_fill.h"

#include <string>

#include "absl/strings/cord.h"
#include "riegeli/base/arithmetic.h"
#include "riegeli/base/types.h"

namespace riegeli {

ByteFill::operator absl::Cord() const {
  constexpr Position kBlock = Position{1} << 16;
  const absl::Cord block(std::string(UnsignedMin(size_, kBlock), fill_));
  absl::Cord result;
  for (Position left = size_; left > 0;) {
    const Position piece = UnsignedMin(left, kBlock);
    result.Append(block.Subcord(0, piece));
    left -= piece;
  }
  return result;
}

}  // namespace riegeli
