// A stream that another stream works on: borrowed or owned.
#ifndef RIEGELI_BASE_DEPENDENCY_H_
#define RIEGELI_BASE_DEPENDENCY_H_

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "riegeli/base/initializer.h"

namespace riegeli {

// Holds a `Manager` and gives a `Base*` from it:
// - `T*` borrows: the owner outlives this and closes it;
// - `std::unique_ptr<T>` and `T` itself own: whoever holds the dependency
//   closes it.
// Empty until it is given a manager.
template <typename Base, typename Manager>
class Dependency {
  template <typename T>
  struct IsUniquePtr : std::false_type {};
  template <typename T, typename D>
  struct IsUniquePtr<std::unique_ptr<T, D>> : std::true_type {};

 public:
  static constexpr bool kIsOwning = !std::is_pointer_v<Manager>;
  // The object moves in memory when the dependency is moved.
  static constexpr bool kIsInline =
      kIsOwning && !IsUniquePtr<Manager>::value;

  Dependency() = default;
  explicit Dependency(Initializer<Manager> manager) {
    Reset(std::move(manager));
  }

  void Reset(Initializer<Manager> manager) {
    manager_.emplace(InPlace{manager});
  }
  void Reset() { manager_.reset(); }

  Manager& manager() { return *manager_; }
  const Manager& manager() const { return *manager_; }

  // The stream, or nullptr where there is none.
  Base* get() const {
    if (!manager_.has_value()) return nullptr;
    Manager& manager = const_cast<Manager&>(*manager_);
    if constexpr (std::is_pointer_v<Manager>) {
      return manager;
    } else if constexpr (IsUniquePtr<Manager>::value) {
      return manager.get();
    } else {
      return &manager;
    }
  }

 private:
  // Lets `emplace` build a manager that cannot be moved.
  struct InPlace {
    Initializer<Manager>& init;
    operator Manager() const { return std::move(init).Construct(); }
  };

  std::optional<Manager> manager_;
};

}  // namespace riegeli

#endif  // RIEGELI_BASE_DEPENDENCY_H_
