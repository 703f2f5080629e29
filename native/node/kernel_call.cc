#include "node/kernel_call.h"

#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "core/huge_pages.h"
#include "node/kernel_job.h"

namespace ats::node {
namespace {

// Types that this N-API version has no name for (Float16Array).
constexpr auto kOtherType = static_cast<napi_typedarray_type>(-1);

size_t ElementSize(napi_typedarray_type type) {
  switch (type) {
    case napi_int8_array:
    case napi_uint8_array:
    case napi_uint8_clamped_array:
      return 1;
    case napi_int32_array:
    case napi_uint32_array:
    case napi_float32_array:
      return 4;
    case napi_float64_array:
    case napi_bigint64_array:
    case napi_biguint64_array:
      return 8;
    default:
      return 2;
  }
}

// The alignment that values of `item_size` bytes are read with: complex numbers
// by their halves.
size_t Alignment(int item_size) {
  return item_size == 16 ? 8 : item_size == 8 ? 4 : item_size;
}

constexpr double kLargestWhole = 9007199254740991;  // 2^53 - 1

bool IsWhole(double number) {
  return number >= 0 && number <= kLargestWhole && std::floor(number) == number;
}

}  // namespace

int64_t Product(int64_t a, int64_t b) {
  if (a < 0 || b < 0) return -1;
  if (a != 0 && b > std::numeric_limits<int64_t>::max() / a) return -1;
  return a * b;
}

KernelCall::KernelCall(const Napi::CallbackInfo& info)
    : env_(info.Env()),
      held_(Napi::Array::New(info.Env())),
      async_(info[1].IsBoolean() && info[1].As<Napi::Boolean>().Value()) {
  if (!info[0].IsObject()) Refuse("arguments", "an object");
  arguments_ = info[0].As<Napi::Object>();
}

void KernelCall::Refuse(const char* name, const char* needed) const {
  Napi::Error error =
      Napi::TypeError::New(env_, std::string("The kernel's argument ") + name +
                                     " must be " + needed + ".");
  error.Set("code", Napi::String::New(env_, "INVALID_ARGUMENT"));
  throw error;
}

bool KernelCall::Has(const char* name) const {
  const Napi::Value value = Get(name);
  return !value.IsUndefined() && !value.IsNull();
}

int64_t KernelCall::Whole(const char* name) const {
  const Napi::Value value = Get(name);
  const double number =
      value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
  if (!IsWhole(number)) Refuse(name, "a whole number from 0 to 2^53 - 1");
  return static_cast<int64_t>(number);
}

bool KernelCall::Flag(const char* name) const {
  const Napi::Value value = Get(name);
  return value.IsBoolean() && value.As<Napi::Boolean>().Value();
}

core::DType KernelCall::DType(const char* name) const {
  const Napi::Value value = Get(name);
  const auto dtype =
      value.IsString() ? core::ParseDType(value.As<Napi::String>().Utf8Value())
                       : std::nullopt;
  if (!dtype) Refuse(name, "the name of an element type, such as float32");
  return *dtype;
}

int KernelCall::ItemSize(const char* name) const {
  const int64_t size = Whole(name);
  if (size != 1 && size != 2 && size != 4 && size != 8 && size != 16) {
    Refuse(name, "1, 2, 4, 8 or 16");
  }
  return static_cast<int>(size);
}

KernelCall::View KernelCall::TypedArray(const char* name) {
  const Napi::Value value = Get(name);
  if (!value.IsTypedArray()) Refuse(name, "a typed array");
  View view{kOtherType, 0, {}};
  void* data = nullptr;
  napi_value buffer;
  if (napi_get_typedarray_info(env_, value, &view.type, &view.length, &data,
                               &buffer, nullptr) != napi_ok) {
    Refuse(name, "a typed array");
  }
  const Napi::Value resizable = Napi::Object(env_, buffer).Get("resizable");
  if (resizable.IsBoolean() && resizable.As<Napi::Boolean>().Value()) {
    Refuse(name, "over a buffer of a fixed size, not a resizable one");
  }
  view.bytes = {static_cast<std::byte*>(data),
                view.length * ElementSize(view.type)};
  held_.Set(held_.Length(), value);
  return view;
}

ByteSpan KernelCall::Bytes(const char* name, int64_t items, int item_size) {
  const View view = TypedArray(name);
  const int64_t needed = Product(items, item_size);
  if (items < 0 || needed < 0 ||
      static_cast<uint64_t>(needed) > view.bytes.size) {
    Refuse(name, "as long as the values that it is to hold");
  }
  if (reinterpret_cast<uintptr_t>(view.bytes.data) % Alignment(item_size) !=
      0) {
    Refuse(name, "aligned to its values");
  }
  return view.bytes;
}

ByteSpan KernelCall::OutBytes(const char* name, int64_t items, int item_size) {
  const ByteSpan bytes = Bytes(name, items, item_size);
  core::AdviseHugePages(bytes.data, bytes.size);
  return bytes;
}

IntegerSpan KernelCall::Integers(const char* name) {
  const View view = TypedArray(name);
  if (view.type == napi_int32_array) {
    return std::span(reinterpret_cast<int32_t*>(view.bytes.data), view.length);
  }
  if (view.type != napi_bigint64_array) {
    Refuse(name, "an Int32Array or a BigInt64Array");
  }
  return std::span(reinterpret_cast<int64_t*>(view.bytes.data), view.length);
}

IntegerSpan KernelCall::IntegersOf(const char* name, int64_t length) {
  const IntegerSpan integers = Integers(name);
  const size_t actual =
      std::visit([](const auto& span) { return span.size(); }, integers);
  if (length < 0 || actual != static_cast<uint64_t>(length)) {
    Refuse(name, "of the length that the other arguments ask for");
  }
  return integers;
}

core::Indptr KernelCall::Starts(const char* name, int64_t major) {
  return std::visit(
      [](const auto& span) {
        using T = typename std::decay_t<decltype(span)>::value_type;
        return core::Indptr(std::span<const T>(span));
      },
      IntegersOf(name, major + 1));
}

core::MutableIndptr KernelCall::MutableStarts(const char* name, int64_t major) {
  return std::visit([](const auto& span) { return core::MutableIndptr(span); },
                    IntegersOf(name, major + 1));
}

int64_t KernelCall::Major() const {
  const Napi::Value indptr = Get("indptr");
  const size_t length =
      indptr.IsTypedArray() ? indptr.As<Napi::TypedArray>().ElementLength() : 0;
  if (length == 0) Refuse("indptr", "a typed array with at least one entry");
  return static_cast<int64_t>(length) - 1;
}

AnyCompressed KernelCall::Compressed(int item_size) {
  const core::Indptr indptr = Starts("indptr", Major());
  const int64_t minor = Has("minor") ? Whole("minor") : 0;
  return std::visit(
      [&](const auto& indices) -> AnyCompressed {
        using Index = typename std::decay_t<decltype(indices)>::value_type;
        const std::byte* values = nullptr;
        if (item_size != 0) {
          values =
              Bytes("data", static_cast<int64_t>(indices.size()), item_size)
                  .data;
        }
        return core::Compressed<Index>{indptr, std::span<const Index>(indices),
                                       values, minor};
      },
      Integers("indices"));
}

core::Axis KernelCall::Axis(const char* name) {
  const Napi::Value value = Get(name);
  if (!value.IsObject()) Refuse(name, "a selection");
  KernelCall selection(*this);
  selection.arguments_ = value.As<Napi::Object>();
  if (selection.Has("positions")) {
    const View view = selection.TypedArray("positions");
    const int64_t count = static_cast<int64_t>(view.length);
    if (view.type == napi_int32_array) {
      return core::Axis::Positions(
          reinterpret_cast<const int32_t*>(view.bytes.data), count);
    }
    if (view.type != napi_float64_array) {
      Refuse(name, "of positions in an Int32Array or Float64Array");
    }
    return core::Axis::Positions(
        reinterpret_cast<const double*>(view.bytes.data), count);
  }
  const int64_t start = selection.Whole("start");
  const int64_t count = selection.Whole("count");
  const Napi::Value step = selection.Get("step");
  const double stride =
      step.IsNumber() ? step.As<Napi::Number>().DoubleValue() : 0.5;
  const double last =
      static_cast<double>(start) + stride * static_cast<double>(count - 1);
  if (!IsWhole(std::fabs(stride)) || (count > 0 && !IsWhole(last))) {
    Refuse(name, "a range of positions from 0 to 2^53 - 1");
  }
  return core::Axis::Range(start, static_cast<int64_t>(stride), count);
}

Napi::Value KernelCall::Run(std::function<KernelOutcome()> work) {
  return async_ ? RunKernelAsync(env_, held_, std::move(work))
                : RunKernelNow(env_, work);
}

}  // namespace ats::node
