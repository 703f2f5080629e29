// The decoders of single HDF5 filters. Each fills `out` exactly and gives
// kDataLoss where the input does not decode to as many bytes.
#ifndef ATS_HDF5_CODECS_H_
#define ATS_HDF5_CODECS_H_

#include <cstddef>
#include <span>

#include "absl/status/status.h"

namespace ats::hdf5::reader {

using Input = std::span<const std::byte>;
using Output = std::span<std::byte>;

/// Filter 1: a zlib stream, its checksum checked.
absl::Status DecodeDeflate(Input in, Output out);

/// Filter 32000, h5py's LZF: literal runs and back references without a header.
absl::Status DecodeLzf(Input in, Output out);

/// Filter 32001: one Blosc 1 buffer.
absl::Status DecodeBlosc(Input in, Output out);

/// Filter 32004: a big-endian header (bytes, bytes per block), then blocks of
/// LZ4 behind their big-endian sizes; a block as large as its content is
/// stored as it is.
absl::Status DecodeLz4(Input in, Output out);

/// Filter 32015: one Zstandard frame.
absl::Status DecodeZstd(Input in, Output out);

/// Filter 2 undone: byte b of element i stands at b * elements + i. Bytes
/// behind the last whole element stay where they are.
void Unshuffle(Input in, size_t element_size, Output out);

/// Reverses every `width` bytes of `bytes` in place; `width` is 2, 4 or 8.
void SwapBytes(Output bytes, size_t width);

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_CODECS_H_
