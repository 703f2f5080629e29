// Typed arrays of JavaScript as TensorStore arrays, without a copy.
#ifndef ATS_NODE_ARRAY_VIEW_H_
#define ATS_NODE_ARRAY_VIEW_H_

#include <node_api.h>

#include "node/environment.h"
#include "tensorstore/array.h"
#include "tensorstore/contiguous_layout.h"
#include "tensorstore/data_type.h"
#include "tensorstore/index.h"
#include "tensorstore/util/result.h"
#include "tensorstore/util/span.h"

namespace ats::node {

/// Whether the values of `dtype` are plain bytes, which a typed array can hold.
bool IsNumeric(tensorstore::DataType dtype);

/// The number of elements of `shape`; -1 where an extent is negative or the
/// number overflows.
tensorstore::Index ElementCount(
    tensorstore::span<const tensorstore::Index> shape);

/// The bytes behind a typed array.
struct Bytes {
  void* data;
  size_t size;
};

/// The bytes of a typed array (over an ArrayBuffer or a SharedArrayBuffer).
/// Valid until control returns to JavaScript.
tensorstore::Result<Bytes> BytesOf(Environment& environment, napi_value view);

/// A zero-origin array of `dtype` and `shape` over the memory of the typed
/// array `view`, which must hold exactly that many bytes. The memory stays
/// pinned while the array lives (L4). INVALID_ARGUMENT otherwise.
tensorstore::Result<tensorstore::SharedArray<void>> ArrayOver(
    Environment& environment, napi_value view, tensorstore::DataType dtype,
    tensorstore::span<const tensorstore::Index> shape,
    tensorstore::ContiguousLayoutOrder order);

/// The integers of a typed array of any integer type, or of a Float64Array of
/// whole numbers, copied. `shape` must have as many elements.
tensorstore::Result<tensorstore::SharedArray<const tensorstore::Index>>
IndexArrayArg(Environment& environment, napi_value view,
              tensorstore::span<const tensorstore::Index> shape);

}  // namespace ats::node

#endif  // ATS_NODE_ARRAY_VIEW_H_
