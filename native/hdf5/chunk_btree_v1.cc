// Version 1 B-trees: the chunk index of h5py's default files.
#include <array>
#include <compare>
#include <optional>

#include "hdf5/chunk_index.h"
#include "hdf5/cursor.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

// Offsets of a chunk's first element, and of the byte in it, which is 0.
using Offsets = std::array<uint64_t, kMostDimensions + 1>;

struct Key {
  uint32_t size;
  uint32_t mask;
  Offsets offsets;
};

class Tree {
 public:
  explicit Tree(ChunkSink& sink) : sink_(sink) {}

  absl::Status Read(uint64_t address) {
    return Node(address, std::nullopt, Offsets{}, std::nullopt);
  }

 private:
  size_t rank() const { return sink_.grid().rank(); }

  // Reads the node at `address` and all below it. Its keys lie in
  // [`low`, `high`), which is what HDF5's own search relies on; `level` is
  // what it must have, where that is known.
  absl::Status Node(uint64_t address, std::optional<uint8_t> level,
                    const Offsets& low, const std::optional<Offsets>& high) {
    const Space& space = sink_.space();
    const size_t head = 8 + 2 * space.offset_size();
    const size_t key_bytes = 8 + 8 * (rank() + 1);
    TENSORSTORE_ASSIGN_OR_RETURN(auto prefix, space.Metadata(address, head));
    Cursor cursor(prefix);
    if (!cursor.Matches("TREE") || cursor.U8() != 1) {
      return absl::DataLossError("A node of a chunk index is no such node");
    }
    const uint8_t own_level = cursor.U8();
    const size_t count = cursor.U16();
    if (level && own_level != *level) {
      return absl::DataLossError("A node of a chunk index has a wrong level");
    }
    const size_t size =
        count * (key_bytes + space.offset_size()) + key_bytes;
    TENSORSTORE_RETURN_IF_ERROR(sink_.Spend(head + size));
    TENSORSTORE_ASSIGN_OR_RETURN(auto body,
                                 space.Metadata(address + head, size));
    return Entries(body, count, own_level, low, high);
  }

  absl::Status Entries(std::span<const std::byte> body, size_t count,
                       uint8_t level, const Offsets& low,
                       const std::optional<Offsets>& high) {
    Cursor cursor(body);
    TENSORSTORE_ASSIGN_OR_RETURN(Key key, ReadKey(cursor));
    if (count > 0 && key.offsets < low) return Disorder();
    for (size_t i = 0; i < count; ++i) {
      const uint64_t child = cursor.Address(sink_.space().offset_size());
      TENSORSTORE_ASSIGN_OR_RETURN(const Key next, ReadKey(cursor));
      // HDF5 looks for the first byte of a chunk, and finds no other.
      if (key.offsets[rank()] != 0) return Disorder();
      if (!(key.offsets < next.offsets)) return Disorder();
      if (high && i + 1 < count && !(next.offsets < *high)) return Disorder();
      if (level > 0) {
        TENSORSTORE_RETURN_IF_ERROR(Node(child, static_cast<uint8_t>(level - 1),
                                         key.offsets, next.offsets));
      } else {
        TENSORSTORE_RETURN_IF_ERROR(Leaf(key, child));
      }
      key = next;
    }
    return absl::OkStatus();
  }

  absl::Status Leaf(const Key& key, uint64_t address) {
    std::array<uint64_t, kMostDimensions> coordinates;
    for (size_t i = 0; i < rank(); ++i) {
      coordinates[i] = key.offsets[i] / sink_.grid().chunk()[i];
    }
    return sink_.Add(std::span(coordinates).first(rank()), address, key.size,
                     key.mask);
  }

  Result<Key> ReadKey(Cursor& cursor) {
    Key key{cursor.U32(), cursor.U32(), {}};
    for (size_t i = 0; i <= rank(); ++i) key.offsets[i] = cursor.U64();
    TENSORSTORE_RETURN_IF_ERROR(cursor.status());
    for (size_t i = 0; i < rank(); ++i) {
      if (key.offsets[i] % sink_.grid().chunk()[i] != 0) {
        return absl::DataLossError("A chunk lies across the grid");
      }
    }
    return key;
  }

  static absl::Status Disorder() {
    return absl::DataLossError("The keys of a chunk index are out of order");
  }

  ChunkSink& sink_;
};

}  // namespace

absl::Status ReadBtreeV1(ChunkSink& sink) {
  return Tree(sink).Read(sink.layout().address);
}

}  // namespace ats::hdf5::reader
