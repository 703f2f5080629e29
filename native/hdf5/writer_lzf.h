// LZF, the compression of h5py's filter 32000. A stream is a row of
//   000lllll <l + 1 bytes>             literal bytes
//   lllooooo oooooooo                  l + 2 bytes (0 < l < 7) from o + 1 back
//   111ooooo llllllll oooooooo         l + 9 bytes from o + 1 back
#ifndef ATS_HDF5_WRITER_LZF_H_
#define ATS_HDF5_WRITER_LZF_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace ats::hdf5 {

/// Encodes `in` into `out` and gives the number of bytes; 0 where they would
/// not fit in fewer bytes than `out` has.
size_t EncodeLzf(std::span<const uint8_t> in, std::span<uint8_t> out);

/// Decodes `in` into `out` and gives the number of bytes; 0 where the stream is
/// damaged or needs more room.
size_t DecodeLzf(std::span<const uint8_t> in, std::span<uint8_t> out);

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_LZF_H_
