// How runs of a one-dimensional stored array are best read: what lies in one
// chunk together, whole chunks straight into their place. Pure.
#ifndef ATS_ENGINE_RUN_PLAN_H_
#define ATS_ENGINE_RUN_PLAN_H_

#include <cstddef>
#include <vector>

#include "tensorstore/index.h"
#include "tensorstore/util/span.h"

namespace ats::engine {

/// Stored elements [start, start + count) and where the first of them goes.
struct Run {
  tensorstore::Index start;
  tensorstore::Index count;
  tensorstore::Index place;
};

/// An interval [begin, end) of the stored array that is read at once, and the
/// pieces [first, last) of the plan that lie in it. No two segments touch the
/// same chunk.
struct Segment {
  tensorstore::Index begin;
  tensorstore::Index end;
  size_t first;
  size_t last;
};

class RunPlan {
 public:
  using Index = tensorstore::Index;

  /// Plans to read `runs`, which ascend and do not overlap, of an array in
  /// chunks of `chunk` elements that begin at `origin` (0: without chunks), in
  /// blocks that decode about `block_bytes`, at least a chunk.
  static RunPlan Make(tensorstore::span<const Run> runs, Index origin,
                      Index chunk, Index element_bytes, Index block_bytes);

  /// The number of blocks.
  Index size() const { return static_cast<Index>(blocks_.size()) - 1; }

  /// The segments of a block.
  tensorstore::span<const Segment> Block(Index block) const;

  /// The parts of runs in `segment`, in order.
  tensorstore::span<const Run> Pieces(const Segment& segment) const;

  /// About how many bytes the largest block decodes.
  Index bytes_per_block() const { return bytes_per_block_; }

 private:
  class Builder;

  std::vector<Run> pieces_;
  std::vector<Segment> segments_;
  /// Where each block's segments begin; one more at the end.
  std::vector<size_t> blocks_ = {0};
  Index bytes_per_block_ = 0;
};

}  // namespace ats::engine

#endif  // ATS_ENGINE_RUN_PLAN_H_
