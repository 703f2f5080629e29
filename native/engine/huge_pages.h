// Large fresh buffers in huge pages: the page faults of 4 KiB pages cost more
// than the copy itself.
#ifndef ATS_ENGINE_HUGE_PAGES_H_
#define ATS_ENGINE_HUGE_PAGES_H_

#include <stddef.h>

namespace ats::engine {

/// Advises the kernel to back the aligned interior of `size` bytes at `data`
/// with huge pages. Useful before the memory's first touch; does nothing for
/// small buffers and on systems without such advice.
void AdviseHugePages(void* data, size_t size);

}  // namespace ats::engine

#endif  // ATS_ENGINE_HUGE_PAGES_H_
