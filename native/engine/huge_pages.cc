#include "engine/huge_pages.h"

#include <stdint.h>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace ats::engine {

#ifdef __linux__

void AdviseHugePages(void* data, size_t size) {
  constexpr uintptr_t kHugePage = uintptr_t{2} << 20;
  constexpr size_t kWorthwhile = size_t{4} << 20;
  if (size < kWorthwhile) return;
  const uintptr_t begin =
      (reinterpret_cast<uintptr_t>(data) + kHugePage - 1) & ~(kHugePage - 1);
  const uintptr_t end =
      (reinterpret_cast<uintptr_t>(data) + size) & ~(kHugePage - 1);
  // A kernel that refuses the advice only makes the read slower.
  if (begin < end) {
    madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
  }
}

#else

void AdviseHugePages(void*, size_t) {}

#endif

}  // namespace ats::engine
