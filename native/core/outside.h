// Indices that are not on their axis, found without branches.

#ifndef ATS_CORE_OUTSIDE_H_
#define ATS_CORE_OUTSIDE_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace ats::core {

// The largest index of an axis of `extent` positions, at least one.
template <typename Index>
std::make_unsigned_t<Index> Largest(int64_t extent) {
  return static_cast<std::make_unsigned_t<Index>>(
      std::min<int64_t>(extent - 1, std::numeric_limits<Index>::max()));
}

// Not 0 where one of `count` indices is beyond `largest`, or negative. Without a
// way out of the loop, so that it vectorises.
template <typename Index, typename Bits = std::make_unsigned_t<Index>>
Bits AnyOutside(const Index* indices, int64_t count, Bits largest) {
  Bits outside = 0;
  for (int64_t k = 0; k < count; ++k) {
    outside |= static_cast<Bits>(static_cast<Bits>(indices[k]) > largest);
  }
  return outside;
}

}  // namespace ats::core

#endif  // ATS_CORE_OUTSIDE_H_
