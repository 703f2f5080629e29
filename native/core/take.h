// A selection along one axis of a dense array.

#ifndef ATS_CORE_TAKE_H_
#define ATS_CORE_TAKE_H_

#include <cstddef>
#include <cstdint>

#include "core/axis.h"
#include "core/fault.h"

namespace ats::core {

// A C-order array seen as outer × length × inner, where `inner` counts bytes.
struct AxisShape {
  int64_t outer;
  int64_t length;
  int64_t inner;
};

// Copies the selected positions of the middle axis, in request order,
// duplicates kept: `out` receives outer × positions.count() × inner bytes.
// kSelectionRange at an entry of `positions` that is outside the axis.
Fault Take(const std::byte* values, const AxisShape& shape,
           const Axis& positions, std::byte* out);

}  // namespace ats::core

#endif  // ATS_CORE_TAKE_H_
