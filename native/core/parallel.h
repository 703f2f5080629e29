// Splits a range of independent work over threads.

#ifndef ATS_CORE_PARALLEL_H_
#define ATS_CORE_PARALLEL_H_

#include <cstdint>
#include <functional>

#include "core/fault.h"

namespace ats::core {

// Work of fewer values than this is not worth a thread.
inline constexpr int64_t kValuesPerThread = int64_t{1} << 16;

// The number of threads that `work` values deserve: at least 1, at most the
// hardware's count.
int ThreadsFor(int64_t work);

// Calls `body(begin, end)` for consecutive, disjoint ranges that make up [0,
// count), on up to `threads` threads, the calling one included. Returns the
// fault of the lowest range that has one; ranges after it may be left out.
// `body` must not depend on the order of the ranges. An exception in `body`
// becomes kOutOfMemory; none leaves.
Fault ParallelRanges(
    int64_t count, int threads,
    const std::function<Fault(int64_t begin, int64_t end)>& body);

}  // namespace ats::core

#endif  // ATS_CORE_PARALLEL_H_
