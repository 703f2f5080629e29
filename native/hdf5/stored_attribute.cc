// Attribute messages.
#include <utility>

#include "absl/strings/str_cat.h"
#include "hdf5/cursor.h"
#include "hdf5/heap_strings.h"
#include "hdf5/stored_object.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

// The bytes of the parts that an attribute begins with, as it says.
struct Parts {
  std::string name;
  std::span<const std::byte> type, dataspace;
};

Result<Parts> ReadParts(Cursor& cursor) {
  const uint8_t version = cursor.U8();
  const uint8_t flags = cursor.U8();
  if (version < 1 || version > 3) {
    return absl::UnimplementedError(
        absl::StrCat("An attribute message of version ", version));
  }
  if (version > 1 && (flags & 0x03) != 0) {
    return absl::UnimplementedError("An attribute of a type that objects share");
  }
  const size_t name = cursor.U16();
  const size_t type = cursor.U16();
  const size_t dataspace = cursor.U16();
  if (version == 3) cursor.Skip(1);
  const auto part = [&](size_t size) {
    const auto bytes = cursor.Bytes(size);
    if (version == 1) cursor.Skip((8 - size % 8) % 8);
    return bytes;
  };
  Parts parts;
  for (std::byte b : part(name)) {
    if (b == std::byte{0}) break;
    parts.name.push_back(static_cast<char>(b));
  }
  parts.type = part(type);
  parts.dataspace = part(dataspace);
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  return parts;
}

absl::Status ReadTexts(const Space& space, std::span<const std::byte> bytes,
                       StoredAttribute& attribute) {
  TENSORSTORE_ASSIGN_OR_RETURN(
      const Strings strings,
      ResolveStrings(space, bytes, space.file().limits().max_metadata_bytes));
  for (size_t i = 0; i + 1 < strings.offsets.size(); ++i) {
    const auto begin = static_cast<size_t>(strings.offsets[i]);
    const auto end = static_cast<size_t>(strings.offsets[i + 1]);
    attribute.texts.push_back(strings.bytes.substr(begin, end - begin));
  }
  return absl::OkStatus();
}

}  // namespace

Result<StoredAttribute> ParseAttribute(const Space& space,
                                       std::span<const std::byte> message) {
  Cursor cursor(message);
  TENSORSTORE_ASSIGN_OR_RETURN(Parts parts, ReadParts(cursor));
  StoredAttribute attribute;
  attribute.name = std::move(parts.name);
  TENSORSTORE_ASSIGN_OR_RETURN(
      attribute.type, ParseStoredType(parts.type, space.offset_size()));
  TENSORSTORE_ASSIGN_OR_RETURN(attribute.dataspace,
                               ParseDataspace(space, parts.dataspace));
  if (attribute.dataspace.null) return attribute;
  uint64_t bytes = attribute.type.size;
  for (uint64_t extent : attribute.dataspace.shape) {
    if (extent != 0 && bytes > cursor.left() / extent) {
      return absl::DataLossError("An attribute has fewer values than it says");
    }
    bytes *= extent;
  }
  const auto values = cursor.Bytes(bytes);
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  if (attribute.type.type_class == StoredType::Class::kLongText) {
    TENSORSTORE_RETURN_IF_ERROR(ReadTexts(space, values, attribute));
  } else if (attribute.type.plain()) {
    attribute.bytes.assign(values.begin(), values.end());
  } else {
    return absl::UnimplementedError("An attribute with text within records");
  }
  return attribute;
}

}  // namespace ats::hdf5::reader
