// A function parameter from which a T will be built, without a temporary T.
#ifndef RIEGELI_BASE_INITIALIZER_H_
#define RIEGELI_BASE_INITIALIZER_H_

#include <type_traits>
#include <utility>

#include "riegeli/base/maker.h"

namespace riegeli {

// Holds a reference to a value convertible to T, or to a `Maker(...)`, and
// builds the T on demand. Valid until the end of the full expression that made
// it; may be passed on with `std::move`.
template <typename T>
class Initializer {
 public:
  // From a value that T can be constructed from.
  template <typename U, std::enable_if_t<
                            !std::is_same_v<std::decay_t<U>, Initializer> &&
                                std::is_constructible_v<T, U&&>,
                            int> = 0>
  Initializer(U&& value)
      : source_(const_cast<void*>(static_cast<const void*>(&value))),
        construct_([](void* source) -> T {
          return T(std::forward<U>(
              *static_cast<std::remove_reference_t<U>*>(source)));
        }) {}

  // From constructor arguments.
  template <typename... Args>
  Initializer(MakerType<Args...>&& maker)
      : source_(&maker), construct_([](void* source) -> T {
          return std::move(*static_cast<MakerType<Args...>*>(source))
              .template Construct<T>();
        }) {}

  // Builds the value; call once.
  T Construct() && { return construct_(source_); }

 private:
  void* source_;
  T (*construct_)(void*);
};

}  // namespace riegeli

#endif  // RIEGELI_BASE_INITIALIZER_H_
