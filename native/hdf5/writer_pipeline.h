// Makes pieces on several threads and hands them on one by one, in order.
#ifndef ATS_HDF5_WRITER_PIPELINE_H_
#define ATS_HDF5_WRITER_PIPELINE_H_

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "hdf5/writer_filter.h"

namespace ats::hdf5 {

/// Makes pieces on one thread; each thread has its own.
class PieceMaker {
 public:
  virtual ~PieceMaker() = default;

  /// Piece `index`, in memory of its own or in `out`, which lives until the
  /// piece was placed.
  virtual EncodedChunk Make(uint64_t index, std::vector<uint8_t>& out) = 0;
};

/// Calls `place` for the pieces 0 … count - 1, in order and never twice at
/// once, each made by a maker on one of up to `threads` threads, the calling
/// one among them. At most two pieces per thread wait to be placed. Ends at the
/// first status that is not OK; RESOURCE_EXHAUSTED where memory is short.
absl::Status MakeAndPlace(
    uint64_t count, int threads,
    const std::function<std::unique_ptr<PieceMaker>()>& new_maker,
    const std::function<absl::Status(uint64_t index, const EncodedChunk&)>&
        place);

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_PIPELINE_H_
