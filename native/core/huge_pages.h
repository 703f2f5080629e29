// Fresh memory in huge pages: a large result is otherwise dominated by one page
// fault for every 4 KiB.

#ifndef ATS_CORE_HUGE_PAGES_H_
#define ATS_CORE_HUGE_PAGES_H_

#include <cstddef>

namespace ats::core {

// Advises the kernel to back the memory with huge pages, where the system takes
// advice and the memory is large enough to gain from it. Contents stay as they
// are; useful before the first touch only.
void AdviseHugePages(void* data, size_t size);

}  // namespace ats::core

#endif  // ATS_CORE_HUGE_PAGES_H_
