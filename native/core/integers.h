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

// Calls `visit(T{})` with the integer type of `dtype`, which is one.
template <typename Visitor>
auto VisitInteger(DType dtype, Visitor&& visit) {
  switch (dtype) {
    case DType::kInt8:
      return visit(int8_t{});
    case DType::kUint8:
      return visit(uint8_t{});
    case DType::kInt16:
      return visit(int16_t{});
    case DType::kUint16:
      return visit(uint16_t{});
    case DType::kInt32:
      return visit(int32_t{});
    case DType::kUint32:
      return visit(uint32_t{});
    case DType::kInt64:
      return visit(int64_t{});
    default:
      return visit(uint64_t{});
  }
}

// Writes `from` as values of the integer type `to` at `out`. Every value must
// be in [0, limit) and fit `to`; the first that does not is a kValueRange at
// its position, and what follows it may be left unwritten.
Fault ConvertIntegers(const Integers& from, int64_t limit, DType to,
                      std::byte* out);

}  // namespace ats::core

#endif  // ATS_CORE_INTEGERS_H_
