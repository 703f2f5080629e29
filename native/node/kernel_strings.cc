#include "node/kernel_strings.h"

#include <span>
#include <string_view>
#include <variant>

#include "core/strings.h"
#include "node/kernel_call.h"

namespace ats::node {
namespace {

int64_t LengthOf(const IntegerSpan& integers) {
  return std::visit(
      [](const auto& span) { return static_cast<int64_t>(span.size()); },
      integers);
}

core::MutableOffsets Mutable(const IntegerSpan& integers) {
  return std::visit(
      [](const auto& span) { return core::MutableOffsets(span); }, integers);
}

core::Strings StringsArg(KernelCall& call, const char* offsets,
                         const char* bytes) {
  const IntegerSpan numbers = call.Integers(offsets);
  if (LengthOf(numbers) == 0) {
    call.Refuse(offsets, "one longer than there are strings");
  }
  const ByteSpan text = call.Bytes(bytes, 0, 1);
  return {std::visit(
              [](const auto& span) -> core::Offsets {
                using T = typename std::decay_t<decltype(span)>::value_type;
                return std::span<const T>(span);
              },
              numbers),
          {reinterpret_cast<const char*>(text.data), text.size}};
}

std::span<int32_t> Int32s(KernelCall& call, const char* name, int64_t length) {
  const IntegerSpan integers = call.IntegersOf(name, length);
  const auto* span = std::get_if<std::span<int32_t>>(&integers);
  if (span == nullptr) call.Refuse(name, "an Int32Array");
  return *span;
}

}  // namespace

Napi::Value MeasureStringsKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const core::Strings strings = StringsArg(call, "offsets", "bytes");
  const core::Axis positions = call.Axis("positions");
  return call.Run([=]() -> KernelOutcome {
    int64_t bytes = 0;
    const core::Fault fault = MeasureStrings(strings, positions, bytes);
    return {fault, static_cast<double>(bytes)};
  });
}

Napi::Value TakeStringsKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const core::Strings strings = StringsArg(call, "offsets", "bytes");
  const core::Axis positions = call.Axis("positions");
  const core::MutableOffsets offsets =
      Mutable(call.IntegersOf("outOffsets", positions.count() + 1));
  const ByteSpan out = call.OutBytes("outBytes", 0, 1);
  return call.Run([=]() -> KernelOutcome {
    return {TakeStrings(strings, positions, offsets,
                        {reinterpret_cast<char*>(out.data), out.size})};
  });
}

Napi::Value MatchNamesKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const core::Strings strings = StringsArg(call, "offsets", "bytes");
  const core::Strings wanted = StringsArg(call, "wantedOffsets", "wantedBytes");
  const std::span<int32_t> names = Int32s(call, "names", strings.count());
  return call.Run([=]() -> KernelOutcome {
    return {MatchNames(strings, wanted, names)};
  });
}

}  // namespace ats::node
