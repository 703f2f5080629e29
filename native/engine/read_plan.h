// A read, cut into blocks of whole chunks: what is decoded at a time stays
// bounded, every chunk is decoded once, and a cancelled read stops between
// blocks. (TensorStore itself asks for all chunks at once, and what it has
// asked for is read to the end.)
#ifndef ATS_ENGINE_READ_PLAN_H_
#define ATS_ENGINE_READ_PLAN_H_

#include <vector>

#include "engine/axis_pieces.h"
#include "engine/index_selection.h"
#include "tensorstore/index.h"
#include "tensorstore/index_space/index_transform.h"
#include "tensorstore/tensorstore.h"
#include "tensorstore/util/span.h"

namespace ats::engine {

/// The chunk grid of a stored array. An extent of 0 stands for a dimension
/// without chunks.
struct ChunkGrid {
  std::vector<tensorstore::Index> origin;
  std::vector<tensorstore::Index> shape;
};

/// The unit in which `store` is best read: its shards where one decodes to at
/// most `max_bytes`, else its chunks; in the dimensions of the stored array.
ChunkGrid GridOf(const tensorstore::TensorStore<>& store,
                 tensorstore::Index max_bytes);

class ReadPlan {
 public:
  using Index = tensorstore::Index;

  /// Plans to read the zero-origin domain of `view` in blocks that decode
  /// about `block_bytes` each, at least a chunk.
  static ReadPlan Make(const tensorstore::IndexTransform<>& view,
                       const ChunkGrid& grid, Index element_bytes,
                       Index block_bytes);

  /// The number of blocks.
  Index size() const { return size_; }

  /// About how many bytes one block decodes.
  Index bytes_per_block() const { return bytes_per_block_; }

  /// Selects a block from the view, and its place in the target.
  std::vector<DimensionSelection> Block(Index block) const;

 private:
  std::vector<AxisPieces> axes_;
  std::vector<Index> pieces_per_block_;  // per axis
  Index size_ = 1;
  Index bytes_per_block_ = 0;
};

}  // namespace ats::engine

#endif  // ATS_ENGINE_READ_PLAN_H_
