// Reads of arrays whose chunks are stored in a simple way: each touched chunk
// is decoded once, as far as it is selected, and copied to its place from
// memory that is used again.
#ifndef ATS_ENGINE_CHUNK_READ_H_
#define ATS_ENGINE_CHUNK_READ_H_

#include <memory>
#include <optional>

#include "core/bound_check.h"
#include "engine/run_plan.h"
#include "tensorstore/array.h"
#include "tensorstore/tensorstore.h"
#include "tensorstore/util/future.h"
#include "tensorstore/util/span.h"

namespace ats::engine {

/// Reads the zero-origin `view` into `target`, of the same shape; nothing
/// where the array is not stored as StoredChunksOf takes it, or the view is
/// no outer selection, or `target` has another element type. The future as
/// that of ReadInWindow.
std::optional<tensorstore::Future<void>> ReadChunks(
    const tensorstore::TensorStore<>& view,
    const tensorstore::SharedArray<void>& target);

/// Reads `runs`, which ascend within the one-dimensional array and do not
/// overlap, each to its place in `target`. `check`, where there is one, looks
/// at all of them. Nothing where ReadChunks gives nothing.
std::optional<tensorstore::Future<void>> ReadChunkRuns(
    const tensorstore::TensorStore<>& store,
    tensorstore::span<const Run> runs,
    const tensorstore::SharedArray<void>& target,
    std::shared_ptr<core::BoundCheck> check);

}  // namespace ats::engine

#endif  // ATS_ENGINE_CHUNK_READ_H_
