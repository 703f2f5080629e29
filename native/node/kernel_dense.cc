#include "node/kernel_dense.h"

#include <variant>

#include "core/exact_cast.h"
#include "core/integers.h"
#include "core/sparsify.h"
#include "core/take.h"
#include "node/kernel_call.h"

namespace ats::node {
namespace {

core::Dense DenseArg(KernelCall& call) {
  core::Dense dense{call.Whole("rows"), call.Whole("columns"),
                    call.DType("dtype"), nullptr};
  dense.values = call.Bytes("data", Product(dense.rows, dense.columns),
                            core::ItemSize(dense.dtype))
                     .data;
  return dense;
}

core::DType IntegerType(const KernelCall& call, const char* name) {
  const core::DType dtype = call.DType(name);
  if (!core::IsInteger(dtype)) call.Refuse(name, "an integer type");
  return dtype;
}

core::Values ValuesArg(KernelCall& call) {
  core::Values values{call.DType("dtype"), nullptr, call.Whole("count")};
  values.values =
      call.Bytes("values", values.count, core::ItemSize(values.dtype)).data;
  return values;
}

}  // namespace

Napi::Value SparsifyStartsKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const core::Dense dense = DenseArg(call);
  const core::MutableIndptr starts = call.MutableStarts("starts", dense.rows);
  return call.Run(
      [=]() -> KernelOutcome { return {SparsifyStarts(dense, starts)}; });
}

Napi::Value SparsifyFillKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const core::Dense dense = DenseArg(call);
  const core::Indptr starts = call.Starts("starts", dense.rows);
  const IntegerSpan indices = call.Integers("outIndices");
  const int64_t nnz = static_cast<int64_t>(
      std::visit([](const auto& span) { return span.size(); }, indices));
  const ByteSpan out =
      call.OutBytes("outData", nnz, core::ItemSize(dense.dtype));
  return call.Run([=] {
    return std::visit(
        [&](const auto& span) -> KernelOutcome {
          return {SparsifyFill(dense, starts, span, out.data)};
        },
        indices);
  });
}

Napi::Value TakeKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const core::AxisShape shape{call.Whole("outer"), call.Whole("length"),
                              call.Whole("inner")};
  const core::Axis positions = call.Axis("positions");
  const int64_t row = Product(shape.length, shape.inner);
  const int64_t taken = Product(positions.count(), shape.inner);
  if (row < 0 || taken < 0) call.Refuse("length", "one that memory can hold");
  const ByteSpan values = call.Bytes("values", Product(shape.outer, row), 1);
  const ByteSpan out = call.OutBytes("out", Product(shape.outer, taken), 1);
  return call.Run([=]() -> KernelOutcome {
    return {Take(values.data, shape, positions, out.data)};
  });
}

Napi::Value ConvertIntegersKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const core::DType from = IntegerType(call, "dtype");
  const core::DType to = IntegerType(call, "outDtype");
  const int64_t count = call.Whole("count");
  const int64_t limit = call.Whole("limit");
  const ByteSpan values = call.Bytes("values", count, core::ItemSize(from));
  const ByteSpan out = call.OutBytes("out", count, core::ItemSize(to));
  return call.Run([=]() -> KernelOutcome {
    return {ConvertIntegers({from, values.data, count}, limit, to, out.data)};
  });
}

Napi::Value CastExactlyKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const core::Values from = ValuesArg(call);
  const core::DType to = call.DType("outDtype");
  if (!core::AreComparable(from.dtype, to))
    call.Refuse("outDtype", "a type that is complex where dtype is");
  const ByteSpan out = call.OutBytes("out", from.count, core::ItemSize(to));
  return call.Run(
      [=]() -> KernelOutcome { return {CastExactly(from, to, out.data)}; });
}

Napi::Value TypesThatHoldKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const core::Values from = ValuesArg(call);
  const int64_t candidates = call.Whole("candidates");
  core::DTypeSet comparable = 0;
  for (int i = 0; i <= static_cast<int>(core::DType::kComplex128); ++i) {
    const auto dtype = static_cast<core::DType>(i);
    if (core::AreComparable(from.dtype, dtype))
      comparable |= core::Only(dtype);
  }
  if ((candidates & ~int64_t{comparable}) != 0)
    call.Refuse("candidates", "a set of types that are complex where dtype is");
  const auto set = static_cast<core::DTypeSet>(candidates);
  return call.Run([=]() -> KernelOutcome {
    return {core::Ok(), static_cast<double>(TypesThatHold(from, set))};
  });
}

}  // namespace ats::node
