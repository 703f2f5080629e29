// Version 2 B-trees: the chunk index of datasets with several unlimited
// dimensions, in newer files.
#include <array>
#include <bit>
#include <limits>

#include "hdf5/checksum.h"
#include "hdf5/chunk_index.h"
#include "hdf5/cursor.h"
#include "tensorstore/internal/integer_overflow.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

constexpr uint8_t kUnfilteredChunks = 10;
constexpr uint8_t kFilteredChunks = 11;
// Signature, version, type, checksum.
constexpr uint64_t kNodeOverhead = 4 + 1 + 1 + 4;
// A tree of more levels would have more records than any file has bytes.
constexpr uint16_t kMostLevels = 32;

// Bytes that HDF5 takes for a number up to `limit`.
uint64_t WidthOf(uint64_t limit) {
  return (static_cast<uint64_t>(std::bit_width(limit)) - 1) / 8 + 1;
}

class Tree {
 public:
  explicit Tree(ChunkSink& sink) : sink_(sink) {}

  absl::Status Read() {
    const uint64_t size = 4 + 2 + 4 + 2 + 2 + 2 + width() + 2 +
                          space().length_size() + 4;
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto bytes, space().Metadata(sink_.layout().address, size));
    TENSORSTORE_RETURN_IF_ERROR(CheckBlock(bytes));
    Cursor cursor(bytes);
    if (!cursor.Matches("BTHD") || cursor.U8() != 0) {
      return absl::DataLossError("A B-tree has no header");
    }
    type_ = cursor.U8();
    node_size_ = cursor.U32();
    record_size_ = cursor.U16();
    const uint16_t depth = cursor.U16();
    cursor.Skip(2);
    const uint64_t root = cursor.Address(width());
    const uint16_t records = cursor.U16();
    TENSORSTORE_RETURN_IF_ERROR(CheckHeader(depth));
    if (root == kUndefined) return absl::OkStatus();
    return Node(root, depth, records);
  }

 private:
  const Space& space() const { return sink_.space(); }
  size_t width() const { return space().offset_size(); }
  size_t rank() const { return sink_.grid().rank(); }

  absl::Status CheckHeader(uint16_t depth) {
    const uint64_t plain = width() + 8 * rank();
    size_width_ = type_ == kFilteredChunks ? record_size_ - plain - 4 : 0;
    const bool type_fits =
        type_ == (sink_.filtered() ? kFilteredChunks : kUnfilteredChunks);
    const bool size_fits = type_ == kFilteredChunks
                               ? size_width_ >= 1 && size_width_ <= 8
                               : record_size_ == plain;
    if (!type_fits || !size_fits || depth > kMostLevels ||
        node_size_ < kNodeOverhead + record_size_) {
      return absl::DataLossError("A B-tree of odd parameters");
    }
    // What nodes of each level above the leaves hold at most decides how wide
    // the counts in their parents are.
    uint64_t most = (node_size_ - kNodeOverhead) / record_size_;
    count_width_ = WidthOf(most);
    total_widths_.push_back(0);
    for (uint16_t level = 1; level <= depth; ++level) {
      const uint64_t pointer = PointerSize(level);
      const uint64_t own =
          (node_size_ - std::min<uint64_t>(node_size_, kNodeOverhead + pointer)) /
          (record_size_ + pointer);
      uint64_t below;
      if (tensorstore::internal::MulOverflow(own + 1, most, &below) ||
          below > std::numeric_limits<uint64_t>::max() - own) {
        return absl::DataLossError("A B-tree of more records than exist");
      }
      most = below + own;
      total_widths_.push_back(WidthOf(most));
    }
    return absl::OkStatus();
  }

  // Bytes of a pointer from a node of `level` to a child.
  uint64_t PointerSize(uint16_t level) const {
    return width() + count_width_ + (level > 1 ? total_widths_[level - 1] : 0);
  }

  absl::Status Node(uint64_t address, uint16_t level, uint64_t records) {
    const uint64_t pointer = level > 0 ? PointerSize(level) : 0;
    const uint64_t size = kNodeOverhead + records * record_size_ +
                          (level > 0 ? (records + 1) * pointer : 0);
    if (size > node_size_) {
      return absl::DataLossError("A node of a B-tree has too many records");
    }
    TENSORSTORE_RETURN_IF_ERROR(sink_.Spend(size));
    TENSORSTORE_ASSIGN_OR_RETURN(auto bytes, space().Metadata(address, size));
    TENSORSTORE_RETURN_IF_ERROR(CheckBlock(bytes));
    Cursor cursor(bytes);
    if (!cursor.Matches(level > 0 ? "BTIN" : "BTLF") || cursor.U8() != 0 ||
        cursor.U8() != type_) {
      return absl::DataLossError("A node of a B-tree is no such node");
    }
    for (uint64_t i = 0; i < records; ++i) {
      TENSORSTORE_RETURN_IF_ERROR(Record(Cursor(cursor.Bytes(record_size_))));
    }
    for (uint64_t i = 0; level > 0 && i <= records; ++i) {
      const uint64_t child = cursor.Address(width());
      const uint64_t count = cursor.Unsigned(count_width_);
      if (level > 1) cursor.Skip(total_widths_[level - 1]);
      TENSORSTORE_RETURN_IF_ERROR(cursor.status());
      TENSORSTORE_RETURN_IF_ERROR(
          Node(child, static_cast<uint16_t>(level - 1), count));
    }
    return absl::OkStatus();
  }

  absl::Status Record(Cursor cursor) {
    const uint64_t address = cursor.Address(width());
    uint64_t size = sink_.grid().chunk_bytes();
    uint32_t mask = 0;
    if (type_ == kFilteredChunks) {
      size = cursor.Unsigned(size_width_);
      mask = cursor.U32();
    }
    std::array<uint64_t, kMostDimensions> coordinates;
    for (size_t i = 0; i < rank(); ++i) coordinates[i] = cursor.U64();
    TENSORSTORE_RETURN_IF_ERROR(cursor.status());
    return sink_.Add(std::span(coordinates).first(rank()), address, size, mask);
  }

  ChunkSink& sink_;
  uint8_t type_ = 0;
  uint64_t node_size_ = 0;
  uint64_t record_size_ = 0;
  uint64_t size_width_ = 0;
  uint64_t count_width_ = 0;
  // Bytes of the number of all records below a node of each level.
  std::vector<uint64_t> total_widths_;
};

}  // namespace

absl::Status ReadBtreeV2(ChunkSink& sink) { return Tree(sink).Read(); }

}  // namespace ats::hdf5::reader
