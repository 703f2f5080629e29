// The compact selection descriptors of src/native/addon.d.ts → engine
// selections.
#ifndef ATS_NODE_SELECTION_ARG_H_
#define ATS_NODE_SELECTION_ARG_H_

#include <node_api.h>

#include <vector>

#include "engine/index_selection.h"
#include "node/environment.h"
#include "tensorstore/index_space/index_transform.h"
#include "tensorstore/util/result.h"

namespace ats::node {

/// Reads one descriptor per dimension: `null` (all), an index (number or
/// bigint), `[start, stop, step]` (null for a bound), an integer typed array,
/// or `{ indices, shape }` for an index array of another rank than 1.
tensorstore::Result<std::vector<engine::DimensionSelection>> SelectionArg(
    Environment& environment, napi_value value);

/// The index operations that TensorStore, Spec and IndexTransform share, on
/// their transform. `name` is one of "outer", "vectorized", "transpose",
/// "translateTo", "label"; `argument` is what that needs: descriptors, a
/// permutation, origins (null keeps one), labels.
tensorstore::Result<tensorstore::IndexTransform<>> ApplyIndexOperation(
    Environment& environment, tensorstore::IndexTransform<> transform,
    napi_value name, napi_value argument);

}  // namespace ats::node

#endif  // ATS_NODE_SELECTION_ARG_H_
