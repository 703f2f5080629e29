// Fractal heaps: where links and attributes are when they are too many or too
// large for an object header.
#ifndef ATS_HDF5_FRACTAL_HEAP_H_
#define ATS_HDF5_FRACTAL_HEAP_H_

#include <stdint.h>

#include <cstddef>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "hdf5/budget.h"
#include "hdf5/superblock.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

class FractalHeap {
 public:
  /// Reads the header at `address` (HDF5 File Format Specification, III.G).
  /// kUnimplemented for a filtered heap, which no library makes for links or
  /// attributes. `budget`, which must outlive the heap, pays for its blocks.
  static Result<FractalHeap> Open(const Space& space, uint64_t address,
                                  Budget& budget);

  /// Bytes of an identifier.
  size_t id_size() const { return id_size_; }

  /// The object that `id`, of id_size() bytes, identifies: one among others in
  /// a block, one in a place of its own, or one within the identifier. The
  /// bytes stay valid until the next call. kDataLoss where it leaves its block
  /// or a block is damaged.
  Result<std::span<const std::byte>> Read(std::span<const std::byte> id);

 private:
  // Where a huge object is.
  struct Extent {
    uint64_t address;
    uint64_t size;
  };
  // A block that holds objects, and the offset of its first byte in the heap.
  struct DirectBlock {
    uint64_t address;
    uint64_t size;
    uint64_t base;
  };

  FractalHeap(const Space& space, uint64_t address, Budget& budget)
      : space_(space), address_(address), budget_(budget) {}

  absl::Status ReadHeader();
  absl::Status CheckTable();
  Result<std::span<const std::byte>> Managed(uint64_t offset, uint64_t size);
  Result<std::span<const std::byte>> Huge(std::span<const std::byte> id);
  Result<std::span<const std::byte>> Tiny(std::span<const std::byte> id) const;
  absl::Status ReadHugeIndex();

  // The direct block that has the heap's byte `offset`.
  Result<DirectBlock> Find(uint64_t offset);
  Result<std::span<const std::byte>> Indirect(uint64_t address, uint64_t base,
                                              uint64_t rows);
  Result<std::span<const std::byte>> Direct(const DirectBlock& block);
  absl::Status CheckPrefix(std::span<const std::byte> block,
                           std::string_view signature, uint64_t base) const;

  // Bytes of every block of a row, and the offset of a row within its table.
  uint64_t RowBlock(uint64_t row) const;
  uint64_t RowOffset(uint64_t row) const;

  Space space_;
  uint64_t address_;
  Budget& budget_;
  size_t id_size_ = 0;
  bool checksums_ = false;
  // Bytes of an offset in the heap and of an object's size, in identifiers.
  size_t offset_width_ = 0;
  size_t size_width_ = 0;
  uint64_t huge_index_ = 0;
  uint64_t width_ = 0;
  uint64_t start_ = 0;
  uint64_t most_direct_ = 0;
  uint32_t heap_bits_ = 0;
  uint64_t root_ = 0;
  // Rows of the root's table; 0 where the root is a direct block.
  uint64_t root_rows_ = 0;
  // Blocks that were read, by their address.
  std::map<uint64_t, std::vector<std::byte>> blocks_;
  bool huge_known_ = false;
  std::map<uint64_t, Extent> huge_;
  std::vector<std::byte> huge_object_;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_FRACTAL_HEAP_H_
