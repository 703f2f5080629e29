#include "hdf5/shared_message.h"

#include "absl/strings/str_cat.h"
#include "hdf5/cursor.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

constexpr uint8_t kInHeap = 1;

absl::Status Lacks(MessageType type) {
  return absl::DataLossError(absl::StrCat(
      "An object has no message of type ", static_cast<int>(type), ", or two"));
}

}  // namespace

Result<std::vector<std::byte>> ReadShared(
    const Space& space, MessageType type,
    std::span<const std::byte> reference) {
  Cursor cursor(reference);
  const uint8_t version = cursor.U8();
  const uint8_t place = cursor.U8();
  if (version < 2 || version > 3 || (version == 3 && place == kInHeap)) {
    return absl::UnimplementedError("A message in the heap of shared ones");
  }
  const uint64_t address = cursor.Address(space.offset_size());
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  TENSORSTORE_ASSIGN_OR_RETURN(auto messages, ReadObjectHeader(space, address));
  for (Message& message : messages) {
    if (message.type == type && !message.shared) return std::move(message.data);
  }
  return Lacks(type);
}

Result<std::vector<std::byte>> NeedMessage(const Space& space,
                                           const std::vector<Message>& messages,
                                           MessageType type) {
  const Message* found = nullptr;
  for (const Message& message : messages) {
    if (message.type != type) continue;
    if (found != nullptr) return Lacks(type);
    found = &message;
  }
  if (found == nullptr) return Lacks(type);
  if (found->shared) return ReadShared(space, type, found->data);
  return found->data;
}

}  // namespace ats::hdf5::reader
