// How a dataset's shape is cut into chunks, and how chunks are numbered.
#ifndef ATS_HDF5_CHUNK_GRID_H_
#define ATS_HDF5_CHUNK_GRID_H_

#include <stdint.h>

#include <span>
#include <vector>

#include "hdf5/messages.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

/// Chunks are numbered in C order over the shape's own grid; the indexes of
/// newer files number them over the grid of the maximum shape.
class ChunkGrid {
 public:
  ChunkGrid() = default;

  /// kDataLoss where an extent of a chunk is 0 or a chunk has more than
  /// 2^32 - 1 bytes, HDF5's own limit; kResourceExhausted beyond
  /// `max_chunk_bytes`.
  static Result<ChunkGrid> Make(const Dataspace& space,
                                std::span<const uint64_t> chunk,
                                uint64_t element_size, uint64_t max_chunk_bytes);

  size_t rank() const { return chunk_.size(); }
  const std::vector<uint64_t>& shape() const { return shape_; }
  const std::vector<uint64_t>& chunk() const { return chunk_; }
  /// Chunks along each dimension.
  const std::vector<uint64_t>& counts() const { return counts_; }
  /// Chunks altogether.
  uint64_t size() const { return size_; }
  /// Bytes of one chunk, decoded.
  uint64_t chunk_bytes() const { return chunk_bytes_; }

  /// The number of the chunk at `coordinates` (in chunks), which lie within
  /// counts().
  uint64_t Number(std::span<const uint64_t> coordinates) const;

  /// The coordinates of chunk `number` of a grid of `counts` chunks, along
  /// which `slowest` is the slowest dimension and the others follow in order.
  /// False where it is outside counts().
  bool Coordinates(uint64_t number, std::span<const uint64_t> counts,
                   size_t slowest, std::span<uint64_t> coordinates) const;

  /// Chunks along each dimension of the maximum shape; kUnlimited where there
  /// is none.
  const std::vector<uint64_t>& most() const { return most_; }

  /// Whether the chunk sticks out over the shape.
  bool IsEdge(std::span<const uint64_t> coordinates) const;

 private:
  std::vector<uint64_t> shape_, chunk_, counts_, most_;
  uint64_t size_ = 0;
  uint64_t chunk_bytes_ = 0;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_CHUNK_GRID_H_
