// Attributes of groups and data sets, written as h5py writes them.
#ifndef ATS_HDF5_WRITER_ATTRIBUTE_H_
#define ATS_HDF5_WRITER_ATTRIBUTE_H_

#include <cstddef>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "hdf5/writer_library.h"
#include "hdf5/writer_spec.h"

namespace ats::hdf5 {

/// What an attribute's values may take beside its name, its type and its shape
/// in a message of at most 64 KiB.
inline constexpr size_t kCompactAttributeBytes = 60'000;

/// A stored text of any length is a length, an address and an index.
inline constexpr size_t kTextReferenceBytes = 16;

/// Writes `attributes` to the object `object`. INVALID_ARGUMENT for a name or a
/// text that HDF5 cannot hold. Under the LibraryLock.
absl::Status WriteAttributes(hid_t object,
                             std::span<const Attribute> attributes);

/// Whether one of `attributes` is beyond the 64 KiB that the oldest object
/// headers hold, such as the names of 5,000 columns. The object then needs a
/// header that keeps attributes elsewhere: see AllowLargeAttributes.
bool NeedLargeAttributes(std::span<const Attribute> attributes);

/// Makes objects of the creation property list `creation` take attributes of
/// any size. Readers from HDF5 1.8 (2008) on know such headers.
bool AllowLargeAttributes(hid_t creation);

/// The property list for a link or an attribute called `name`: ASCII unless it
/// has to be UTF-8, as h5py has it. `kind` is H5P_LINK_CREATE or
/// H5P_ATTRIBUTE_CREATE.
Id NameProperties(hid_t kind, const std::string& name);

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_ATTRIBUTE_H_
