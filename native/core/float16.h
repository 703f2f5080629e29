// Sums of 16-bit floats: computed in float32 and rounded once to nearest even,
// as numpy and ml_dtypes do.

#ifndef ATS_CORE_FLOAT16_H_
#define ATS_CORE_FLOAT16_H_

#include <cstdint>

namespace ats::core {

// IEEE 754 binary16 bits as float32, exactly.
float HalfToFloat(uint16_t bits);

// The nearest binary16 bits, ties to even; overflow to infinity, NaN stays NaN.
uint16_t FloatToHalf(float value);

// bfloat16 bits as float32, exactly.
float BfloatToFloat(uint16_t bits);

// The nearest bfloat16 bits, ties to even; NaN stays NaN.
uint16_t FloatToBfloat(float value);

struct Float16 {
  uint16_t bits = 0;
  Float16& operator+=(Float16 other) {
    if (IsZero()) {
      bits = other.IsZero() ? bits & other.bits : other.bits;  // 0 + -0 is 0.
    } else {
      bits = FloatToHalf(HalfToFloat(bits) + HalfToFloat(other.bits));
    }
    return *this;
  }
  bool IsZero() const { return (bits & 0x7fff) == 0; }
};

struct Bfloat16 {
  uint16_t bits = 0;
  Bfloat16& operator+=(Bfloat16 other) {
    if (IsZero()) {
      bits = other.IsZero() ? bits & other.bits : other.bits;  // 0 + -0 is 0.
    } else {
      bits = FloatToBfloat(BfloatToFloat(bits) + BfloatToFloat(other.bits));
    }
    return *this;
  }
  bool IsZero() const { return (bits & 0x7fff) == 0; }
};

}  // namespace ats::core

#endif  // ATS_CORE_FLOAT16_H_
