#include "core/exact_cast.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <concepts>
#include <limits>
#include <type_traits>
#include <utility>

#include "core/integers.h"
#include "core/parallel.h"

namespace ats::core {
namespace {

// Values that are converted before it is asked whether all of them were exact:
// the loop has no exit then. Their results of the widest type stay in the
// first-level cache.
constexpr int64_t kBlock = 1024;

template <typename T>
bool SameBits(T a, T b) {
  if constexpr (sizeof(T) == 4) {
    return std::bit_cast<uint32_t>(a) == std::bit_cast<uint32_t>(b);
  } else {
    return std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b);
  }
}

// 2 to the number of value bits of `Int`: its largest value plus one.
template <std::floating_point Float, std::integral Int>
constexpr Float EndOf() {
  constexpr int kDigits = std::numeric_limits<Int>::digits;
  return Float{2} * static_cast<Float>(Int{1} << (kDigits - 1));
}

template <std::integral From, std::integral To>
bool Convert(From value, To& out) {
  out = static_cast<To>(value);
  return std::in_range<To>(value);
}

template <std::integral From, std::floating_point To>
bool Convert(From value, To& out) {
  out = static_cast<To>(value);
  // What was rounded up to the end of the type cannot be converted back.
  const bool back = out < EndOf<To, From>();
  return back && static_cast<From>(back ? out : To{0}) == value;
}

template <std::floating_point From, std::integral To>
bool Convert(From value, To& out) {
  // Both are exact: powers of two, and 0.
  const bool within =
      value >= static_cast<From>(std::numeric_limits<To>::min()) &&
      value < EndOf<From, To>();
  out = static_cast<To>(within ? value : From{0});
  return within && SameBits(static_cast<From>(out), value);
}

inline bool Convert(double value, float& out) {
  out = static_cast<float>(value);
  return SameBits(static_cast<double>(out), value);
}

inline bool Convert(float value, double& out) {
  out = static_cast<double>(value);
  // Widening keeps everything but what tells a signalling NaN.
  const uint32_t magnitude = std::bit_cast<uint32_t>(value) & 0x7fffffffu;
  return magnitude <= 0x7f800000u || magnitude >= 0x7fc00000u;
}

template <std::floating_point Float>
bool Convert(Float value, Float& out) {
  out = value;
  return true;
}

// The number that a stored value is, in a type of C++ that holds all of them;
// false where the bits are no value of their type.
template <typename T>
bool Load(T stored, T& value) {
  value = stored;
  return true;
}
inline bool Load(Bool stored, uint8_t& value) {
  value = stored.value;
  return value <= 1;
}
inline bool Load(Float16 stored, float& value) {
  value = HalfToFloat(stored.bits);
  return true;
}
inline bool Load(Bfloat16 stored, float& value) {
  value = BfloatToFloat(stored.bits);
  return true;
}

template <typename Number>
bool Store(Number value, Bool& stored) {
  return Convert(value, stored.value) && stored.value <= 1;
}
template <typename Number, typename To>
  requires(std::same_as<To, Float16> || std::same_as<To, Bfloat16>)
bool Store(Number value, To& stored) {
  float single;
  const bool exact = Convert(value, single);
  // Rounding makes every NaN the quiet one; cut off, a NaN keeps what fits.
  const uint32_t bits = std::bit_cast<uint32_t>(single);
  const bool nan = (bits & 0x7fffffffu) > 0x7f800000u;
  float back;
  if constexpr (std::same_as<To, Float16>) {
    stored.bits = nan ? static_cast<uint16_t>((bits >> 16 & 0x8000) | 0x7c00 |
                                              (bits >> 13 & 0x3ff))
                      : FloatToHalf(single);
    back = HalfToFloat(stored.bits);
  } else {
    stored.bits =
        nan ? static_cast<uint16_t>(bits >> 16) : FloatToBfloat(single);
    back = BfloatToFloat(stored.bits);
  }
  return exact && SameBits(back, single);
}
template <typename Number, typename To>
  requires std::is_arithmetic_v<To>
bool Store(Number value, To& stored) {
  return Convert(value, stored);
}

template <typename T>
struct Loaded {
  using Type = T;
};
template <>
struct Loaded<Bool> {
  using Type = uint8_t;
};
template <>
struct Loaded<Float16> {
  using Type = float;
};
template <>
struct Loaded<Bfloat16> {
  using Type = float;
};

template <typename From, typename To>
bool CastOne(From stored, To& out) {
  typename Loaded<From>::Type value;
  const bool sound = Load(stored, value);
  return Store(value, out) && sound;
}

// The position of the first of `count` values that is not exact, else `count`.
using Cast = int64_t (*)(const std::byte* from, int64_t count, std::byte* out);

template <typename From, typename To>
int64_t CastAll(const std::byte* from, int64_t count, std::byte* out) {
  const From* const values = reinterpret_cast<const From*>(from);
  To* const results = reinterpret_cast<To*>(out);
  for (int64_t begin = 0; begin < count; begin += kBlock) {
    const int64_t end = std::min(count, begin + kBlock);
    bool exact = true;
    for (int64_t i = begin; i < end; ++i)
      exact &= CastOne(values[i], results[i]);
    if (exact) continue;
    for (int64_t i = begin; i < end; ++i) {
      if (!CastOne(values[i], results[i])) return i;
    }
  }
  return count;
}

// Calls `visit(T{})` with the type of the numbers of `dtype`, and of the parts
// of complex ones.
template <typename Visitor>
auto VisitNumber(DType dtype, Visitor&& visit) {
  switch (dtype) {
    case DType::kBool:
      return visit(Bool{});
    case DType::kFloat16:
      return visit(Float16{});
    case DType::kBfloat16:
      return visit(Bfloat16{});
    case DType::kFloat32:
    case DType::kComplex64:
      return visit(float{});
    case DType::kFloat64:
    case DType::kComplex128:
      return visit(double{});
    default:
      return VisitInteger(dtype, visit);
  }
}

Cast CastBetween(DType from, DType to) {
  return VisitNumber(from, [&](auto source) {
    return VisitNumber(to, [&](auto target) -> Cast {
      return &CastAll<decltype(source), decltype(target)>;
    });
  });
}

bool IsComplex(DType dtype) {
  return dtype == DType::kComplex64 || dtype == DType::kComplex128;
}

// What a type of numbers, or of the parts of complex ones, holds: all whole
// numbers of `digits` binary digits.
struct Reach {
  int digits;
  bool is_signed;
  bool is_float;
};

Reach ReachOf(DType dtype) {
  return VisitNumber(dtype, [](auto type) -> Reach {
    using T = decltype(type);
    if constexpr (std::same_as<T, Bool>) return {1, false, false};
    if constexpr (std::same_as<T, Float16>) return {11, true, true};
    if constexpr (std::same_as<T, Bfloat16>) return {8, true, true};
    using Limits = std::numeric_limits<T>;
    return {Limits::digits, Limits::is_signed, !Limits::is_integer};
  });
}

// The types that are known to hold what `dtype` holds, itself included. Of
// floats nothing is known: wider ones do not hold a signalling NaN.
DTypeSet Holders(DType dtype) {
  const Reach own = ReachOf(dtype);
  DTypeSet holders = Only(dtype);
  if (own.is_float) return holders;
  for (int i = 0; i < static_cast<int>(DType::kComplex64); ++i) {
    const Reach reach = ReachOf(static_cast<DType>(i));
    if (reach.digits >= own.digits && (reach.is_signed || !own.is_signed))
      holders |= Only(static_cast<DType>(i));
  }
  return holders;
}

// Numbers of one value: the two parts of a complex one.
int Parts(DType dtype) { return IsComplex(dtype) ? 2 : 1; }

}  // namespace

