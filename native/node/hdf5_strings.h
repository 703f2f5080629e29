// Strings of HDF5 datasets on their way to JavaScript.
#ifndef ATS_NODE_HDF5_STRINGS_H_
#define ATS_NODE_HDF5_STRINGS_H_

#include "absl/status/status.h"
#include "node/environment.h"

namespace ats::node {

/// Defines the class of strings that wait for JavaScript's memory.
absl::Status RegisterHdf5Strings(Environment& environment);

}  // namespace ats::node

#endif  // ATS_NODE_HDF5_STRINGS_H_
