#include "riegeli/base/block.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <new>
#include <string_view>
#include <utility>

#include "absl/strings/cord.h"

namespace riegeli {
namespace {

// An exception could not pass TensorStore, which is built without a thought of
// them: std::bad_alloc from here ends the process through noexcept frames, as
// any other failed allocation in it does.
char* Checked(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return static_cast<char*>(memory);
}

}  // namespace

Block::Block(size_t size)
    : data_(size == 0 ? nullptr : Checked(malloc(size))), size_(size) {}

Block::Block(Block&& that) noexcept
    : data_(std::exchange(that.data_, nullptr)),
      size_(std::exchange(that.size_, 0)) {}

Block& Block::operator=(Block&& that) noexcept {
  std::swap(data_, that.data_);
  std::swap(size_, that.size_);
  return *this;
}

Block::~Block() { free(data_); }

void Block::Grow(size_t used, size_t new_size) {
  Block bigger(new_size);
  if (used > 0) memcpy(bigger.data_, data_, used);
  *this = std::move(bigger);
}

void Block::MoveTo(size_t begin, size_t end, absl::Cord& dest) && {
  Block block(std::move(*this));
  const size_t length = end - begin;
  if (length <= kMaxBytesToCopy) {
    if (length > 0) dest.Append(std::string_view(block.data_ + begin, length));
    return;
  }
  if (block.size_ - end > block.size_ / 8) {
    if (void* shrunk = realloc(block.data_, end)) {
      block.data_ = static_cast<char*>(shrunk);
      block.size_ = end;
    }
  }
  const std::string_view bytes(block.data_ + begin, length);
  dest.Append(absl::MakeCordFromExternal(bytes, [kept = std::move(block)] {}));
}

}  // namespace riegeli
