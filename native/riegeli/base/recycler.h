// Reuse of expensive library contexts on the thread that gave them back.
#ifndef RIEGELI_BASE_RECYCLER_H_
#define RIEGELI_BASE_RECYCLER_H_

#include <stddef.h>

#include <memory>
#include <utility>
#include <vector>

namespace riegeli {

// A few idle objects of one kind per thread. A stream takes one and gives it
// back when it ends, so that decoding many small chunks does not allocate a
// context for each. An object may be given back on another thread than the one
// that took it.
template <typename T>
class Recycler {
 public:
  // An idle object for which `fits(object)` holds, or nullptr.
  template <typename Fits>
  static std::unique_ptr<T> Take(Fits fits) {
    auto& idle = Idle();
    for (size_t i = idle.size(); i-- > 0;) {
      if (!fits(*idle[i])) continue;
      std::unique_ptr<T> object = std::move(idle[i]);
      idle.erase(idle.begin() + i);
      return object;
    }
    return nullptr;
  }

  // Keeps `object` for later, in place of the oldest where there are enough.
  static void Give(std::unique_ptr<T> object) {
    auto& idle = Idle();
    if (idle.size() == kMaxIdle) idle.erase(idle.begin());
    idle.push_back(std::move(object));
  }

 private:
  static constexpr size_t kMaxIdle = 2;

  static std::vector<std::unique_ptr<T>>& Idle() {
    thread_local std::vector<std::unique_ptr<T>> idle;
    return idle;
  }
};

}  // namespace riegeli

#endif  // RIEGELI_BASE_RECYCLER_H_
