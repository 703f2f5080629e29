#include "core/spare_blocks.h"

#include <algorithm>

namespace ats::core {

void* SpareBlocks::Take(size_t size) {
  if (size < kLeastBytes || size > kMostBytes) return nullptr;
  const size_t most = size + size / 4;
  std::lock_guard lock(mutex_);
  for (size_t i = count_; i-- > 0;) {
    const Block block = blocks_[i];
    if (block.size < size || block.size > most) continue;
    std::move(blocks_.begin() + i + 1, blocks_.begin() + count_,
              blocks_.begin() + i);
    --count_;
    idle_ -= block.size;
    return block.data;
  }
  return nullptr;
}

bool SpareBlocks::Keep(void* block, size_t size) {
  if (size < kLeastBytes || size > kMostBytes) return false;
  std::lock_guard lock(mutex_);
  if (count_ == kMaxBlocks || idle_ + size > kMaxIdleBytes) return false;
  blocks_[count_++] = {block, size};
  idle_ += size;
  return true;
}

}  // namespace ats::core
