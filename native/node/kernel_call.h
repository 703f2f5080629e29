// One call of a kernel from JavaScript: `kernel(arguments, async)`, where
// `arguments` is an object of named values. Everything is checked here, so that
// a kernel sees spans it may trust; what they contain is the kernel's to check.
// No TensorStore, no instance data.
#ifndef ATS_NODE_KERNEL_CALL_H_
#define ATS_NODE_KERNEL_CALL_H_

#include <napi.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <variant>

#include "core/axis.h"
#include "core/compressed.h"
#include "core/dtype.h"
#include "core/fault.h"

namespace ats::node {

/// What a kernel ends with: a fault, or a number that only the kernel and its
/// caller know the meaning of.
struct KernelOutcome {
  core::Fault fault;
  double value = 0;
};

/// The memory of a typed array.
struct ByteSpan {
  std::byte* data = nullptr;
  size_t size = 0;
};

/// Integers of 32 or 64 bits, as Int32Array and BigInt64Array hold them.
using IntegerSpan = std::variant<std::span<int32_t>, std::span<int64_t>>;

/// A compressed matrix with indices of 32 or 64 bits.
using AnyCompressed =
    std::variant<core::Compressed<int32_t>, core::Compressed<int64_t>>;

class KernelCall {
 public:
  /// The arguments of `info`. Throws a JavaScript error with the code
  /// INVALID_ARGUMENT where they are none, as every method here does.
  explicit KernelCall(const Napi::CallbackInfo& info);

  /// The argument `name`, whatever it is.
  Napi::Value Get(const char* name) const { return arguments_.Get(name); }
  bool Has(const char* name) const;

  /// A whole number from 0 to 2^53 - 1.
  int64_t Whole(const char* name) const;
  bool Flag(const char* name) const;
  /// An element type by its name.
  core::DType DType(const char* name) const;
  /// 1, 2, 4, 8 or 16.
  int ItemSize(const char* name) const;

  /// A typed array of at least `items` values of `item_size` bytes. Its memory
  /// is held until the kernel has ended. Not over a resizable buffer.
  ByteSpan Bytes(const char* name, int64_t items, int item_size);
  /// The same for a result: large memory is advised to huge pages.
  ByteSpan OutBytes(const char* name, int64_t items, int item_size);
  /// An Int32Array or BigInt64Array of exactly `length` numbers.
  IntegerSpan IntegersOf(const char* name, int64_t length);
  /// The same of any length.
  IntegerSpan Integers(const char* name);
  /// The same as starts of `major` major positions.
  core::Indptr Starts(const char* name, int64_t major);
  core::MutableIndptr MutableStarts(const char* name, int64_t major);

  /// `indptr`, `indices`, `minor` and, where `item_size` is not 0, `data`.
  AnyCompressed Compressed(int item_size);
  /// The number of major positions of `indptr`. There is at least its first
  /// entry.
  int64_t Major() const;

  /// A normalised selection: `{start, step, count}` or `{positions}`.
  core::Axis Axis(const char* name);

  /// Runs `work` now, or on a thread of the pool where the call is
  /// asynchronous; gives `{fault, position, value}` or a promise of it.
  Napi::Value Run(std::function<KernelOutcome()> work);

  /// Throws the error of a wrong argument.
  [[noreturn]] void Refuse(const char* name, const char* needed) const;

 private:
  struct View {
    napi_typedarray_type type;
    size_t length;
    ByteSpan bytes;
  };
  View TypedArray(const char* name);

  Napi::Env env_;
  Napi::Object arguments_;
  Napi::Array held_;
  bool async_;
};

/// The number of bytes or values of an extent `a` by `b`, or -1 where it is
/// more than 63 bits hold or one of them is negative.
int64_t Product(int64_t a, int64_t b);

}  // namespace ats::node

#endif  // ATS_NODE_KERNEL_CALL_H_
