// Copies of HDF5 objects as they are stored: a handle of a stored object, and
// the methods of a file that is read and of a writer that use it.
#ifndef ATS_NODE_HDF5_COPY_H_
#define ATS_NODE_HDF5_COPY_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "hdf5/stored_object.h"
#include "node/environment.h"
#include "node/handle.h"
#include "tensorstore/util/result.h"

namespace ats::node {

struct Hdf5ObjectHandle {
  std::shared_ptr<const hdf5::reader::StoredObject> object;
  std::string path;
};

template <>
struct HandleTraits<Hdf5ObjectHandle> {
  static constexpr char name[] = "NativeHdf5Object";
  static constexpr napi_type_tag tag = {0x5a1f0c6e93b24d17, 0xa0e1d2c3b4a59624};
};

/// Defines the handle class of stored objects.
absl::Status RegisterHdf5Object(Environment& environment);

/// A method of Hdf5FileHandle: stored(address, path, token).
tensorstore::Result<napi_value> Hdf5Stored(Call& call);

/// A failure of a copy as the typed error has it: what the source says as reads
/// have it, what the operating system says of the new file as it is.
absl::Status CopyError(absl::Status status);

}  // namespace ats::node

#endif  // ATS_NODE_HDF5_COPY_H_
