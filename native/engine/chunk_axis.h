// One dimension of a selection in a chunked array: which chunks it touches, and
// which of their elements become which of the result.
#ifndef ATS_ENGINE_CHUNK_AXIS_H_
#define ATS_ENGINE_CHUNK_AXIS_H_

#include <variant>
#include <vector>

#include "engine/axis_pieces.h"
#include "tensorstore/index.h"
#include "tensorstore/util/result.h"
#include "tensorstore/util/span.h"

namespace ats::engine {

/// `count` positions `start, start + step, …`.
struct AxisRange {
  tensorstore::Index start;
  tensorstore::Index step;
  tensorstore::Index count;
};

/// All of a dimension, a range of it, or positions in request order.
using AxisSelection = std::variant<std::monostate, AxisRange,
                                     std::vector<tensorstore::Index>>;

class ChunkAxis {
 public:
  using Index = tensorstore::Index;

  /// Entry `out` of the result is at `in` of the chunk.
  struct Entry {
    Index out;
    Index in;
  };

  /// Pieces `begin` to `end` lie in one stored chunk or shard.
  struct Group {
    Index begin;
    Index end;
  };

  /// `extent` elements in chunks of `chunk`, stored by `stored` (a multiple of
  /// `chunk`). kInvalidArgument where the selection leaves the extent,
  /// kResourceExhausted where it touches more chunks than anybody waits for.
  static tensorstore::Result<ChunkAxis> Make(AxisSelection selection,
                                              Index extent, Index chunk,
                                              Index stored);

  /// The number of selected elements.
  Index count() const { return count_; }

  Index group_count() const {
    return groups_.empty() && count_ > 0 ? pieces_.count() : groups_.size();
  }
  Group group(Index i) const {
    return groups_.empty() ? Group{i, i + 1} : groups_[i];
  }

  /// Which chunk the piece is of.
  Index Cell(Index piece) const { return StoredAt(FirstOut(piece)) / chunk_; }

  /// What the piece takes of its chunk.
  std::vector<Entry> Entries(Index piece) const;

 private:
  ChunkAxis(AxisSelection selection, Index extent, Index chunk);
  Index StoredAt(Index out) const;
  Index FirstOut(Index piece) const;

  Index count_ = 0;
  Index chunk_ = 1;
  AxisRange range_{0, 1, 0};
  // Empty where the selection is a range.
  std::vector<Index> positions_;
  AxisPieces pieces_;
  // Empty where every chunk is stored by itself.
  std::vector<Group> groups_;
};

}  // namespace ats::engine

#endif  // ATS_ENGINE_CHUNK_AXIS_H_
