// Object headers: the list of messages that describe a dataset or group.
#ifndef ATS_HDF5_OBJECT_HEADER_H_
#define ATS_HDF5_OBJECT_HEADER_H_

#include <stdint.h>

#include <cstddef>
#include <vector>

#include "hdf5/superblock.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

/// Message types (HDF5 File Format Specification, IV.A.2).
enum class MessageType : uint16_t {
  kNil = 0x00,
  kDataspace = 0x01,
  kLinkInfo = 0x02,
  kDatatype = 0x03,
  kOldFillValue = 0x04,
  kFillValue = 0x05,
  kLink = 0x06,
  kExternalFiles = 0x07,
  kLayout = 0x08,
  kFilters = 0x0b,
  kAttribute = 0x0c,
  kSharedTable = 0x0f,
  kContinuation = 0x10,
  kSymbolTable = 0x11,
  kBtreeK = 0x13,
  kAttributeInfo = 0x15,
  kFileSpace = 0x17,
};

struct Message {
  MessageType type;
  /// Its data are a reference to where they really are.
  bool shared;
  std::vector<std::byte> data;
  /// Ascends as attributes were made, where the object keeps an index of that;
  /// else 0.
  uint16_t order = 0;
};

/// All messages of the object header at `address`, versions 1 and 2, its
/// continuations followed. kDataLoss where a block is damaged or continuations
/// lead in a circle, kResourceExhausted where there are too many.
Result<std::vector<Message>> ReadObjectHeader(const Space& space,
                                              uint64_t address);

/// The message of `type`, or null. kUnimplemented where it is shared, kDataLoss
/// where there are several.
Result<const Message*> FindMessage(const std::vector<Message>& messages,
                                   MessageType type);

/// As FindMessage; kDataLoss where there is none.
Result<const Message*> NeedMessage(const std::vector<Message>& messages,
                                   MessageType type);

/// kUnimplemented where the superblock's extension says that the file keeps
/// its structures elsewhere than in their places.
absl::Status CheckExtension(const Space& space);

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_OBJECT_HEADER_H_
