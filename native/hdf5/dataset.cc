#include "hdf5/dataset.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hdf5/cursor.h"
#include "hdf5/object_header.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

// Contiguous values are read in stretches of about so many bytes: enough to
// forget the cost of a system call, few enough for threads to share and for a
// cancelled read to stop soon.
constexpr uint64_t kStretchBytes = uint64_t{4} << 20;
// Chunks up to this size are always taken; larger ones only from a file that
// can hold one.
constexpr uint64_t kPlausibleBytes = uint64_t{64} << 20;
// The most that DEFLATE makes of one byte; the other codecs' most is of the
// same order for data that anybody stores.
constexpr uint64_t kMostRatio = 1032;

Result<std::vector<std::byte>> FindFillValue(
    const std::vector<Message>& messages, const ElementType& type) {
  TENSORSTORE_ASSIGN_OR_RETURN(const Message* message,
                               FindMessage(messages, MessageType::kFillValue));
  const bool old = message == nullptr;
  if (old) {
    TENSORSTORE_ASSIGN_OR_RETURN(message,
                                 FindMessage(messages, MessageType::kOldFillValue));
  }
  if (message == nullptr) return std::vector<std::byte>();
  TENSORSTORE_ASSIGN_OR_RETURN(auto value, ParseFillValue(message->data, old));
  const bool zero = std::all_of(value.begin(), value.end(),
                                [](std::byte b) { return b == std::byte{0}; });
  if (zero) return std::vector<std::byte>();
  if (value.size() != type.size || type.is_text() || type.is_records()) {
    return absl::UnimplementedError("A fill value of another type");
  }
  return value;
}

// Extents of a stretch: whole inner dimensions, as many rows of the next one
// as fit.
std::vector<uint64_t> Stretch(const std::vector<uint64_t>& shape,
                              uint64_t element_size) {
  std::vector<uint64_t> stretch(shape.size(), 1);
  uint64_t bytes = element_size;
  for (size_t i = shape.size(); i-- > 0;) {
    const uint64_t rows =
        std::max<uint64_t>(1, std::min(shape[i], kStretchBytes / bytes));
    stretch[i] = rows;
    if (rows < shape[i]) break;
    bytes *= rows;
  }
  return stretch;
}

}  // namespace

Result<std::shared_ptr<const Dataset>> Dataset::Open(const Space& space,
                                                     uint64_t address) {
  std::shared_ptr<Dataset> dataset(new Dataset(space));
  TENSORSTORE_RETURN_IF_ERROR(dataset->Parse(address));
  return dataset;
}

absl::Status Dataset::Parse(uint64_t address) {
  TENSORSTORE_ASSIGN_OR_RETURN(const auto messages,
                               ReadObjectHeader(space_, address));
  TENSORSTORE_ASSIGN_OR_RETURN(const Message* external,
                               FindMessage(messages, MessageType::kExternalFiles));
  if (external != nullptr) {
    return absl::PermissionDeniedError("The values are in other files");
  }
  TENSORSTORE_ASSIGN_OR_RETURN(const Message* type,
                               NeedMessage(messages, MessageType::kDatatype));
  TENSORSTORE_ASSIGN_OR_RETURN(type_,
                               ParseDatatype(type->data, space_.offset_size()));
  TENSORSTORE_ASSIGN_OR_RETURN(const Message* extent,
                               NeedMessage(messages, MessageType::kDataspace));
  TENSORSTORE_ASSIGN_OR_RETURN(const Dataspace dataspace,
                               ParseDataspace(space_, extent->data));
  if (dataspace.null) return absl::UnimplementedError("A null data space");
  TENSORSTORE_ASSIGN_OR_RETURN(fill_, FindFillValue(messages, type_));
  TENSORSTORE_ASSIGN_OR_RETURN(const Message* filters,
                               FindMessage(messages, MessageType::kFilters));
  if (filters != nullptr) {
    TENSORSTORE_ASSIGN_OR_RETURN(filters_, ParseFilters(filters->data));
  }
  TENSORSTORE_ASSIGN_OR_RETURN(const Message* place,
                               NeedMessage(messages, MessageType::kLayout));
  TENSORSTORE_ASSIGN_OR_RETURN(
      Layout layout,
      ParseLayout(space_, dataspace.shape.size(), place->data));
  return Place(dataspace, std::move(layout));
}

