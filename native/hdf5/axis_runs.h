// A selection along one dimension as runs: stretches of stored positions and
// where they go.
#ifndef ATS_HDF5_AXIS_RUNS_H_
#define ATS_HDF5_AXIS_RUNS_H_

#include <stddef.h>
#include <stdint.h>

#include <span>
#include <vector>

#include "core/axis.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

using ::tensorstore::Result;

/// `count` positions from `source` on go to `target` and on.
struct AxisRun {
  uint64_t source;
  uint64_t target;
  uint64_t count;
};

/// The runs within one chunk.
struct AxisPiece {
  /// The chunk's coordinate along this dimension.
  uint64_t chunk;
  std::span<const AxisRun> runs;
};

class AxisRuns {
 public:
  /// What `axis` selects of a dimension of `extent`, in request order with
  /// duplicates. kInvalidArgument where it leaves the dimension.
  static Result<AxisRuns> Make(const core::Axis& axis, uint64_t extent);

  /// Runs that are given: positions starts[i] … starts[i] + counts[i] - 1 go
  /// to places[i] and on, of `targets` places. Whole numbers as JavaScript has
  /// them; kInvalidArgument where they leave `extent` or `targets`.
  static Result<AxisRuns> Make(std::span<const double> starts,
                               std::span<const double> counts,
                               std::span<const double> places, uint64_t extent,
                               uint64_t targets);

  /// Cuts the runs at multiples of `chunk` and sorts them into pieces. Call
  /// it once.
  void Cut(uint64_t chunk);

  /// Places along this dimension of the result.
  uint64_t targets() const { return targets_; }
  size_t pieces() const { return starts_.empty() ? 0 : starts_.size() - 1; }
  AxisPiece piece(size_t i) const {
    const auto runs = std::span(runs_).subspan(starts_[i],
                                               starts_[i + 1] - starts_[i]);
    return {runs.front().source / chunk_, runs};
  }

 private:
  // Ascending by source.
  std::vector<AxisRun> runs_;
  // Where pieces begin in runs_, and the end.
  std::vector<size_t> starts_;
  uint64_t targets_ = 0;
  uint64_t chunk_ = 1;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_AXIS_RUNS_H_
