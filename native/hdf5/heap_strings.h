// Strings of variable length: references to the global heap, resolved.
#ifndef ATS_HDF5_HEAP_STRINGS_H_
#define ATS_HDF5_HEAP_STRINGS_H_

#include <stdint.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "hdf5/superblock.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

/// Arrow's layout: string i is bytes[offsets[i]] … bytes[offsets[i + 1] - 1].
struct Strings {
  std::vector<int64_t> offsets;
  std::string bytes;
};

/// The strings that `references` refer to, each of them a length, the address
/// of a heap collection and an index in it, as they are stored (HDF5 File
/// Format Specification, III.E). A string ends at its first NUL, as in C.
/// kDataLoss where a heap is damaged or a string is not UTF-8,
/// kResourceExhausted where they have more than `max_bytes` together.
Result<Strings> ResolveStrings(const Space& space,
                               std::span<const std::byte> references,
                               uint64_t max_bytes);

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_HEAP_STRINGS_H_