absl::Status Dataset::Place(const Dataspace& dataspace, Layout layout) {
  switch (layout.kind) {
    case Layout::Kind::kCompact:
      return PlaceCompact(dataspace, std::move(layout));
    case Layout::Kind::kContiguous:
      return PlaceContiguous(dataspace, layout);
    case Layout::Kind::kChunked:
      return PlaceChunked(dataspace, layout);
  }
  return absl::UnimplementedError("A layout of an unknown kind");
}

absl::Status Dataset::PlaceContiguous(const Dataspace& dataspace,
                                      const Layout& layout) {
  kind_ = Kind::kContiguous;
  const auto stretch = Stretch(dataspace.shape, type_.size);
  TENSORSTORE_ASSIGN_OR_RETURN(
      grid_, ChunkGrid::Make(dataspace, stretch, type_.size, kStretchBytes));
  if (layout.address == kUndefined) return absl::OkStatus();
  uint64_t bytes = type_.size;
  for (uint64_t extent : dataspace.shape) {
    if (extent != 0 && bytes > space_.file().size() / extent) {
      return absl::DataLossError("Contiguous values leave the file");
    }
    bytes *= extent;
  }
  TENSORSTORE_ASSIGN_OR_RETURN(offset_, space_.Locate(layout.address, bytes));
  stored_bytes_ = bytes;
  return absl::OkStatus();
}

absl::Status Dataset::PlaceCompact(const Dataspace& dataspace, Layout layout) {
  kind_ = Kind::kCompact;
  std::vector<uint64_t> whole = dataspace.shape;
  for (uint64_t& extent : whole) extent = std::max<uint64_t>(extent, 1);
  TENSORSTORE_ASSIGN_OR_RETURN(
      grid_, ChunkGrid::Make(dataspace, whole, type_.size,
                             space_.file().limits().max_chunk_bytes));
  const uint64_t bytes = grid_.size() == 0 ? 0 : grid_.chunk_bytes();
  if (layout.compact.size() < bytes) {
    return absl::DataLossError("Compact values are fewer than the shape says");
  }
  compact_ = std::move(layout.compact);
  stored_bytes_ = bytes;
  return absl::OkStatus();
}

absl::Status Dataset::PlaceChunked(const Dataspace& dataspace,
                                   const Layout& layout) {
  kind_ = Kind::kChunked;
  if (layout.element_size != type_.size) {
    return absl::DataLossError("Chunks and type differ in the element's size");
  }
  const File& file = space_.file();
  TENSORSTORE_ASSIGN_OR_RETURN(
      grid_, ChunkGrid::Make(dataspace, layout.chunk, type_.size,
                             file.limits().max_chunk_bytes));
  if (grid_.chunk_bytes() > kPlausibleBytes &&
      grid_.chunk_bytes() / kMostRatio > file.size()) {
    return absl::ResourceExhaustedError(
        absl::StrCat("Chunks of ", grid_.chunk_bytes(), " bytes in a file of ",
                     file.size(), " bytes"));
  }
  const bool filtered = !filters_.empty();
  TENSORSTORE_ASSIGN_OR_RETURN(
      pipeline_, Pipeline::Make(std::move(filters_), grid_.chunk_bytes()));
  TENSORSTORE_ASSIGN_OR_RETURN(
      index_, ChunkIndex::Read(space_, layout, grid_, filtered));
  stored_bytes_ = index_.stored_bytes();
  return absl::OkStatus();
}

}  // namespace ats::hdf5::reader
