// The index transform of a view, read dimension by dimension.
#ifndef ATS_ENGINE_VIEW_MAPS_H_
#define ATS_ENGINE_VIEW_MAPS_H_

#include <optional>
#include <vector>

#include "engine/chunk_axis.h"
#include "tensorstore/index.h"
#include "tensorstore/index_space/index_transform.h"
#include "tensorstore/index_space/output_index_map.h"

namespace ats::engine {

/// The only dimension of the stored array that depends on dimension `input` of
/// the view; -1 where there are several, or none.
tensorstore::DimensionIndex OnlyOutput(
    const tensorstore::IndexTransform<>& view,
    tensorstore::DimensionIndex input);

/// Whether a dimension of the stored array depends on other dimensions of the
/// view than `input`.
bool DependsOnOthers(const tensorstore::OutputIndexMapRef<>& map,
                     tensorstore::DimensionIndex input);

/// Where the `extent` positions of dimension `input` of a zero-origin view are
/// stored, relative to `origin`; `map` is an index array that depends on no
/// other dimension.
std::vector<tensorstore::Index> StoredPositions(
    const tensorstore::OutputIndexMapRef<>& map,
    tensorstore::DimensionIndex input, tensorstore::Index extent,
    tensorstore::Index origin);

/// One dimension of a stored array, as a view takes it.
struct StoredDimension {
  AxisSelection selection;
  /// The dimension of the view; -1 where it was dropped.
  tensorstore::DimensionIndex input = -1;
};

/// What a zero-origin view takes of each dimension of the stored array, where
/// it takes them independently (`oindex` and transpositions of it) and every
/// dimension of the view is one of the stored array.
std::optional<std::vector<StoredDimension>> OuterSelection(
    const tensorstore::IndexTransform<>& view);

}  // namespace ats::engine

#endif  // ATS_ENGINE_VIEW_MAPS_H_
