#include "node/hdf5_selection.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "node/args.h"
#include "node/status_error.h"

namespace ats::node {

using ::tensorstore::Index;
using ::tensorstore::Result;

namespace {

// Whether `count` positions from `start` on, `step` apart, are all in
// [0, extent). Where the first and the last are, nothing overflows.
bool IsInside(Index start, Index step, Index count, Index extent) {
  if (count == 0) return true;
  if (start < 0 || start >= extent) return false;
  if (count == 1) return true;
  if (step == 0 || step <= -extent || step >= extent) return false;
  const Index room = step > 0 ? extent - 1 - start : start;
  return count - 1 <= room / (step > 0 ? step : -step);
}

Result<core::Axis> RangeArg(Environment& environment, napi_value value,
                            uint64_t extent) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto range, IndexVectorArg(environment, value));
  if (range.size() != 3 || range[2] < 0) {
    return absl::InvalidArgumentError("A range is [start, step, count]");
  }
  const Index start = range[0], step = range[1], count = range[2];
  if (!IsInside(start, step, count, static_cast<Index>(extent))) {
    return absl::InvalidArgumentError(
        absl::StrCat("A range leaves its dimension of ", extent));
  }
  return core::Axis::Range(start, step, count);
}

Result<core::Axis> PositionsArg(Environment& environment, napi_value value) {
  napi_typedarray_type type;
  size_t length;
  void* data;
  ATS_NAPI(napi_get_typedarray_info(environment.env(), value, &type, &length,
                                    &data, nullptr, nullptr));
  const auto count = static_cast<int64_t>(length);
  if (type == napi_int32_array) {
    return core::Axis::Positions(static_cast<const int32_t*>(data), count);
  }
  if (type == napi_float64_array) {
    return core::Axis::Positions(static_cast<const double*>(data), count);
  }
  return absl::InvalidArgumentError(
      "Positions are an Int32Array or a Float64Array");
}

Result<core::Axis> AxisArg(Environment& environment, napi_value value,
                           uint64_t extent) {
  if (IsAbsent(environment, value)) {
    return core::Axis::Range(0, 1, static_cast<int64_t>(extent));
  }
  bool typed = false;
  ATS_NAPI(napi_is_typedarray(environment.env(), value, &typed));
  return typed ? PositionsArg(environment, value)
               : RangeArg(environment, value, extent);
}

}  // namespace

Result<std::vector<hdf5::reader::AxisRuns>> Hdf5SelectionArg(
    Environment& environment, napi_value value,
    const std::vector<uint64_t>& shape) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto entries, ArrayArg(environment, value));
  if (entries.size() != shape.size()) {
    return absl::InvalidArgumentError("A selection needs one entry per dimension");
  }
  std::vector<hdf5::reader::AxisRuns> axes;
  uint64_t targets = 1;
  for (size_t i = 0; i < shape.size(); ++i) {
    TENSORSTORE_ASSIGN_OR_RETURN(auto axis,
                                 AxisArg(environment, entries[i], shape[i]));
    TENSORSTORE_ASSIGN_OR_RETURN(auto runs,
                                 hdf5::reader::AxisRuns::Make(axis, shape[i]));
    const uint64_t count = runs.targets();
    constexpr uint64_t kMost = uint64_t{1} << 48;
    if (count > kMost || (count > 0 && targets > kMost / count)) {
      return absl::ResourceExhaustedError("A selection of too many elements");
    }
    targets *= count;
    axes.push_back(std::move(runs));
  }
  return axes;
}

}  // namespace ats::node
