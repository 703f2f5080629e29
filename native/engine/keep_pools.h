// Keeps the thread pools of a context alive beyond it.
//
// TensorStore's thread that adds a task to a pool (TaskGroup::AddTask) uses the
// pool once more after another thread may have run that task. Where the task
// was the last of a read, and its end lets the last store and context go, the
// pool is freed under the first thread, and then once more. Seen as "double
// free" at the end of a process on a busy machine.
#ifndef ATS_ENGINE_KEEP_POOLS_H_
#define ATS_ENGINE_KEEP_POOLS_H_

#include "tensorstore/context.h"

namespace ats::engine {

/// Holds the pools of `context` until many later ones have been held: long
/// after any thread can still be inside of them. They are small; their threads
/// belong to the process.
void KeepPools(const tensorstore::Context& context);

}  // namespace ats::engine

#endif  // ATS_ENGINE_KEEP_POOLS_H_
