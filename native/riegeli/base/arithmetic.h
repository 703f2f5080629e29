// Arithmetic on unsigned sizes of different widths, without overflow.
#ifndef RIEGELI_BASE_ARITHMETIC_H_
#define RIEGELI_BASE_ARITHMETIC_H_

#include <limits>
#include <type_traits>

namespace riegeli {

// The smaller of two unsigned numbers, in the narrower of their types (which
// can always hold it).
template <typename A, typename B>
constexpr auto UnsignedMin(A a, B b) {
  static_assert(std::is_unsigned_v<A> && std::is_unsigned_v<B>);
  using Narrow = std::conditional_t<(sizeof(A) < sizeof(B)), A, B>;
  return a < b ? static_cast<Narrow>(a) : static_cast<Narrow>(b);
}

// `a + b`, or the greatest value of the type where that would overflow.
template <typename T>
constexpr T SaturatingAdd(T a, T b) {
  static_assert(std::is_unsigned_v<T>);
  return b > std::numeric_limits<T>::max() - a ? std::numeric_limits<T>::max()
                                               : static_cast<T>(a + b);
}

}  // namespace riegeli

#endif  // RIEGELI_BASE_ARITHMETIC_H_
