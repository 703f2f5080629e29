#include "hdf5/messages.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "hdf5/cursor.h"
#include "tensorstore/internal/integer_overflow.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

absl::Status BadVersion(std::string_view what, uint8_t version) {
  return absl::UnimplementedError(
      absl::StrCat(what, " message of version ", version));
}

absl::Status CheckShape(const Dataspace& dataspace) {
  uint64_t count = 1;
  for (size_t i = 0; i < dataspace.shape.size(); ++i) {
    const uint64_t extent = dataspace.shape[i];
    if (extent > dataspace.most[i]) {
      return absl::DataLossError("An extent is beyond its own maximum");
    }
    if (tensorstore::internal::MulOverflow(count, std::max<uint64_t>(extent, 1),
                                           &count) ||
        count > std::numeric_limits<int64_t>::max()) {
      return absl::DataLossError("The shape has more elements than exist");
    }
  }
  return absl::OkStatus();
}

}  // namespace

Result<Dataspace> ParseDataspace(const Space& space,
                                 std::span<const std::byte> message) {
  Cursor cursor(message);
  const uint8_t version = cursor.U8();
  const uint8_t rank = cursor.U8();
  const uint8_t flags = cursor.U8();
  Dataspace dataspace;
  if (version == 1) {
    cursor.Skip(5);
  } else if (version == 2) {
    dataspace.null = cursor.U8() == 2;
  } else {
    return BadVersion("A data space", version);
  }
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  if (rank > kMostDimensions) {
    return absl::DataLossError(absl::StrCat("A shape of ", rank, " dimensions"));
  }
  for (int i = 0; i < rank; ++i) {
    dataspace.shape.push_back(cursor.Unsigned(space.length_size()));
  }
  dataspace.most = dataspace.shape;
  if ((flags & 1) != 0) {
    for (uint64_t& most : dataspace.most) {
      most = cursor.Address(space.length_size());
    }
  }
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  TENSORSTORE_RETURN_IF_ERROR(CheckShape(dataspace));
  return dataspace;
}

Result<std::vector<Filter>> ParseFilters(std::span<const std::byte> message) {
  // HDF5's own limit.
  constexpr size_t kMostFilters = 32;
  constexpr uint16_t kFirstNamed = 256;
  Cursor cursor(message);
  const uint8_t version = cursor.U8();
  const uint8_t count = cursor.U8();
  if (version != 1 && version != 2) return BadVersion("A filter", version);
  if (version == 1) cursor.Skip(6);
  if (count > kMostFilters) return absl::DataLossError("Too many filters");
  std::vector<Filter> filters;
  for (int i = 0; i < count; ++i) {
    Filter filter;
    filter.id = cursor.U16();
    const bool named = version == 1 || filter.id >= kFirstNamed;
    const size_t name = named ? cursor.U16() : 0;
    filter.flags = cursor.U16();
    const size_t parameters = cursor.U16();
    const auto text = cursor.Bytes(version == 1 ? (name + 7) / 8 * 8 : name);
    const auto end = std::find(text.begin(), text.end(), std::byte{0});
    filter.name.assign(reinterpret_cast<const char*>(text.data()),
                       static_cast<size_t>(end - text.begin()));
    for (size_t p = 0; p < parameters && cursor.ok(); ++p) {
      filter.parameters.push_back(cursor.U32());
    }
    if (version == 1 && parameters % 2 != 0) cursor.Skip(4);
    TENSORSTORE_RETURN_IF_ERROR(cursor.status());
    filters.push_back(std::move(filter));
  }
  return filters;
}

Result<std::vector<std::byte>> ParseFillValue(
    std::span<const std::byte> message, bool old) {
  Cursor cursor(message);
  bool defined = true;
  if (!old) {
    const uint8_t version = cursor.U8();
    if (version == 1 || version == 2) {
      cursor.Skip(2);
      defined = cursor.U8() == 1 || version == 1;
    } else if (version == 3) {
      defined = (cursor.U8() & 0x20) != 0;
    } else {
      return BadVersion("A fill value", version);
    }
  }
  const auto value = defined ? cursor.Bytes(cursor.U32())
                             : std::span<const std::byte>();
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  return std::vector<std::byte>(value.begin(), value.end());
}

}  // namespace ats::hdf5::reader
