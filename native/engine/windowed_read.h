// Executes a ReadPlan: a few blocks at a time.
#ifndef ATS_ENGINE_WINDOWED_READ_H_
#define ATS_ENGINE_WINDOWED_READ_H_

#include "engine/read_plan.h"
#include "tensorstore/array.h"
#include "tensorstore/tensorstore.h"
#include "tensorstore/util/future.h"

namespace ats::engine {

/// Reads the blocks of `plan` of the zero-origin `view` into `target`, so many
/// at a time that about `window_bytes` are being decoded, and at least
/// `min_blocks`. The future is ready when nothing writes to the target any
/// more; dropping it stops the read after the blocks that are under way.
tensorstore::Future<void> ReadInWindow(tensorstore::TensorStore<> view,
                                       tensorstore::SharedArray<void> target,
                                       ReadPlan plan,
                                       tensorstore::Index window_bytes,
                                       tensorstore::Index min_blocks);

}  // namespace ats::engine

#endif  // ATS_ENGINE_WINDOWED_READ_H_
