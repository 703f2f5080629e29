// Where the chunks of a dataset are.
#ifndef ATS_HDF5_CHUNK_INDEX_H_
#define ATS_HDF5_CHUNK_INDEX_H_

#include <stdint.h>

#include <vector>

#include "hdf5/chunk_grid.h"
#include "hdf5/messages.h"
#include "hdf5/superblock.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

/// One stored chunk. `offset` counts from the beginning of the file; the bytes
/// are known to lie within it.
struct ChunkEntry {
  uint64_t number;
  uint64_t offset;
  uint32_t size;
  /// Bit i: filter i was left out.
  uint32_t mask;
};

class ChunkIndex {
 public:
  /// Reads the whole index of a chunked `layout` once. `filtered` says whether
  /// there are filters. kDataLoss where it is damaged; its size is bounded by
  /// the file's.
  static Result<ChunkIndex> Read(const Space& space, const Layout& layout,
                                 const ChunkGrid& grid, bool filtered);

  /// The entry of chunk `number`; null where it was never written.
  const ChunkEntry* Find(uint64_t number) const;

  /// In ascending order of their numbers, no number twice.
  const std::vector<ChunkEntry>& entries() const { return entries_; }

  /// Bytes that the chunks take in the file.
  uint64_t stored_bytes() const { return stored_bytes_; }
  size_t size() const { return entries_.size(); }

 private:
  std::vector<ChunkEntry> entries_;
  uint64_t stored_bytes_ = 0;
};

/// Collects the entries of one index while it is walked.
class ChunkSink {
 public:
  ChunkSink(const Space& space, const Layout& layout, const ChunkGrid& grid,
            bool filtered)
      : space_(space), layout_(layout), grid_(grid), filtered_(filtered) {}

  const Space& space() const { return space_; }
  const Layout& layout() const { return layout_; }
  const ChunkGrid& grid() const { return grid_; }
  bool filtered() const { return filtered_; }

  /// Adds the chunk at `coordinates` (in chunks). One beyond the shape, which
  /// a shrunken dataset keeps, is left out; so is one without an address.
  /// kDataLoss where its bytes are not inside the file, or not as many as an
  /// unfiltered chunk has.
  absl::Status Add(std::span<const uint64_t> coordinates, uint64_t address,
                   uint64_t size, uint32_t mask);

  /// Counts `bytes` of index that were read: kDataLoss once they are more than
  /// the file has, because then parts of it point at each other.
  absl::Status Spend(uint64_t bytes);

  std::vector<ChunkEntry> TakeEntries() { return std::move(entries_); }

 private:
  const Space& space_;
  const Layout& layout_;
  const ChunkGrid& grid_;
  const bool filtered_;
  uint64_t spent_ = 0;
  std::vector<ChunkEntry> entries_;
};

/// The walks of the single kinds of index, each of which adds all of its
/// entries to `sink`.
absl::Status ReadBtreeV1(ChunkSink& sink);
absl::Status ReadFixedArray(ChunkSink& sink);
absl::Status ReadExtensibleArray(ChunkSink& sink);
absl::Status ReadBtreeV2(ChunkSink& sink);

/// One element of a fixed or extensible array: an address and, of filtered
/// chunks, the stored size and the filters that were left out.
class ArrayElements {
 public:
  /// kDataLoss where `element_size` fits no such element.
  static Result<ArrayElements> Make(const ChunkSink& sink, bool filtered,
                                    uint8_t element_size);

  size_t size() const { return size_; }

  /// Adds the elements in `bytes`, which are those from `first` on in the
  /// numbering of an array whose slowest dimension is `slowest`.
  absl::Status Add(ChunkSink& sink, std::span<const std::byte> bytes,
                   uint64_t first, size_t slowest) const;

 private:
  size_t size_ = 0;
  // Bytes of the stored size; 0 where chunks are not filtered.
  size_t width_ = 0;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_CHUNK_INDEX_H_
