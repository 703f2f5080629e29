// Strings of a fixed length, as numpy and old writers keep them.
#ifndef ATS_HDF5_FIXED_STRINGS_H_
#define ATS_HDF5_FIXED_STRINGS_H_

#include <stdint.h>

#include <cstddef>
#include <span>

#include "hdf5/datatype.h"
#include "hdf5/heap_strings.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

/// The texts in `places`, each of `type.size` bytes, without what pads them.
/// kDataLoss where one is not UTF-8, kResourceExhausted where they have more
/// than `max_bytes` together.
Result<Strings> CutStrings(const ElementType& type,
                           std::span<const std::byte> places,
                           uint64_t max_bytes);

/// kDataLoss unless every one of `strings` is UTF-8 by itself.
absl::Status CheckUtf8(const Strings& strings);

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_FIXED_STRINGS_H_
