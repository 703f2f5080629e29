#include "core/huge_pages.h"

#include <cstdint>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace ats::core {
namespace {

constexpr uintptr_t kHugePage = uintptr_t{2} << 20;
// Below this, the last, partly used huge page costs more than the faults.
constexpr size_t kWorthwhile = size_t{4} << 20;

}  // namespace

void AdviseHugePages([[maybe_unused]] void* data, size_t size) {
  if (size < kWorthwhile) return;
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  const auto address = reinterpret_cast<uintptr_t>(data);
  const uintptr_t begin = (address + kHugePage - 1) & ~(kHugePage - 1);
  const uintptr_t end = (address + size) & ~(kHugePage - 1);
  // Only advice: a kernel without huge pages refuses it, and nothing is lost.
  if (begin < end) {
    madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
  }
#endif
}

}  // namespace ats::core
