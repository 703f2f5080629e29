#include "node/kernel_dense.h"

#include <variant>

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

}  // namespace ats::node
