#include "hdf5/object_header.h"

#include <deque>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "hdf5/checksum.h"
#include "hdf5/cursor.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

// Real headers have a few dozen: attributes beyond eight move out of them.
constexpr size_t kMostMessages = 1 << 16;
constexpr size_t kMostBlocks = 1 << 12;
constexpr uint8_t kSharedFlag = 0x02;
// Bits of the flags of a version 2 header.
constexpr uint8_t kTracksOrder = 0x04;
constexpr uint8_t kIndexesOrder = 0x08;

struct Block {
  uint64_t address;
  uint64_t size;
};

class Reader {
 public:
  explicit Reader(const Space& space) : space_(space) {}

  Result<std::vector<Message>> Read(uint64_t address) {
    TENSORSTORE_ASSIGN_OR_RETURN(auto prefix, space_.Metadata(address, 16));
    if (Cursor(prefix).Matches("OHDR")) {
      TENSORSTORE_RETURN_IF_ERROR(FirstBlockV2(address));
    } else {
      TENSORSTORE_RETURN_IF_ERROR(FirstBlockV1(address, Cursor(prefix)));
    }
    while (!pending_.empty()) {
      const Block block = pending_.front();
      pending_.pop_front();
      TENSORSTORE_RETURN_IF_ERROR(Continuation(block));
    }
    return std::move(messages_);
  }

 private:
  absl::Status FirstBlockV1(uint64_t address, Cursor prefix) {
    if (prefix.U8() != 1) {
      return absl::DataLossError("There is no object header at this address");
    }
    prefix.Skip(7);
    const uint64_t size = prefix.U32();
    TENSORSTORE_ASSIGN_OR_RETURN(auto bytes, space_.Metadata(address + 16, size));
    return Messages(bytes);
  }

  absl::Status FirstBlockV2(uint64_t address) {
    version_ = 2;
    // Signature, version, flags, times, attribute limits, size of the block.
    constexpr uint64_t kLongestPrefix = 4 + 1 + 1 + 16 + 4 + 8;
    const uint64_t available = space_.superblock().end - address;
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto prefix,
        space_.Metadata(address, std::min(available, kLongestPrefix)));
    Cursor cursor(prefix);
    cursor.Skip(4);
    const uint8_t version = cursor.U8();
    const uint8_t flags = cursor.U8();
    if (version != 2) {
      return absl::UnimplementedError(
          absl::StrCat("Object header version ", version));
    }
    message_prefix_ = (flags & kTracksOrder) != 0 ? 6 : 4;
    indexes_order_ = (flags & kIndexesOrder) != 0;
    if ((flags & 0x20) != 0) cursor.Skip(16);
    if ((flags & 0x10) != 0) cursor.Skip(4);
    const uint64_t size = cursor.Unsigned(size_t{1} << (flags & 0x03));
    TENSORSTORE_RETURN_IF_ERROR(cursor.status());
    const uint64_t begin = cursor.position();
    TENSORSTORE_RETURN_IF_ERROR(space_.Locate(address, size).status());
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto block, space_.Metadata(address, begin + size + 4));
    TENSORSTORE_RETURN_IF_ERROR(CheckBlock(block));
    return Messages(std::span(block).subspan(begin, size));
  }

  absl::Status Continuation(Block block) {
    if (!seen_.insert(block.address).second || seen_.size() > kMostBlocks) {
      return absl::DataLossError("An object header goes on in a circle");
    }
    TENSORSTORE_ASSIGN_OR_RETURN(auto bytes,
                                 space_.Metadata(block.address, block.size));
    if (version_ == 1) return Messages(bytes);
    if (bytes.size() < 8 || !Cursor(bytes).Matches("OCHK")) {
      return absl::DataLossError("An object header goes on where nothing is");
    }
    TENSORSTORE_RETURN_IF_ERROR(CheckBlock(bytes));
    return Messages(std::span(bytes).subspan(4, bytes.size() - 8));
  }

  // A rest that is too short for a message is a gap.
  absl::Status Messages(std::span<const std::byte> bytes) {
    Cursor cursor(bytes);
    const size_t prefix = version_ == 1 ? 8 : message_prefix_;
    while (cursor.left() >= prefix) {
      const uint16_t type = version_ == 1 ? cursor.U16() : cursor.U8();
      const uint16_t size = cursor.U16();
      const uint8_t flags = cursor.U8();
      const auto rest = cursor.Bytes(version_ == 1 ? 3 : prefix - 4);
      const uint16_t order = indexes_order_ ? Cursor(rest).U16() : 0;
      const auto data = cursor.Bytes(size);
      TENSORSTORE_RETURN_IF_ERROR(cursor.status());
      TENSORSTORE_RETURN_IF_ERROR(
          Add(static_cast<MessageType>(type), flags, order, data));
    }
    return absl::OkStatus();
  }

  absl::Status Add(MessageType type, uint8_t flags, uint16_t order,
                   std::span<const std::byte> data) {
    if (type == MessageType::kContinuation) {
      Cursor cursor(data);
      const uint64_t address = cursor.Address(space_.offset_size());
      const uint64_t size = cursor.Unsigned(space_.length_size());
      pending_.push_back({address, size});
      return cursor.status();
    }
    if (messages_.size() >= kMostMessages) {
      return absl::ResourceExhaustedError("An object header has no end");
    }
    messages_.push_back({type, (flags & kSharedFlag) != 0,
                         std::vector<std::byte>(data.begin(), data.end()),
                         order});
    return absl::OkStatus();
  }

  const Space& space_;
  int version_ = 1;
  size_t message_prefix_ = 4;
  bool indexes_order_ = false;
  std::vector<Message> messages_;
  std::deque<Block> pending_;
  absl::flat_hash_set<uint64_t> seen_;
};

}  // namespace

Result<std::vector<Message>> ReadObjectHeader(const Space& space,
                                              uint64_t address) {
  return Reader(space).Read(address);
}

Result<const Message*> FindMessage(const std::vector<Message>& messages,
                                   MessageType type) {
  const Message* found = nullptr;
  for (const Message& message : messages) {
    if (message.type != type) continue;
    if (message.shared) {
      return absl::UnimplementedError("A message that objects share");
    }
    if (found != nullptr) {
      return absl::DataLossError("An object header says a thing twice");
    }
    found = &message;
  }
  return found;
}

Result<const Message*> NeedMessage(const std::vector<Message>& messages,
                                   MessageType type) {
  TENSORSTORE_ASSIGN_OR_RETURN(const Message* message,
                               FindMessage(messages, type));
  if (message == nullptr) {
    return absl::DataLossError(absl::StrCat(
        "A dataset lacks a message of type ", static_cast<int>(type)));
  }
  return message;
}

absl::Status CheckExtension(const Space& space) {
  if (space.superblock().extension == kUndefined) return absl::OkStatus();
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto messages, ReadObjectHeader(space, space.superblock().extension));
  for (const Message& message : messages) {
    switch (message.type) {
      case MessageType::kNil:
      case MessageType::kSharedTable:
      case MessageType::kBtreeK:
      case MessageType::kFileSpace:
        continue;
      default:
        return absl::UnimplementedError(
            absl::StrCat("The superblock's extension has a message of type ",
                         static_cast<int>(message.type)));
    }
  }
  return absl::OkStatus();
}

}  // namespace ats::hdf5::reader
