// Selections for tests that compare two ways of reading them.
#ifndef ATS_TEST_ENGINE_SELECTIONS_H_
#define ATS_TEST_ENGINE_SELECTIONS_H_

#include <random>
#include <utility>

#include "engine/index_selection.h"
#include "tensorstore/array.h"
#include "tensorstore/index.h"

namespace ats::engine {

// Everything, one position, a range of any step, or up to 60 positions with
// duplicates, of a dimension of `extent`.
inline DimensionSelection RandomSelection(tensorstore::Index extent,
                                          std::mt19937& random) {
  using Kind = DimensionSelection::Kind;
  DimensionSelection selection;
  switch (random() % 4) {
    case 0:
      break;
    case 1:
      selection.kind = Kind::kPoint;
      selection.point = random() % extent;
      break;
    case 2:
      selection.kind = Kind::kInterval;
      selection.step = random() % 2 ? 1 + random() % 9 : -1 - random() % 9;
      selection.start = random() % extent;
      break;
    default: {
      selection.kind = Kind::kIndices;
      auto indices = tensorstore::AllocateArray<tensorstore::Index>(
          {static_cast<tensorstore::Index>(random() % 60)});
      for (tensorstore::Index i = 0; i < indices.num_elements(); ++i) {
        indices.data()[i] = random() % extent;
      }
      selection.indices = std::move(indices);
    }
  }
  return selection;
}

}  // namespace ats::engine

#endif  // ATS_TEST_ENGINE_SELECTIONS_H_
