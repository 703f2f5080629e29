// Attributes of other files, made again bit for bit.
#ifndef ATS_HDF5_WRITER_STORED_ATTRIBUTE_H_
#define ATS_HDF5_WRITER_STORED_ATTRIBUTE_H_

#include <span>
#include <vector>

#include "absl/status/status.h"
#include "hdf5/stored_object.h"
#include "hdf5/writer_library.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5 {

/// Attributes whose types are there already, so that writing them fails only
/// where the disk does. They outlive what they were made of no longer than
/// that. Under the LibraryLock, also when it ends.
class StoredAttributes {
 public:
  /// Those of `object`; none where they are elsewhere. UNIMPLEMENTED for a type
  /// that the library does not make.
  static tensorstore::Result<StoredAttributes> Prepare(
      const reader::StoredObject& object);

  /// Makes objects of the creation property list `creation` take them.
  void Allow(hid_t creation) const;

  /// Writes them to the object `object`.
  absl::Status Write(hid_t object) const;

 private:
  std::span<const reader::StoredAttribute> attributes_;
  std::vector<Id> types_;
};

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_STORED_ATTRIBUTE_H_
