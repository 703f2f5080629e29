// Constructor arguments that travel to where the object is built.
#ifndef RIEGELI_BASE_MAKER_H_
#define RIEGELI_BASE_MAKER_H_

#include <tuple>
#include <utility>

namespace riegeli {

// References to constructor arguments. Valid until the end of the full
// expression that made them.
template <typename... Args>
class MakerType {
 public:
  explicit MakerType(Args&&... args) : args_(std::forward<Args>(args)...) {}

  // Builds a T in place of the returned value.
  template <typename T>
  T Construct() && {
    return std::apply(
        [](Args&&... args) { return T(std::forward<Args>(args)...); },
        std::move(args_));
  }

 private:
  std::tuple<Args&&...> args_;
};

// `Maker(a, b)` stands for `T(a, b)` where an `Initializer<T>` is expected.
template <typename... Args>
MakerType<Args...> Maker(Args&&... args) {
  return MakerType<Args...>(std::forward<Args>(args)...);
}

}  // namespace riegeli

#endif  // RIEGELI_BASE_MAKER_H_
