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
/// records {r, i}; text as MakeTextType has it; records packed, without gaps.
/// UNIMPLEMENTED for bfloat16, which HDF5 has no agreed form of.
tensorstore::Result<Id> MakeType(const ElementType& type);

/// UTF-8 text, of any length where `type` names none; text of one length is
/// padded with NULs and called ASCII, as h5py writes numpy's S.
Id MakeTextType(TextType type = {});

/// Bytes of one element in memory; text of any length counts as a pointer.
size_t ItemBytes(const ElementType& type);

/// Whether an element holds text, which is left to the library.
bool HasText(const ElementType& type);

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_TYPE_H_
