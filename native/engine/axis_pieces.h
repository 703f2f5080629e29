// One dimension of a view, cut into pieces that each touch one chunk of the
// stored array along it.
#ifndef ATS_ENGINE_AXIS_PIECES_H_
#define ATS_ENGINE_AXIS_PIECES_H_

#include <vector>

#include "engine/index_selection.h"
#include "tensorstore/index.h"
#include "tensorstore/util/span.h"

namespace ats::engine {

class AxisPieces {
 public:
  using Index = tensorstore::Index;

  /// An axis that is not cut. `touched` is how many stored elements along it
  /// reading it may decode.
  static AxisPieces Whole(Index extent, Index touched);

  /// Positions x in [0, extent) that are stored at `first + x * stride`
  /// (relative to the origin of the chunk grid), in chunks of `chunk` elements.
  /// `stride` is not 0.
  static AxisPieces Regular(Index extent, Index first, Index stride,
                            Index chunk);

  /// Positions x that are stored at `stored[x]`, in any order.
  static AxisPieces Scattered(tensorstore::span<const Index> stored,
                              Index chunk);

  Index count() const { return count_; }

  /// About how many stored elements along this axis one piece decodes.
  Index touched_per_piece() const { return touched_; }

  /// The positions of the pieces [begin, end): an interval of the axis where
  /// pieces are in order, else an index array.
  DimensionSelection Select(Index begin, Index end) const;

 private:
  /// The first position (into `order_` where there is one) of a piece.
  Index Start(Index piece) const;

  Index extent_ = 0;
  Index count_ = 1;
  Index touched_ = 0;
  // Regular pieces: where they are stored; a stride of 0 marks other kinds.
  Index first_ = 0, stride_ = 0, chunk_ = 1;
  // Scattered pieces: their starts, and positions by chunk where the axis is
  // not in chunk order by itself.
  std::vector<Index> starts_;
  std::vector<Index> order_;
};

}  // namespace ats::engine

#endif  // ATS_ENGINE_AXIS_PIECES_H_
