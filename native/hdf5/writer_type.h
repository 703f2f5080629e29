// Element types as HDF5 types, spelt as h5py spells them.
#ifndef ATS_HDF5_WRITER_TYPE_H_
#define ATS_HDF5_WRITER_TYPE_H_

#include <cstddef>

#include "hdf5/writer_library.h"
#include "hdf5/writer_spec.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5 {

/// The HDF5 type of `type`, the same in memory and on disk: little-endian
/// numbers; bool as an enumeration FALSE, TRUE of int8; complex numbers as
/// records {r, i}; text as variable-length UTF-8; records packed, without gaps.
/// UNIMPLEMENTED for bfloat16, which HDF5 has no agreed form of.
tensorstore::Result<Id> MakeType(const ElementType& type);

/// Variable-length UTF-8 text.
Id MakeTextType();

/// Bytes of one element in memory; text counts as a pointer.
size_t ItemBytes(const ElementType& type);

/// Whether an element holds text, which only the library can store.
bool HasText(const ElementType& type);

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_TYPE_H_
