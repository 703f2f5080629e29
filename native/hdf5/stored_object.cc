#include "hdf5/stored_object.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hdf5/cursor.h"
#include "hdf5/object_header.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

Result<std::vector<std::byte>> FillValue(const std::vector<Message>& messages,
                                         const StoredType& type) {
  TENSORSTORE_ASSIGN_OR_RETURN(const Message* message,
                               FindMessage(messages, MessageType::kFillValue));
  const bool old = message == nullptr;
  if (old) {
    TENSORSTORE_ASSIGN_OR_RETURN(
        message, FindMessage(messages, MessageType::kOldFillValue));
  }
  if (message == nullptr || !type.plain()) return std::vector<std::byte>();
  TENSORSTORE_ASSIGN_OR_RETURN(auto value, ParseFillValue(message->data, old));
  if (!value.empty() && value.size() != type.size) {
    return absl::UnimplementedError("A fill value of another type");
  }
  return value;
}

absl::Status FindValues(const Space& space, StoredDataset& dataset) {
  if (dataset.dataspace.null) return absl::OkStatus();
  if (dataset.layout.kind == Layout::Kind::kChunked) {
    if (dataset.layout.element_size != dataset.type.size) {
      return absl::DataLossError("Chunks and type differ in the element's size");
    }
    TENSORSTORE_ASSIGN_OR_RETURN(
        dataset.grid,
        ChunkGrid::Make(dataset.dataspace, dataset.layout.chunk,
                        dataset.type.size,
                        space.file().limits().max_chunk_bytes));
    TENSORSTORE_ASSIGN_OR_RETURN(
        dataset.index, ChunkIndex::Read(space, dataset.layout, dataset.grid,
                                        !dataset.filters.empty()));
    return absl::OkStatus();
  }
  uint64_t bytes = dataset.type.size;
  for (uint64_t extent : dataset.dataspace.shape) {
    if (extent != 0 && bytes > space.file().size() / extent) {
      // What was never written has no place.
      bytes = space.file().size() + 1;
      break;
    }
    bytes *= extent;
  }
  if (dataset.layout.kind == Layout::Kind::kCompact) {
    if (dataset.layout.compact.size() < bytes) {
      return absl::DataLossError("Compact values are fewer than the shape says");
    }
    dataset.bytes = bytes;
  } else if (dataset.layout.address != kUndefined) {
    TENSORSTORE_ASSIGN_OR_RETURN(dataset.offset,
                                 space.Locate(dataset.layout.address, bytes));
    dataset.bytes = bytes;
  }
  return absl::OkStatus();
}

Result<StoredDataset> ParseDataset(const Space& space,
                                   const std::vector<Message>& messages) {
  StoredDataset dataset;
  TENSORSTORE_ASSIGN_OR_RETURN(const Message* type,
                               NeedMessage(messages, MessageType::kDatatype));
  TENSORSTORE_ASSIGN_OR_RETURN(
      dataset.type, ParseStoredType(type->data, space.offset_size()));
  const auto number = ParseDatatype(type->data, space.offset_size());
  if (number.ok() && !number->is_text()) dataset.number = *number;
  if (!dataset.type.plain() &&
      dataset.type.type_class != StoredType::Class::kLongText) {
    return absl::UnimplementedError("Records with text of variable length");
  }
  TENSORSTORE_ASSIGN_OR_RETURN(const Message* extent,
                               NeedMessage(messages, MessageType::kDataspace));
  TENSORSTORE_ASSIGN_OR_RETURN(dataset.dataspace,
                               ParseDataspace(space, extent->data));
  TENSORSTORE_ASSIGN_OR_RETURN(dataset.fill, FillValue(messages, dataset.type));
  TENSORSTORE_ASSIGN_OR_RETURN(const Message* filters,
                               FindMessage(messages, MessageType::kFilters));
  if (filters != nullptr) {
    TENSORSTORE_ASSIGN_OR_RETURN(dataset.filters, ParseFilters(filters->data));
  }
  TENSORSTORE_ASSIGN_OR_RETURN(const Message* place,
                               NeedMessage(messages, MessageType::kLayout));
  TENSORSTORE_ASSIGN_OR_RETURN(
      dataset.layout,
      ParseLayout(space, dataset.dataspace.shape.size(), place->data));
  TENSORSTORE_RETURN_IF_ERROR(FindValues(space, dataset));
  return dataset;
}

// Whether an attribute info message (IV.A.2.v) names a heap.
Result<bool> HasAttributeHeap(const Space& space,
                              const std::vector<Message>& messages) {
  TENSORSTORE_ASSIGN_OR_RETURN(
      const Message* message,
      FindMessage(messages, MessageType::kAttributeInfo));
  if (message == nullptr) return false;
  Cursor cursor(message->data);
  cursor.Skip(1);
  const uint8_t flags = cursor.U8();
  if ((flags & 0x01) != 0) cursor.Skip(2);
  const uint64_t heap = cursor.Address(space.offset_size());
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  return heap != kUndefined;
}

}  // namespace

Result<std::shared_ptr<const StoredObject>> StoredObject::Open(
    const Space& space, uint64_t address) {
  std::shared_ptr<StoredObject> object(new StoredObject(space));
  TENSORSTORE_ASSIGN_OR_RETURN(const auto messages,
                               ReadObjectHeader(space, address));
  TENSORSTORE_ASSIGN_OR_RETURN(object->attributes_elsewhere_,
                               HasAttributeHeap(space, messages));
  for (const Message& message : messages) {
    if (message.type == MessageType::kExternalFiles) {
      return absl::PermissionDeniedError("The values are in other files");
    }
    if (message.type == MessageType::kLayout) object->is_dataset_ = true;
    if (message.type != MessageType::kAttribute) continue;
    if (message.shared) {
      return absl::UnimplementedError("A message that objects share");
    }
    TENSORSTORE_ASSIGN_OR_RETURN(auto attribute,
                                 ParseAttribute(space, message.data));
    object->attributes_.push_back(std::move(attribute));
  }
  if (!object->is_dataset_) return object;
  auto dataset = ParseDataset(space, messages);
  if (dataset.ok()) {
    object->dataset_ = *std::move(dataset);
  } else if (!absl::IsUnimplemented(dataset.status())) {
    return dataset.status();
  }
  return object;
}

}  // namespace ats::hdf5::reader
