// The HDF5 writer of the binding.
#ifndef ATS_NODE_HDF5_WRITER_H_
#define ATS_NODE_HDF5_WRITER_H_

#include <node_api.h>

#include "absl/status/status.h"
#include "node/environment.h"

namespace ats::node {

/// Defines the handle class and adds `hdf5Create` to the exports.
absl::Status RegisterHdf5Writer(Environment& environment, napi_value exports);

}  // namespace ats::node

#endif  // ATS_NODE_HDF5_WRITER_H_
