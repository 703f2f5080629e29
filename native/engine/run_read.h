// Reading runs of a one-dimensional store into one memory: rows of a sparse
// matrix are runs of its values.
#ifndef ATS_ENGINE_RUN_READ_H_
#define ATS_ENGINE_RUN_READ_H_

#include <memory>
#include <vector>

#include "core/bound_check.h"
#include "engine/run_plan.h"
#include "tensorstore/array.h"
#include "tensorstore/tensorstore.h"
#include "tensorstore/util/future.h"

namespace ats::engine {

/// Reads `runs`, which ascend and do not overlap, each to its place in
/// `target`, a one-dimensional array of the store's element type. Each chunk is
/// decoded once; whole chunks and lone pieces are read into `target` itself.
/// The target is kept alive until nothing writes to it any more; dropping the
/// future stops the read after the blocks that are under way. `check`, where
/// there is one, looks at what is read of a store that ReadChunkRuns takes.
/// Fails with kInvalidArgument where the arguments are not so, kOutOfRange
/// where a run is outside the store.
tensorstore::Future<void> ReadRuns(const tensorstore::TensorStore<>& store,
                                   std::vector<Run> runs,
                                   tensorstore::SharedArray<void> target,
                                   std::shared_ptr<core::BoundCheck> check =
                                       nullptr);

}  // namespace ats::engine

#endif  // ATS_ENGINE_RUN_READ_H_
