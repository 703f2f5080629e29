// Groups of h5py's default files.
#include <optional>
#include <string_view>
#include <utility>

#include "hdf5/budget.h"
#include "hdf5/cursor.h"
#include "hdf5/link.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

// What an entry's scratch space holds.
enum CacheType : uint32_t { kNothing = 0, kGroup = 1, kSoftLink = 2 };
constexpr size_t kScratchBytes = 16;

// The names of a group's members.
class LocalHeap {
 public:
  static Result<LocalHeap> Read(const Space& space, uint64_t address) {
    const size_t length = space.length_size();
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto bytes,
        space.Metadata(address, 8 + 2 * length + space.offset_size()));
    Cursor cursor(bytes);
    if (!cursor.Matches("HEAP") || cursor.U8() != 0) {
      return absl::DataLossError("There is no heap where names should be");
    }
    cursor.Skip(3);
    const uint64_t size = cursor.Unsigned(length);
    cursor.Skip(length);
    const uint64_t at = cursor.Address(space.offset_size());
    TENSORSTORE_RETURN_IF_ERROR(cursor.status());
    LocalHeap heap;
    if (size == 0) return heap;
    TENSORSTORE_ASSIGN_OR_RETURN(heap.bytes_, space.Metadata(at, size));
    return heap;
  }

  Result<std::string_view> Text(uint64_t offset) const {
    if (offset >= bytes_.size()) {
      return absl::DataLossError("A name lies outside its heap");
    }
    Cursor cursor(std::span<const std::byte>(bytes_).subspan(offset));
    const std::string_view text = cursor.Name(/*padded=*/false);
    TENSORSTORE_RETURN_IF_ERROR(cursor.status());
    return text;
  }

 private:
  std::vector<std::byte> bytes_;
};

class Table {
 public:
  explicit Table(const Space& space)
      : space_(space),
        reads_(space.file().size()),
        names_(space.file().limits().max_metadata_bytes) {}

  Result<std::vector<Link>> Read(std::span<const std::byte> message) {
    Cursor cursor(message);
    const uint64_t tree = cursor.Address(space_.offset_size());
    const uint64_t heap = cursor.Address(space_.offset_size());
    TENSORSTORE_RETURN_IF_ERROR(cursor.status());
    TENSORSTORE_ASSIGN_OR_RETURN(heap_, LocalHeap::Read(space_, heap));
    TENSORSTORE_RETURN_IF_ERROR(Node(tree, std::nullopt));
    return std::move(links_);
  }

 private:
  // Reads the node at `address` and all below it; `level` is what it must
  // have, where that is known.
  absl::Status Node(uint64_t address, std::optional<uint8_t> level) {
    const size_t head = 8 + 2 * space_.offset_size();
    TENSORSTORE_ASSIGN_OR_RETURN(auto prefix, space_.Metadata(address, head));
    Cursor cursor(prefix);
    if (!cursor.Matches("TREE") || cursor.U8() != 0) {
      return absl::DataLossError("A node of a group is no such node");
    }
    const uint8_t own_level = cursor.U8();
    const size_t count = cursor.U16();
    if (level && own_level != *level) {
      return absl::DataLossError("A node of a group has a wrong level");
    }
    // Keys are offsets of names; the links themselves say the order.
    const size_t size = count * (space_.length_size() + space_.offset_size());
    TENSORSTORE_RETURN_IF_ERROR(reads_.Spend(head + size));
    TENSORSTORE_ASSIGN_OR_RETURN(auto body,
                                 space_.Metadata(address + head, size));
    Cursor entries(body);
    for (size_t i = 0; i < count; ++i) {
      entries.Skip(space_.length_size());
      const uint64_t child = entries.Address(space_.offset_size());
      TENSORSTORE_RETURN_IF_ERROR(
          own_level > 0 ? Node(child, static_cast<uint8_t>(own_level - 1))
                        : Leaf(child));
    }
    return absl::OkStatus();
  }

  absl::Status Leaf(uint64_t address) {
    TENSORSTORE_ASSIGN_OR_RETURN(auto prefix, space_.Metadata(address, 8));
    Cursor head(prefix);
    if (!head.Matches("SNOD") || head.U8() != 1) {
      return absl::DataLossError("There are no links where they should be");
    }
    head.Skip(1);
    const size_t count = head.U16();
    const size_t size =
        count * (2 * space_.offset_size() + 8 + kScratchBytes);
    TENSORSTORE_RETURN_IF_ERROR(reads_.Spend(8 + size));
    TENSORSTORE_ASSIGN_OR_RETURN(auto body, space_.Metadata(address + 8, size));
    Cursor cursor(body);
    for (size_t i = 0; i < count; ++i) {
      TENSORSTORE_RETURN_IF_ERROR(Entry(cursor));
    }
    return absl::OkStatus();
  }

  absl::Status Entry(Cursor& cursor) {
    const uint64_t name = cursor.Unsigned(space_.offset_size());
    Link link;
    link.address = cursor.Address(space_.offset_size());
    const uint32_t cache = cursor.U32();
    cursor.Skip(4);
    Cursor scratch(cursor.Bytes(kScratchBytes));
    TENSORSTORE_RETURN_IF_ERROR(cursor.status());
    TENSORSTORE_ASSIGN_OR_RETURN(const std::string_view text, heap_.Text(name));
    TENSORSTORE_RETURN_IF_ERROR(names_.Spend(text.size() + sizeof(Link)));
    link.name = text;
    if (cache == kSoftLink) {
      TENSORSTORE_ASSIGN_OR_RETURN(const std::string_view target,
                                   heap_.Text(scratch.U32()));
      TENSORSTORE_RETURN_IF_ERROR(names_.Spend(target.size()));
      link.kind = Link::Kind::kSoft;
      link.target = target;
    } else if (cache != kNothing && cache != kGroup) {
      return absl::DataLossError("A link of an unknown kind");
    }
    // HDF5's own search relies on it.
    if (!links_.empty() && links_.back().name >= link.name) {
      return absl::DataLossError("The names of a group are out of order");
    }
    links_.push_back(std::move(link));
    return absl::OkStatus();
  }

  const Space& space_;
  // Parts that point at each other are read more often than there are bytes.
  Budget reads_;
  Budget names_;
  LocalHeap heap_;
  std::vector<Link> links_;
};

}  // namespace

Result<std::vector<Link>> ReadSymbolTable(const Space& space,
                                          std::span<const std::byte> message) {
  return Table(space).Read(message);
}

}  // namespace ats::hdf5::reader
