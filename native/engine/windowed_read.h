// A read in blocks, a few of them at a time; and the same for a ReadPlan.
#ifndef ATS_ENGINE_WINDOWED_READ_H_
#define ATS_ENGINE_WINDOWED_READ_H_

#include <functional>

#include "engine/read_plan.h"
#include "tensorstore/array.h"
#include "tensorstore/tensorstore.h"
#include "tensorstore/util/future.h"

namespace ats::engine {

/// What one block decodes: large enough that starting it costs nothing beside
/// that, small enough that a cancelled read ends soon.
inline constexpr tensorstore::Index kBlockBytes = tensorstore::Index{4} << 20;

/// Blocks under way, at least: one is read from the disk while another is
/// decoded.
inline constexpr tensorstore::Index kMinBlocks = 2;

/// Bytes that are being decoded at a time: enough for every thread, and little
/// beside the result.
tensorstore::Index WindowBytes();

/// Calls `read_block` for each of the blocks 0 … `blocks` - 1 in order, at most
/// `max_in_flight` of their futures being under way. The future is ready when
/// all of them are, or the first has failed and none is under way; dropping it
/// drops theirs and starts no more. `read_block` is called on any thread, one
/// call at a time.
tensorstore::Future<void> RunInWindow(
    std::function<tensorstore::Future<void>(tensorstore::Index block)>
        read_block,
    tensorstore::Index blocks, tensorstore::Index max_in_flight);

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
