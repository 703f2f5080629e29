// One dataset: what it is, and where its values are.
#ifndef ATS_HDF5_DATASET_H_
#define ATS_HDF5_DATASET_H_

#include <stdint.h>

#include <memory>
#include <vector>

#include "hdf5/chunk_grid.h"
#include "hdf5/chunk_index.h"
#include "hdf5/datatype.h"
#include "hdf5/messages.h"
#include "hdf5/pipeline.h"
#include "hdf5/superblock.h"

namespace ats::hdf5::reader {

/// Immutable once it is open, and so safe to read from many threads.
class Dataset {
 public:
  enum class Kind : uint8_t {
    kCompact,
    /// Values one behind the other; the grid's "chunks" are stretches of them.
    kContiguous,
    kChunked,
  };

  /// Reads the object header at `address` and, where there is one, the whole
  /// chunk index. kUnimplemented for anything that this reader does not take
  /// (the caller asks HDF5's own library then), kDataLoss and
  /// kResourceExhausted for damage.
  static Result<std::shared_ptr<const Dataset>> Open(const Space& space,
                                                     uint64_t address);

  const Space& space() const { return space_; }
  const ElementType& type() const { return type_; }
  Kind kind() const { return kind_; }
  const std::vector<uint64_t>& shape() const { return grid_.shape(); }
  /// Of a compact dataset, the whole of it is one chunk.
  const ChunkGrid& grid() const { return grid_; }
  const ChunkIndex& index() const { return index_; }
  const Pipeline& pipeline() const { return pipeline_; }
  /// The offset in the file of contiguous values; kUndefined where they were
  /// never written.
  uint64_t offset() const { return offset_; }
  const std::vector<std::byte>& compact() const { return compact_; }
  /// An element that was never written, as it is stored; empty for zero.
  const std::vector<std::byte>& fill() const { return fill_; }

  /// Bytes that the values take in the file, without what refers to them.
  uint64_t stored_bytes() const { return stored_bytes_; }

 private:
  explicit Dataset(const Space& space) : space_(space) {}

  absl::Status Parse(uint64_t address);
  absl::Status Place(const Dataspace& dataspace, Layout layout);
  absl::Status PlaceContiguous(const Dataspace& dataspace,
                               const Layout& layout);
  absl::Status PlaceCompact(const Dataspace& dataspace, Layout layout);
  absl::Status PlaceChunked(const Dataspace& dataspace, const Layout& layout);

  Space space_;
  ElementType type_;
  Kind kind_ = Kind::kContiguous;
  ChunkGrid grid_;
  ChunkIndex index_;
  Pipeline pipeline_;
  std::vector<Filter> filters_;
  uint64_t offset_ = ~uint64_t{0};
  std::vector<std::byte> compact_;
  std::vector<std::byte> fill_;
  uint64_t stored_bytes_ = 0;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_DATASET_H_
