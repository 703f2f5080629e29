#include "hdf5/link.h"

#include <string_view>

#include "absl/strings/str_cat.h"
#include "hdf5/cursor.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

// Bits of a link message's flags.
constexpr uint8_t kSizeOfLength = 0x03;
constexpr uint8_t kHasOrder = 0x04;
constexpr uint8_t kHasType = 0x08;
constexpr uint8_t kHasCharset = 0x10;

// Link types; from kExternal on they belong to applications.
constexpr uint8_t kHard = 0;
constexpr uint8_t kSoft = 1;
constexpr uint8_t kExternal = 64;

std::string Text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

absl::Status ReadTarget(const Space& space, Cursor& cursor, uint8_t type,
                        Link& link) {
  if (type == kHard) {
    link.address = cursor.Address(space.offset_size());
    return cursor.status();
  }
  const auto value = cursor.Bytes(cursor.U16());
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  if (type == kSoft) {
    link.kind = Link::Kind::kSoft;
    link.target = Text(value);
    if (link.target.empty()) return absl::DataLossError("A link to no path");
    return absl::OkStatus();
  }
  if (type < kExternal) {
    return absl::DataLossError(absl::StrCat("A link of type ", type));
  }
  link.kind = type == kExternal ? Link::Kind::kExternal : Link::Kind::kOther;
  return absl::OkStatus();
}

}  // namespace

Result<Link> ParseLink(const Space& space, std::span<const std::byte> message) {
  Cursor cursor(message);
  if (const uint8_t version = cursor.U8(); version != 1) {
    return absl::UnimplementedError(
        absl::StrCat("A link message of version ", version));
  }
  const uint8_t flags = cursor.U8();
  const uint8_t type = (flags & kHasType) != 0 ? cursor.U8() : kHard;
  Link link;
  if ((flags & kHasOrder) != 0) link.order = static_cast<int64_t>(cursor.U64());
  if ((flags & kHasCharset) != 0) cursor.Skip(1);
  const uint64_t length = cursor.Unsigned(size_t{1} << (flags & kSizeOfLength));
  link.name = Text(cursor.Bytes(length));
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  TENSORSTORE_RETURN_IF_ERROR(ReadTarget(space, cursor, type, link));
  return link;
}

}  // namespace ats::hdf5::reader
