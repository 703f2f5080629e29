// One byte, repeated.
#ifndef RIEGELI_BASE_BYTE_FILL_H_
#define RIEGELI_BASE_BYTE_FILL_H_

#include "absl/strings/cord.h"
#include "riegeli/base/types.h"

namespace riegeli {

// `size` copies of `fill`, as a value: cheap to pass, expanded on use.
class ByteFill {
 public:
  explicit ByteFill(Position size, char fill = '\0')
      : size_(size), fill_(fill) {}

  Position size() const { return size_; }
  char fill() const { return fill_; }

  // The bytes as a Cord whose memory does not grow with `size` (one block is
  // shared by all pieces).
  explicit operator absl::Cord() const;

 private:
  Position size_;
  char fill_;
};

}  // namespace riegeli

#endif  // RIEGELI_BASE_BYTE_FILL_H_
