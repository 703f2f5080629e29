#include "hdf5/attribute.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/utf8.h"
#include "hdf5/btree_v2.h"
#include "hdf5/cursor.h"
#include "hdf5/fractal_heap.h"
#include "hdf5/messages.h"
#include "hdf5/shared_message.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

constexpr uint8_t kAttributesByName = 8;
constexpr uint8_t kSharedFlag = 0x02;
// Message flags, order of making, hash of the name.
constexpr size_t kRecordRest = 1 + 4 + 4;
// Bits of an attribute info message's flags.
constexpr uint8_t kTracksOrder = 0x01;
constexpr uint8_t kIndexesOrder = 0x02;
// Bits of an attribute message's flags.
constexpr uint8_t kSharedType = 0x01;
constexpr uint8_t kSharedSpace = 0x02;

struct Ordered {
  uint32_t order;
  Attribute attribute;
};

size_t Padded(size_t size) { return (size + 7) / 8 * 8; }

// The parts of an attribute message, as it has them or resolved.
struct Parts {
  std::string name;
  std::vector<std::byte> type;
  std::vector<std::byte> extent;
  std::span<const std::byte> data;
};

class Reader {
 public:
  Reader(const Space& space, Budget& budget, PathOf path_of)
      : space_(space), budget_(budget), path_of_(path_of) {}

  Result<std::vector<Attribute>> Read(const std::vector<Message>& messages) {
    for (const Message& message : messages) {
      if (message.type != MessageType::kAttribute &&
          message.type != MessageType::kAttributeInfo) {
        continue;
      }
      if (message.shared) {
        return absl::UnimplementedError("Attributes that objects share");
      }
      TENSORSTORE_RETURN_IF_ERROR(message.type == MessageType::kAttribute
                                      ? Add(message.data, message.order)
                                      : Dense(message.data));
    }
    return Sorted();
  }

 private:
  // An attribute info message, and the attributes that it says where they are.
  absl::Status Dense(std::span<const std::byte> message) {
    Cursor cursor(message);
    if (cursor.U8() != 0) {
      return absl::UnimplementedError("A later attribute info");
    }
    const uint8_t flags = cursor.U8();
    if ((flags & kTracksOrder) != 0) cursor.Skip(2);
    const uint64_t heap_address = cursor.Address(space_.offset_size());
    const uint64_t index = cursor.Address(space_.offset_size());
    TENSORSTORE_RETURN_IF_ERROR(cursor.status());
    if (heap_address == kUndefined) return absl::OkStatus();
    const bool by_making = (flags & kIndexesOrder) != 0;
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto heap, FractalHeap::Open(space_, heap_address, budget_));
    const auto check = [&](uint8_t type, uint64_t size) {
      return type == kAttributesByName && size == heap.id_size() + kRecordRest
                 ? absl::OkStatus()
                 : absl::DataLossError("An index of other than attributes");
    };
    const auto spend = [&](uint64_t bytes) { return budget_.Spend(bytes); };
    const auto record = [&](Cursor cursor) -> absl::Status {
      const auto id = cursor.Bytes(heap.id_size());
      if ((cursor.U8() & kSharedFlag) != 0) {
        return absl::UnimplementedError("Attributes that objects share");
      }
      const uint32_t order = by_making ? cursor.U32() : 0;
      TENSORSTORE_ASSIGN_OR_RETURN(const auto attribute, heap.Read(id));
      return Add(attribute, order);
    };
    return WalkBtreeV2(space_, index, {check, spend, record});
  }

  absl::Status Add(std::span<const std::byte> message, uint32_t order) {
    TENSORSTORE_RETURN_IF_ERROR(budget_.Spend(message.size()));
    TENSORSTORE_ASSIGN_OR_RETURN(const Parts parts, Split(message));
    TENSORSTORE_ASSIGN_OR_RETURN(const Dataspace extent,
                                 ParseDataspace(space_, parts.extent));
    Attribute attribute{parts.name, extent.null, extent.shape, {}};
    names_.push_back(parts.name);
    if (!extent.null) {
      uint64_t count = 1;
      for (uint64_t length : extent.shape) count *= length;
      TENSORSTORE_ASSIGN_OR_RETURN(
          auto values, ReadAttributeValues(space_, parts.type, count,
                                           parts.data, budget_, path_of_));
      if (!values) return absl::OkStatus();
      attribute.values = *std::move(values);
    }
    attributes_.push_back({order, std::move(attribute)});
    return absl::OkStatus();
  }

  Result<Parts> Split(std::span<const std::byte> message) const {
    Cursor cursor(message);
    const uint8_t version = cursor.U8();
    if (version < 1 || version > 3) {
      return absl::UnimplementedError(
          absl::StrCat("An attribute message of version ", version));
    }
    const uint8_t flags = version == 1 ? (cursor.U8(), 0) : cursor.U8();
    const size_t name = cursor.U16();
    const size_t type = cursor.U16();
    const size_t extent = cursor.U16();
    if (version == 3) cursor.Skip(1);
    const auto part = [&](size_t size) {
      const auto bytes = cursor.Bytes(version == 1 ? Padded(size) : size);
      return bytes.first(std::min(size, bytes.size()));
    };
    Cursor text(part(name));
    Parts parts;
    parts.name = text.Name(/*padded=*/false);
    TENSORSTORE_RETURN_IF_ERROR(text.status());
    if (!core::IsUtf8(parts.name)) {
      return absl::UnimplementedError("A name that is not UTF-8");
    }
    TENSORSTORE_ASSIGN_OR_RETURN(
        parts.type, Resolve(MessageType::kDatatype, part(type),
                            (flags & kSharedType) != 0));
    TENSORSTORE_ASSIGN_OR_RETURN(
        parts.extent, Resolve(MessageType::kDataspace, part(extent),
                              (flags & kSharedSpace) != 0));
    TENSORSTORE_RETURN_IF_ERROR(cursor.status());
    parts.data = cursor.Bytes(cursor.left());
    return parts;
  }

  Result<std::vector<std::byte>> Resolve(MessageType type,
                                         std::span<const std::byte> bytes,
                                         bool shared) const {
    if (shared) return ReadShared(space_, type, bytes);
    return std::vector<std::byte>(bytes.begin(), bytes.end());
  }

  Result<std::vector<Attribute>> Sorted() {
    std::sort(names_.begin(), names_.end());
    if (std::adjacent_find(names_.begin(), names_.end()) != names_.end()) {
      return absl::DataLossError("An object has an attribute twice");
    }
    std::sort(attributes_.begin(), attributes_.end(),
              [](const Ordered& a, const Ordered& b) {
                return a.order != b.order ? a.order < b.order
                                          : a.attribute.name < b.attribute.name;
              });
    std::vector<Attribute> sorted;
    sorted.reserve(attributes_.size());
    for (Ordered& item : attributes_) {
      sorted.push_back(std::move(item.attribute));
    }
    return sorted;
  }

  const Space& space_;
  Budget& budget_;
  PathOf path_of_;
  // Of all attributes, also of those that are left out.
  std::vector<std::string> names_;
  std::vector<Ordered> attributes_;
};

}  // namespace

Result<std::vector<Attribute>> ReadAttributes(
    const Space& space, const std::vector<Message>& messages, Budget& budget,
    PathOf path_of) {
  return Reader(space, budget, path_of).Read(messages);
}

}  // namespace ats::hdf5::reader
