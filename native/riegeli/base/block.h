// A heap buffer that ends as a piece of a Cord.
#ifndef RIEGELI_BASE_BLOCK_H_
#define RIEGELI_BASE_BLOCK_H_

#include <stddef.h>

#include "absl/strings/cord.h"

namespace riegeli {

// Uninitialised bytes from malloc. Unlike `std::string`, taking a large block
// touches no memory, and unlike `absl::CordBuffer`, a block may have any size.
class Block {
 public:
  Block() = default;
  // Allocates `size` bytes; the process ends where the system has no memory.
  explicit Block(size_t size);
  Block(Block&& that) noexcept;
  Block& operator=(Block&& that) noexcept;
  ~Block();

  char* data() const { return data_; }
  size_t size() const { return size_; }

  // Makes the block larger, keeping the first `used` bytes.
  void Grow(size_t used, size_t new_size);

  // Appends the bytes [begin, end) of the block to `dest` and leaves the block
  // empty. Small ranges are copied; large ones hand the memory over, after
  // giving an unused tail back to the system.
  void MoveTo(size_t begin, size_t end, absl::Cord& dest) &&;

 private:
  char* data_ = nullptr;
  size_t size_ = 0;
};

// Below this size, copying bytes is cheaper than sharing them.
inline constexpr size_t kMaxBytesToCopy = 255;

}  // namespace riegeli

#endif  // RIEGELI_BASE_BLOCK_H_
