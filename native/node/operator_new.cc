// operator new and delete of the addon, and of nothing else of the process:
// they are not exported (exports.map). TensorStore makes the buffers of decoded
// chunks with them; large ones come from those that were dropped before.
#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__)

#include <malloc.h>

#include <cstdlib>
#include <new>

#include "core/spare_blocks.h"

namespace {

using ::ats::core::SpareBlocks;

// Never destroyed, and there before any other static initialiser: TensorStore's
// threads outlive static destruction.
constinit union Spare {
  SpareBlocks blocks;
  constexpr Spare() : blocks() {}
  ~Spare() {}
} spare;

}  // namespace

void* operator new(std::size_t size) {
  if (size >= SpareBlocks::kLeastBytes) {
    if (void* block = spare.blocks.Take(size)) return block;
  }
  for (;;) {
    if (void* block = std::malloc(size == 0 ? 1 : size)) return block;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

void operator delete(void* block) noexcept {
  if (block == nullptr) return;
  const std::size_t size = malloc_usable_size(block);
  if (size >= SpareBlocks::kLeastBytes && spare.blocks.Keep(block, size)) {
    return;
  }
  std::free(block);
}

void operator delete(void* block, std::size_t) noexcept {
  ::operator delete(block);
}

#endif
