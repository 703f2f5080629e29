// Layout messages of all versions.
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hdf5/cursor.h"
#include "hdf5/messages.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

enum Class : uint8_t { kCompact = 0, kContiguous = 1, kChunked = 2 };
constexpr uint8_t kEdgesUnfiltered = 0x01;
constexpr uint8_t kSingleFiltered = 0x02;

std::vector<std::byte> Copy(std::span<const std::byte> bytes) {
  return {bytes.begin(), bytes.end()};
}

// `count` extents of `width` bytes each: the chunk's and then the element's.
absl::Status ReadChunk(Cursor& cursor, size_t count, size_t width,
                       Layout& layout) {
  if (count < 2 || count > kMostDimensions + 1) {
    return absl::DataLossError("A chunk of no dimensions or too many");
  }
  for (size_t i = 0; i + 1 < count; ++i) {
    layout.chunk.push_back(cursor.Unsigned(width));
  }
  layout.element_size = cursor.Unsigned(width);
  return cursor.status();
}

Result<Layout> ReadV1(const Space& space, Cursor cursor) {
  Layout layout;
  const uint8_t rank = cursor.U8();
  const uint8_t kind = cursor.U8();
  cursor.Skip(5);
  if (kind > kChunked) return absl::UnimplementedError("A virtual dataset");
  layout.kind = static_cast<Layout::Kind>(kind);
  if (kind != kCompact) layout.address = cursor.Address(space.offset_size());
  if (kind == kChunked) {
    TENSORSTORE_RETURN_IF_ERROR(ReadChunk(cursor, rank, 4, layout));
  } else {
    cursor.Skip(size_t{4} * rank);
  }
  if (kind == kCompact) layout.compact = Copy(cursor.Bytes(cursor.U32()));
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  return layout;
}

Result<Layout> ReadV3(const Space& space, Cursor cursor) {
  Layout layout;
  const uint8_t kind = cursor.U8();
  if (kind > kChunked) return absl::UnimplementedError("A virtual dataset");
  layout.kind = static_cast<Layout::Kind>(kind);
  if (kind == kCompact) layout.compact = Copy(cursor.Bytes(cursor.U16()));
  if (kind == kContiguous) layout.address = cursor.Address(space.offset_size());
  if (kind == kChunked) {
    const uint8_t count = cursor.U8();
    layout.address = cursor.Address(space.offset_size());
    TENSORSTORE_RETURN_IF_ERROR(ReadChunk(cursor, count, 4, layout));
  }
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  return layout;
}

// Bytes of parameters that an index repeats in its own header.
constexpr size_t kParameterBytes[] = {0, 0, 0, 1, 5, 6};

Result<Layout> ReadV4Chunked(const Space& space, Cursor cursor) {
  Layout layout;
  layout.kind = Layout::Kind::kChunked;
  const uint8_t flags = cursor.U8();
  const uint8_t count = cursor.U8();
  const uint8_t width = cursor.U8();
  if (width < 1 || width > 8 ||
      (flags & ~(kEdgesUnfiltered | kSingleFiltered)) != 0) {
    return absl::DataLossError("A chunked layout that contradicts itself");
  }
  layout.edges_unfiltered = (flags & kEdgesUnfiltered) != 0;
  TENSORSTORE_RETURN_IF_ERROR(ReadChunk(cursor, count, width, layout));
  const uint8_t kind = cursor.U8();
  if (kind < 1 || kind > 5) {
    return absl::UnimplementedError(absl::StrCat("A chunk index ", kind));
  }
  layout.index = static_cast<IndexKind>(kind);
  if (layout.index == IndexKind::kSingle && (flags & kSingleFiltered) != 0) {
    layout.single_size = cursor.Unsigned(space.length_size());
    layout.single_mask = cursor.U32();
  }
  cursor.Skip(kParameterBytes[kind]);
  layout.address = cursor.Address(space.offset_size());
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  return layout;
}

}  // namespace

Result<Layout> ParseLayout(const Space& space, size_t rank,
                           std::span<const std::byte> message) {
  Cursor cursor(message);
  const uint8_t version = cursor.U8();
  // Version 5, HDF5 2.0's, is version 4 with wider sizes in the index.
  if (version < 1 || version > 5) {
    return absl::UnimplementedError(
        absl::StrCat("A layout message of version ", version));
  }
  Cursor peek = cursor;
  const bool chunked_v4 = version >= 4 && peek.U8() == kChunked;
  if (chunked_v4) cursor.Skip(1);
  TENSORSTORE_ASSIGN_OR_RETURN(
      Layout layout, chunked_v4     ? ReadV4Chunked(space, cursor)
                     : version <= 2 ? ReadV1(space, cursor)
                                    : ReadV3(space, cursor));
  if (layout.kind == Layout::Kind::kChunked && layout.chunk.size() != rank) {
    return absl::DataLossError("Chunks and shape differ in their dimensions");
  }
  return layout;
}

}  // namespace ats::hdf5::reader
