// The filters of a dataset, undone.
#ifndef ATS_HDF5_PIPELINE_H_
#define ATS_HDF5_PIPELINE_H_

#include <stdint.h>

#include <cstddef>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "hdf5/buffer.h"
#include "hdf5/messages.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

class Pipeline {
 public:
  /// kUnimplemented where a filter is none of shuffle, fletcher32, gzip, lzf,
  /// blosc, lz4 and zstd, or more than one of them compresses: then nobody
  /// knows the sizes in between.
  static Result<Pipeline> Make(std::vector<Filter> filters,
                               uint64_t chunk_bytes);

  bool empty() const { return steps_.empty(); }

  /// Decodes the stored chunk `in`, from which the filters of `mask` were left
  /// out, into `out`, which has the bytes of a chunk.
  /// kDataLoss where it does not decode to exactly as many.
  absl::Status Decode(std::span<const std::byte> in, uint32_t mask,
                      std::span<std::byte> out, Buffer& scratch) const;

 private:
  enum class Kind : uint8_t { kShuffle, kFletcher, kCompress };
  using Decoder = absl::Status (*)(std::span<const std::byte>,
                                   std::span<std::byte>);

  struct Step {
    Kind kind;
    // Shuffle: bytes of an element.
    uint32_t element_size;
    Decoder decoder;
  };

  static Result<Step> StepFor(const Filter& filter);

  // Bytes that filter `step` was given on writing.
  uint64_t SizeBefore(size_t step, uint32_t mask) const;

  // In the order of writing.
  std::vector<Step> steps_;
  uint64_t chunk_bytes_ = 0;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_PIPELINE_H_
