// The checksums of HDF5: Bob Jenkins' lookup3 of metadata, Fletcher-32 of
// chunks.
#ifndef ATS_HDF5_CHECKSUM_H_
#define ATS_HDF5_CHECKSUM_H_

#include <stdint.h>

#include <span>
#include <cstddef>

#include "absl/status/status.h"

namespace ats::hdf5::reader {

/// lookup3's hash ("hashlittle") of `bytes` with the initial value 0.
uint32_t Lookup3(std::span<const std::byte> bytes);

/// kDataLoss unless the last four bytes of `block` are the hash of the others.
absl::Status CheckBlock(std::span<const std::byte> block);

/// HDF5's Fletcher-32 of `bytes`, taken as big-endian 16-bit words; a last odd
/// byte counts as the high one.
uint32_t Fletcher32(std::span<const std::byte> bytes);

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_CHECKSUM_H_
