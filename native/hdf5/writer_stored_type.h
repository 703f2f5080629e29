// Element types of other files, made again.
#ifndef ATS_HDF5_WRITER_STORED_TYPE_H_
#define ATS_HDF5_WRITER_STORED_TYPE_H_

#include "hdf5/stored_type.h"
#include "hdf5/writer_library.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5 {

/// The HDF5 type that `type` describes, of the same bytes. UNIMPLEMENTED where
/// the library does not make one. Under the LibraryLock.
tensorstore::Result<Id> MakeStoredType(const reader::StoredType& type);

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_STORED_TYPE_H_
