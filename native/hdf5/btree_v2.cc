#include "hdf5/btree_v2.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <vector>

#include "hdf5/checksum.h"
#include "tensorstore/internal/integer_overflow.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

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
  Tree(const Space& space, const BtreeV2Visitor& visitor)
      : space_(space), visitor_(visitor) {}

  absl::Status Read(uint64_t address) {
    const uint64_t size =
        4 + 2 + 4 + 2 + 2 + 2 + width() + 2 + space_.length_size() + 4;
    TENSORSTORE_ASSIGN_OR_RETURN(auto bytes, space_.Metadata(address, size));
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
    TENSORSTORE_RETURN_IF_ERROR(visitor_.check(type_, record_size_));
    TENSORSTORE_RETURN_IF_ERROR(CheckHeader(depth));
    if (root == kUndefined) return absl::OkStatus();
    return Node(root, depth, records);
  }

 private:
  size_t width() const { return space_.offset_size(); }

  absl::Status CheckHeader(uint16_t depth) {
    if (record_size_ == 0 || depth > kMostLevels ||
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
    TENSORSTORE_RETURN_IF_ERROR(visitor_.spend(size));
    TENSORSTORE_ASSIGN_OR_RETURN(auto bytes, space_.Metadata(address, size));
    TENSORSTORE_RETURN_IF_ERROR(CheckBlock(bytes));
    Cursor cursor(bytes);
    if (!cursor.Matches(level > 0 ? "BTIN" : "BTLF") || cursor.U8() != 0 ||
        cursor.U8() != type_) {
      return absl::DataLossError("A node of a B-tree is no such node");
    }
    for (uint64_t i = 0; i < records; ++i) {
      TENSORSTORE_RETURN_IF_ERROR(
          visitor_.record(Cursor(cursor.Bytes(record_size_))));
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

  const Space& space_;
  const BtreeV2Visitor& visitor_;
  uint8_t type_ = 0;
  uint64_t node_size_ = 0;
  uint64_t record_size_ = 0;
  uint64_t count_width_ = 0;
  // Bytes of the number of all records below a node of each level.
  std::vector<uint64_t> total_widths_;
};

}  // namespace

absl::Status WalkBtreeV2(const Space& space, uint64_t address,
                         const BtreeV2Visitor& visitor) {
  return Tree(space, visitor).Read(address);
}

}  // namespace ats::hdf5::reader
