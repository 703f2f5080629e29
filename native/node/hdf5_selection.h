// Selections of HDF5 datasets as JavaScript gives them.
#ifndef ATS_NODE_HDF5_SELECTION_H_
#define ATS_NODE_HDF5_SELECTION_H_

#include <node_api.h>

#include <vector>

#include "hdf5/axis_runs.h"
#include "node/environment.h"

namespace ats::node {

/// One entry per dimension of `shape`: null (all), [start, step, count], or
/// positions as an Int32Array or Float64Array, which are copied.
/// INVALID_ARGUMENT for anything else and for what is outside the shape.
tensorstore::Result<std::vector<hdf5::reader::AxisRuns>> Hdf5SelectionArg(
    Environment& environment, napi_value value,
    const std::vector<uint64_t>& shape);

}  // namespace ats::node

#endif  // ATS_NODE_HDF5_SELECTION_H_
