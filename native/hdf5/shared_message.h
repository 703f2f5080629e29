// Messages that are kept elsewhere than in the header of the object.
#ifndef ATS_HDF5_SHARED_MESSAGE_H_
#define ATS_HDF5_SHARED_MESSAGE_H_

#include <cstddef>
#include <span>
#include <vector>

#include "hdf5/object_header.h"
#include "hdf5/superblock.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

/// The data of the message of `type` that `reference`, the data of a shared
/// one, refers to (HDF5 File Format Specification, IV.A.2): one of another
/// object, such as a named type. kUnimplemented where it is in the file's heap
/// of shared messages.
Result<std::vector<std::byte>> ReadShared(const Space& space, MessageType type,
                                          std::span<const std::byte> reference);

/// The one message of `type` among `messages`, resolved where it is shared.
/// kDataLoss where there are none or several.
Result<std::vector<std::byte>> NeedMessage(const Space& space,
                                           const std::vector<Message>& messages,
                                           MessageType type);

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_SHARED_MESSAGE_H_
