// Whether the indices that a read brings are all on their axis: they are looked
// at piece by piece, while a processor's cache still holds them.

#ifndef ATS_CORE_BOUND_CHECK_H_
#define ATS_CORE_BOUND_CHECK_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace ats::core {

// Thread-safe.
class BoundCheck {
 public:
  // Of signed integers of `width` bytes, 4 or 8, on an axis of `extent`.
  BoundCheck(size_t width, int64_t extent) : width_(width), extent_(extent) {}

  // Looks at the integers in the `bytes` bytes at `data`.
  void Look(const void* data, size_t bytes);

  // Whether `count` integers were looked at, all of them in [0, extent).
  bool Proves(int64_t count) const {
    return !outside_.load() && looked_at_.load() == count;
  }

 private:
  const size_t width_;
  const int64_t extent_;
  std::atomic<bool> outside_{false};
  std::atomic<int64_t> looked_at_{0};
};

}  // namespace ats::core

#endif  // ATS_CORE_BOUND_CHECK_H_
