// Selections (points, intervals, index arrays per dimension) as TensorStore
// index transforms. Pure index arithmetic: nothing is opened or read.
#ifndef ATS_ENGINE_INDEX_SELECTION_H_
#define ATS_ENGINE_INDEX_SELECTION_H_

#include "tensorstore/array.h"
#include "tensorstore/index.h"
#include "tensorstore/index_space/index_transform.h"
#include "tensorstore/util/result.h"
#include "tensorstore/util/span.h"

namespace ats::engine {

/// What is taken of one dimension.
struct DimensionSelection {
  enum class Kind { kAll, kPoint, kInterval, kIndices };

  Kind kind = Kind::kAll;
  /// kPoint: the index; the dimension is dropped.
  tensorstore::Index point = 0;
  /// kInterval: half-open; kImplicit for the bound of the dimension.
  tensorstore::Index start = tensorstore::kImplicit;
  tensorstore::Index stop = tensorstore::kImplicit;
  tensorstore::Index step = 1;
  /// kIndices: coordinates within the domain, of any rank and order.
  tensorstore::SharedArray<const tensorstore::Index> indices;
};

/// Selects independently in each dimension (numpy's basic slicing, zarr's
/// `oindex`). An index array of rank r puts r dimensions in place of its own.
/// Fails with kOutOfRange for an index outside the domain, kInvalidArgument
/// where there are not as many selections as dimensions.
tensorstore::Result<tensorstore::IndexTransform<>> SelectOuter(
    tensorstore::IndexTransform<> transform,
    tensorstore::span<const DimensionSelection> selections);

/// Selects points (numpy's advanced indexing, zarr's `vindex`): the index
/// arrays are broadcast against each other, and their joint dimensions come
/// first. Errors as SelectOuter; kInvalidArgument where arrays do not
/// broadcast.
tensorstore::Result<tensorstore::IndexTransform<>> SelectVectorized(
    tensorstore::IndexTransform<> transform,
    tensorstore::span<const DimensionSelection> selections);

}  // namespace ats::engine

#endif  // ATS_ENGINE_INDEX_SELECTION_H_
