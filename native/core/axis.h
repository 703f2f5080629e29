// A selection along one axis: a range with a step, or positions.

#ifndef ATS_CORE_AXIS_H_
#define ATS_CORE_AXIS_H_

#include <cstdint>

namespace ats::core {

// The selected positions in order, as int64. Borrows the positions.
class Axis {
 public:
  // `count` positions start, start + step, …
  static Axis Range(int64_t start, int64_t step, int64_t count) {
    Axis axis(count);
    axis.start_ = start;
    axis.step_ = step;
    return axis;
  }
  static Axis Positions(const int32_t* positions, int64_t count) {
    Axis axis(count);
    axis.ints_ = positions;
    return axis;
  }
  // Whole numbers up to 2^53, as JavaScript has them. One that is not finite
  // becomes -1, which no axis has.
  static Axis Positions(const double* positions, int64_t count) {
    Axis axis(count);
    axis.doubles_ = positions;
    return axis;
  }

  int64_t count() const { return count_; }

  int64_t operator[](int64_t i) const {
    if (ints_ != nullptr) return ints_[i];
    if (doubles_ == nullptr) return start_ + i * step_;
    const double position = doubles_[i];
    return position >= 0 && position < 0x1p53 ? static_cast<int64_t>(position)
                                              : -1;
  }

  // Whether it is start, start + 1, …
  bool IsContiguous() const {
    return ints_ == nullptr && doubles_ == nullptr && step_ == 1;
  }

 private:
  explicit Axis(int64_t count) : count_(count) {}

  int64_t count_;
  int64_t start_ = 0;
  int64_t step_ = 1;
  const int32_t* ints_ = nullptr;
  const double* doubles_ = nullptr;
};

}  // namespace ats::core

#endif  // ATS_CORE_AXIS_H_
