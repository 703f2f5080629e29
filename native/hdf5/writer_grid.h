// The chunks of a data set, and how boxes of values lie on them.
#ifndef ATS_HDF5_WRITER_GRID_H_
#define ATS_HDF5_WRITER_GRID_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace ats::hdf5 {

/// `shape` values from `origin` on; both of one rank.
struct Box {
  std::vector<uint64_t> origin;
  std::vector<uint64_t> shape;
};

/// Values in C order that fill `box`.
struct BoxBytes {
  Box box;
  const uint8_t* bytes;
};

/// A grid of chunks over a data set of rank 1 or more. A chunk is named by its
/// number in C order; one at the far edge has all of its bytes stored, those
/// beyond the data set as zeros.
class ChunkGrid {
 public:
  ChunkGrid(std::vector<uint64_t> shape, std::vector<uint64_t> chunks,
            size_t item_bytes);

  /// Chunks in the grid.
  uint64_t count() const { return count_; }
  size_t chunk_bytes() const { return chunk_bytes_; }

  /// The part of the data set that chunk `number` covers.
  Box CellOf(uint64_t number) const;

  /// Calls `visit` with the number of every chunk that `box` touches, in order.
  void ForEach(const Box& box,
               const std::function<void(uint64_t number)>& visit) const;

  /// The values of `box` that are in chunk `number`, of which there are some.
  Box Overlap(uint64_t number, const Box& box) const;

  /// Copies the values of `from` that are in chunk `number` to their places in
  /// `chunk`, which has chunk_bytes().
  void CopyInto(uint64_t number, const BoxBytes& from, uint8_t* chunk) const;

  /// Where the whole of chunk `number` already lies in `from` as it has to, or
  /// null.
  const uint8_t* FindWhole(uint64_t number, const BoxBytes& from) const;

 private:
  std::vector<uint64_t> OriginOf(uint64_t number) const;

  const std::vector<uint64_t> shape_;
  const std::vector<uint64_t> chunks_;
  std::vector<uint64_t> counts_;
  const size_t item_bytes_;
  size_t chunk_bytes_;
  uint64_t count_ = 1;
};

/// Copies the values of `part`, which is within both, from an array that fills
/// `from_box` to one that fills `to_box`, both in C order.
void CopyBox(const Box& part, size_t item_bytes, const Box& from_box,
             const uint8_t* from, const Box& to_box, uint8_t* to);

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_GRID_H_
