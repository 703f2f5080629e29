// Conversion between integer types that is proved lossless.

#ifndef ATS_CORE_INTEGERS_H_
#define ATS_CORE_INTEGERS_H_

#include <cstddef>
#include <cstdint>

#include "core/dtype.h"
#include "core/fault.h"

namespace ats::core {

// Integers of any width and sign; `dtype` is one of the eight integer types.
// Borrows them.
struct Integers {
  DType dtype;
  const std::byte* values;
  int64_t count;
};

// Whether `dtype` is one of the eight integer types.
bool IsInteger(DType dtype);

// Writes `from` as values of the integer type `to` at `out`. Every value must
// be in [0, limit) and fit `to`; the first that does not is a kValueRange at
// its position, and what follows it may be left unwritten.
Fault ConvertIntegers(const Integers& from, int64_t limit, DType to,
                      std::byte* out);

}  // namespace ats::core

#endif  // ATS_CORE_INTEGERS_H_
