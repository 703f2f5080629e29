// Elements that typed arrays cannot hold: strings, and JSON values as text.
#ifndef ATS_NODE_TEXT_ELEMENTS_H_
#define ATS_NODE_TEXT_ELEMENTS_H_

#include <node_api.h>

#include "absl/status/status.h"
#include "node/environment.h"
#include "tensorstore/array.h"
#include "tensorstore/data_type.h"
#include "tensorstore/index.h"
#include "tensorstore/util/result.h"
#include "tensorstore/util/span.h"

namespace ats::node {

/// Fails unless `dtype` is string, ustring or json.
absl::Status CheckTextElements(tensorstore::DataType dtype);

/// The elements of a C-order `array` as a JavaScript array of strings; JSON
/// values as JSON text.
tensorstore::Result<napi_value> TextElementsToJs(
    Environment& environment, const tensorstore::SharedArray<void>& array);

/// A JavaScript array of strings (JSON text for json) as a C-order array.
/// INVALID_ARGUMENT for a wrong count, invalid JSON or invalid UTF-8.
tensorstore::Result<tensorstore::SharedArray<const void>> TextElementsArg(
    Environment& environment, napi_value values, tensorstore::DataType dtype,
    tensorstore::span<const tensorstore::Index> shape);

}  // namespace ats::node

#endif  // ATS_NODE_TEXT_ELEMENTS_H_
