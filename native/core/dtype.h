// Element types of values that kernels add, compare with zero or move.

#ifndef ATS_CORE_DTYPE_H_
#define ATS_CORE_DTYPE_H_

#include <complex>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/float16.h"

namespace ats::core {

enum class DType : uint8_t {
  kBool,
  kInt8,
  kUint8,
  kInt16,
  kUint16,
  kInt32,
  kUint32,
  kInt64,
  kUint64,
  kFloat16,
  kBfloat16,
  kFloat32,
  kFloat64,
  kComplex64,
  kComplex128,
};

// The type of TensorStore's name `name`, such as "float32"; nothing for another
// name.
std::optional<DType> ParseDType(std::string_view name);

// Bytes of one value.
int ItemSize(DType dtype);

// A byte of 0 or 1 whose sum is the logical or, as in scipy.
struct Bool {
  uint8_t value = 0;
  Bool& operator+=(Bool other) {
    value |= other.value != 0;
    return *this;
  }
  bool IsZero() const { return value == 0; }
};

template <typename T>
bool IsZero(const T& value) {
  if constexpr (requires { value.IsZero(); }) {
    return value.IsZero();
  } else {
    return value == T{};
  }
}

// `into += value` with wrap-around for integers. Signed types never reach it:
// VisitAddable maps them to unsigned ones of their width.
template <typename T>
void AddTo(T& into, const T& value) {
  if constexpr (std::is_integral_v<T>) {
    into = static_cast<T>(into + value);
  } else {
    into += value;
  }
}

// Calls `visit(T{})` with a type T that adds and compares with zero as `dtype`
// does. Signed integers come as the unsigned ones of their width: the bits of a
// wrapping sum are the same.
template <typename Visitor>
auto VisitAddable(DType dtype, Visitor&& visit) {
  switch (dtype) {
    case DType::kBool:
      return visit(Bool{});
    case DType::kInt8:
    case DType::kUint8:
      return visit(uint8_t{});
    case DType::kInt16:
    case DType::kUint16:
      return visit(uint16_t{});
    case DType::kInt32:
    case DType::kUint32:
      return visit(uint32_t{});
    case DType::kInt64:
    case DType::kUint64:
      return visit(uint64_t{});
    case DType::kFloat16:
      return visit(Float16{});
    case DType::kBfloat16:
      return visit(Bfloat16{});
    case DType::kFloat32:
      return visit(float{});
    case DType::kFloat64:
      return visit(double{});
    case DType::kComplex64:
      return visit(std::complex<float>{});
    default:
      return visit(std::complex<double>{});
  }
}

// 8 and 16 bytes that are only moved, aligned as the lanes of a complex number
// are.
struct Bytes8 {
  uint32_t parts[2];
};
struct Bytes16 {
  uint64_t parts[2];
};

// Calls `visit(T{})` with a type T of `item_size` bytes (1, 2, 4, 8 or 16) that
// is only copied.
template <typename Visitor>
auto VisitItemSize(int item_size, Visitor&& visit) {
  switch (item_size) {
    case 1:
      return visit(uint8_t{});
    case 2:
      return visit(uint16_t{});
    case 4:
      return visit(uint32_t{});
    case 8:
      return visit(Bytes8{});
    default:
      return visit(Bytes16{});
  }
}

}  // namespace ats::core

#endif  // ATS_CORE_DTYPE_H_
