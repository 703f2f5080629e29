// One dimension of a selection in a chunked array: which chunks it touches, and
// which of their elements become which of the result.
#ifndef ATS_ENGINE_CHUNK_AXIS_H_
#define ATS_ENGINE_CHUNK_AXIS_H_

#include <variant>
#include <vector>

#include "engine/axis_pieces.h"
#include "engine/run_plan.h"
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

  /// `count` neighbours from `out` of the result on are those from `in` of the
  /// chunk on.
  struct Stretch {
    Index out;
    Index in;
    Index count;
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

  /// The same for runs of stored elements, which ascend within the array and
  /// do not overlap.
  static tensorstore::Result<ChunkAxis> OfRuns(
      tensorstore::span<const Run> runs, Index chunk, Index stored);

  /// The number of selected elements.
  Index count() const { return count_; }

  Index group_count() const {
    return groups_.empty() ? piece_count() : groups_.size();
  }
  Group group(Index i) const {
    return groups_.empty() ? Group{i, i + 1} : groups_[i];
  }

  /// Which chunk the piece is of.
  Index Cell(Index piece) const { return FirstStored(piece) / chunk_; }

  /// What the piece takes of its chunk, in order: one by one, or by neighbours.
  std::vector<Entry> Entries(Index piece) const;
  std::vector<Stretch> Stretches(Index piece) const;

 private:
  explicit ChunkAxis(Index chunk) : chunk_(chunk) {}
  ChunkAxis(AxisSelection selection, Index extent, Index chunk);
  tensorstore::Result<ChunkAxis> Grouped(Index stored) &&;
  Index piece_count() const;
  Index StoredAt(Index out) const;
  Index FirstStored(Index piece) const;

  Index count_ = 0;
  Index chunk_ = 1;
  AxisRange range_{0, 1, 0};
  // Empty where the selection is a range.
  std::vector<Index> positions_;
  AxisPieces pieces_;
  // Runs cut at the chunks' borders, `in` being a position on the axis, and
  // where those of each piece begin; empty where there are no runs.
  std::vector<Stretch> cut_;
  std::vector<size_t> cut_begin_;
  // Empty where every chunk is stored by itself.
  std::vector<Group> groups_;
};

}  // namespace ats::engine

#endif  // ATS_ENGINE_CHUNK_AXIS_H_
