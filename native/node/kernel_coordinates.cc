#include "node/kernel_coordinates.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "core/coordinates.h"
#include "node/kernel_call.h"

namespace ats::node {
namespace {

template <typename T>
std::span<T> Span(const ByteSpan& bytes, int64_t from = 0) {
  return std::span<T>(reinterpret_cast<T*>(bytes.data), bytes.size / sizeof(T))
      .subspan(from);
}

template <typename T>
std::span<T> Values(KernelCall& call, const char* name, int64_t count) {
  return Span<T>(call.Bytes(name, count, sizeof(T))).first(count);
}

}  // namespace

Napi::Value ParseCoordinatesKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const ByteSpan text = call.Bytes("text", 0, 1);
  const int64_t kind = call.Whole("kind");
  if (kind > static_cast<int64_t>(core::EntryValue::kReal))
    call.Refuse("kind", "0, 1 or 2");
  const core::CoordinateForm form{call.Whole("rows"), call.Whole("columns"),
                                  static_cast<core::EntryValue>(kind)};
  const int64_t at = call.Whole("at");
  core::Coordinates out{Span<int32_t>(call.Bytes("row", at, 4), at),
                        Span<int32_t>(call.Bytes("column", at, 4), at),
                        Span<float>(call.Bytes("value", at, 4), at)};
  const size_t room =
      std::min({out.row.size(), out.column.size(), out.value.size()});
  out.row = out.row.first(room);
  return call.Run([=]() -> KernelOutcome {
    core::ParsedLines parsed;
    core::Fault fault = core::ParseCoordinates(
        {reinterpret_cast<const char*>(text.data), text.size}, form, out,
        parsed);
    if (fault.ok()) fault.position = parsed.lines;
    return {fault, static_cast<double>(parsed.entries)};
  });
}

Napi::Value GroupCoordinatesKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const int64_t count = call.Whole("count");
  const int64_t first = call.Whole("first");
  const auto major = Values<int32_t>(call, "major", count);
  const auto minor = Values<int32_t>(call, "minor", count);
  const auto value = Values<float>(call, "value", count);
  const auto indices = Values<int32_t>(call, "outIndices", count);
  const auto values = Values<float>(call, "outData", count);
  const auto starts = Span<int32_t>(call.Bytes("starts", 1, 4));
  return call.Run([=]() -> KernelOutcome {
    return {core::GroupCoordinates(major, minor, value, first, starts, indices,
                             values)};
  });
}

}  // namespace ats::node