bool AreComparable(DType a, DType b) { return IsComplex(a) == IsComplex(b); }

Fault CastExactly(const Values& from, DType to, std::byte* out) {
  const Cast cast = CastBetween(from.dtype, to);
  const int parts = Parts(from.dtype);
  const int from_size = ItemSize(from.dtype);
  const int to_size = ItemSize(to);
  return ParallelRanges(
      from.count, ThreadsFor(from.count), [&](int64_t begin, int64_t end) {
        const int64_t count = (end - begin) * parts;
        const int64_t at = cast(from.values + begin * from_size, count,
                                out + begin * to_size);
        return at == count ? Ok()
                           : Fault{FaultKind::kValueRange, begin + at / parts};
      });
}

DTypeSet TypesThatHold(const Values& from, DTypeSet candidates) {
  const int parts = Parts(from.dtype);
  const int size = ItemSize(from.dtype);
  std::atomic<DTypeSet> left = candidates;
  std::array<DTypeSet, 32> holders{};
  for (DTypeSet rest = candidates; rest != 0; rest &= rest - 1) {
    const int bit = std::countr_zero(rest);
    holders[bit] = Holders(static_cast<DType>(bit));
  }
  const Fault fault = ParallelRanges(
      from.count, ThreadsFor(from.count), [&](int64_t begin, int64_t end) {
        alignas(16) std::array<std::byte, kBlock * sizeof(double)> scratch;
        for (int64_t at = begin; at < end; at += kBlock / parts) {
          const int64_t count = std::min(end - at, kBlock / parts) * parts;
          const std::byte* const values = from.values + at * size;
          for (DTypeSet rest = left.load(std::memory_order_relaxed);
               rest != 0;) {
            const int bit = std::countr_zero(rest);
            const auto to = static_cast<DType>(bit);
            const bool held = CastBetween(from.dtype, to)(
                                  values, count, scratch.data()) == count;
            // What one type holds, wider ones need not be asked for.
            rest &= held ? ~holders[bit] : ~Only(to);
            if (!held) left.fetch_and(~Only(to), std::memory_order_relaxed);
          }
        }
        return Ok();
      });
  return fault.ok() ? left.load() : 0;
}

}  // namespace ats::core
