// Conversion between element types of values that is proved lossless.

#ifndef ATS_CORE_EXACT_CAST_H_
#define ATS_CORE_EXACT_CAST_H_

#include <cstddef>
#include <cstdint>

#include "core/dtype.h"
#include "core/fault.h"

namespace ats::core {

// Values of any type. Borrows them.
struct Values {
  DType dtype;
  const std::byte* values;
  int64_t count;
};

// A set of element types: the bit 1 << dtype for each.
using DTypeSet = uint32_t;

constexpr DTypeSet Only(DType dtype) {
  return DTypeSet{1} << static_cast<int>(dtype);
}

// Whether values of the two types can be the same numbers: complex numbers
// become complex numbers only, and nothing else does.
bool AreComparable(DType a, DType b);

// Writes `from` as values of the type `to`, which is comparable, at `out`. Each
// must stay the number that it is and, converted back, have the bits that it
// had: -0 does not become 0, and NaN stays NaN with its payload. The first that
// does not is a kValueRange at its position; what is at `out` then is anything.
Fault CastExactly(const Values& from, DType to, std::byte* out);

// Those of `candidates`, each comparable, that CastExactly takes all of `from`
// to.
DTypeSet TypesThatHold(const Values& from, DTypeSet candidates);

}  // namespace ats::core

#endif  // ATS_CORE_EXACT_CAST_H_
