#include "core/integers.h"

#include <algorithm>
#include <limits>

#include "core/parallel.h"

namespace ats::core {
namespace {

// `bound` is the largest value allowed; negative values wrap to above it.
template <typename From, typename To>
Fault ConvertRange(const From* from, int64_t begin, int64_t end, uint64_t bound,
                   To* to) {
  bool outside = false;
  for (int64_t i = begin; i < end; ++i) {
    const uint64_t value = static_cast<uint64_t>(static_cast<int64_t>(from[i]));
    outside |= value > bound;
    to[i] = static_cast<To>(value);
  }
  if (!outside) return Ok();
  for (int64_t i = begin; i < end; ++i) {
    if (static_cast<uint64_t>(static_cast<int64_t>(from[i])) > bound)
      return {FaultKind::kValueRange, i};
  }
  return {FaultKind::kChanged, begin};
}

}  // namespace

bool IsInteger(DType dtype) {
  return dtype >= DType::kInt8 && dtype <= DType::kUint64;
}

Fault ConvertIntegers(const Integers& from, int64_t limit, DType to,
                      std::byte* out) {
  if (from.count == 0) return Ok();
  if (limit <= 0) return {FaultKind::kValueRange, 0};
  return VisitInteger(from.dtype, [&](auto source) {
    return VisitInteger(to, [&](auto target) {
      using From = decltype(source);
      using To = decltype(target);
      const uint64_t bound =
          std::min(static_cast<uint64_t>(limit - 1),
                   static_cast<uint64_t>(std::numeric_limits<To>::max()));
      return ParallelRanges(
          from.count, ThreadsFor(from.count), [&](int64_t begin, int64_t end) {
            return ConvertRange(reinterpret_cast<const From*>(from.values),
                                begin, end, bound, reinterpret_cast<To*>(out));
          });
    });
  });
}

}  // namespace ats::core
