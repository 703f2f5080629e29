#include "node/heap.h"

#include <cstddef>
#include <cstdlib>

namespace ats::node {

void KeepFreedBlocks() {
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
  // glibc's malloc returns blocks above its threshold to the system, and raises
  // the threshold to the size of such a block, up to 32 MiB with what belongs
  // to it; mallopt(3), "M_MMAP_THRESHOLD".
  constexpr std::size_t kLargest = (std::size_t{32} << 20) - (64 << 10);
  void* volatile block = std::malloc(kLargest);
  std::free(block);
#endif
}

}  // namespace ats::node
