#include "node/kernel_sparse.h"

#include <limits>
#include <optional>
#include <span>
#include <type_traits>
#include <variant>

#include "core/canonical.h"
#include "core/column_table.h"
#include "core/densify.h"
#include "core/gather.h"
#include "core/transpose.h"
#include "core/validate.h"
#include "node/kernel_call.h"

namespace ats::node {
namespace {

template <typename Matrix>
using IndexOf =
    typename std::remove_cv_t<std::remove_reference_t<Matrix>>::IndexType;

// The span in `integers` that has the indices of `matrix`'s type.
template <typename Index>
std::span<Index> SameType(const KernelCall& call, const char* name,
                          const IntegerSpan& integers) {
  const auto* span = std::get_if<std::span<Index>>(&integers);
  if (span == nullptr) call.Refuse(name, "of the type of the indices");
  return *span;
}

// Checks that a block lies on the matrix; the end of each axis follows its
// begin.
core::Block BlockArg(const KernelCall& call, int64_t minor) {
  const core::Block block{call.Whole("majorStart"), call.Whole("majorStop"),
                          call.Whole("minorStart"), call.Whole("minorStop")};
  if (block.major_begin > block.major_end || block.major_end > call.Major()) {
    call.Refuse("majorStop", "on the major axis, after majorStart");
  }
  if (block.minor_begin > block.minor_end || block.minor_end > minor) {
    call.Refuse("minorStop", "on the minor axis, after minorStart");
  }
  return block;
}

// What gather takes in both of its passes.
struct GatherArgs {
  AnyCompressed matrix;
  core::Axis majors;
  std::optional<core::Axis> columns;
};

GatherArgs GatherArguments(KernelCall& call, int item_size) {
  GatherArgs args{call.Compressed(item_size), call.Axis("majors"), {}};
  if (call.Has("columns")) args.columns = call.Axis("columns");
  return args;
}

// Builds the column table that `args` ask for, then calls `pass(matrix,
// table)`; `table` is null where all columns stay.
template <typename Pass>
KernelOutcome WithColumns(const GatherArgs& args, Pass&& pass) {
  return std::visit(
      [&](const auto& matrix) -> KernelOutcome {
        if (!args.columns) return {pass(matrix, nullptr)};
        core::ColumnTable table;
        const core::Fault fault = table.Build(*args.columns, matrix.minor);
        if (!fault.ok()) {
          // The caller tells the two selections apart by the value.
          return {fault, 1};
        }
        return {pass(matrix, &table)};
      },
      args.matrix);
}

}  // namespace

Napi::Value DensifyKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const core::DType dtype = call.DType("dtype");
  const AnyCompressed matrix = call.Compressed(core::ItemSize(dtype));
  const int64_t minor =
      std::visit([](const auto& m) { return m.minor; }, matrix);
  const core::Block block = BlockArg(call, minor);
  const int64_t majors = block.major_end - block.major_begin;
  const int64_t minors = block.minor_end - block.minor_begin;
  const ByteSpan out =
      call.OutBytes("out", Product(majors, minors), core::ItemSize(dtype));
  const core::DenseLayout layout = call.Flag("minorFirst")
                                       ? core::DenseLayout{1, majors}
                                       : core::DenseLayout{minors, 1};
  const bool sorted = call.Flag("sorted");
  return call.Run([=]() -> KernelOutcome {
    return std::visit(
        [&](const auto& m) -> KernelOutcome {
          return {Densify(m, dtype, block, layout, sorted, out.data)};
        },
        matrix);
  });
}

Napi::Value GatherStartsKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const GatherArgs args = GatherArguments(call, 0);
  const core::MutableIndptr starts =
      call.MutableStarts("starts", args.majors.count());
  return call.Run([=] {
    return WithColumns(
        args, [&](const auto& matrix, const core::ColumnTable* table) {
          return GatherStarts(matrix, args.majors, table, starts);
        });
  });
}

Napi::Value GatherFillKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const int item_size = call.ItemSize("itemSize");
  const GatherArgs args = GatherArguments(call, item_size);
  const core::Indptr starts = call.Starts("starts", args.majors.count());
  const IntegerSpan indices = call.Integers("outIndices");
  return std::visit(
      [&](const auto& typed) {
        using Index = IndexOf<decltype(typed)>;
        const std::span<Index> out_indices =
            SameType<Index>(call, "outIndices", indices);
        const ByteSpan out = call.OutBytes(
            "outData", static_cast<int64_t>(out_indices.size()), item_size);
        return call.Run([=] {
          return WithColumns(args, [&](const auto& matrix,
                                       const core::ColumnTable* table) {
            if constexpr (std::is_same_v<IndexOf<decltype(matrix)>, Index>) {
              return GatherFill(
                  matrix, args.majors, table, item_size,
                  core::GatherOutput<Index>{starts, out_indices, out.data});
            } else {
              return core::Fault{core::FaultKind::kChanged, 0};
            }
          });
        });
      },
      args.matrix);
}

Napi::Value TransposeKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const int item_size = call.ItemSize("itemSize");
  const AnyCompressed matrix = call.Compressed(item_size);
  const int64_t minor =
      std::visit([](const auto& m) { return m.minor; }, matrix);
  const int64_t nnz = std::visit([](const auto& m) { return m.nnz(); }, matrix);
  const core::MutableIndptr starts = call.MutableStarts("outIndptr", minor);
  const IntegerSpan indices = call.IntegersOf("outIndices", nnz);
  const ByteSpan out = call.OutBytes("outData", nnz, item_size);
  if (std::holds_alternative<std::span<int32_t>>(indices) &&
      call.Major() > std::numeric_limits<int32_t>::max()) {
    call.Refuse("outIndices", "wide enough for every major position");
  }
  return call.Run([=] {
    return std::visit(
        [&](const auto& m, const auto& out_indices) -> KernelOutcome {
          using OutIndex =
              typename std::decay_t<decltype(out_indices)>::value_type;
          return {Transpose(
              m, item_size,
              core::Transposed<OutIndex>{starts, out_indices, out.data})};
        },
        matrix, indices);
  });
}

Napi::Value ValidateKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const AnyCompressed matrix = call.Compressed(0);
  return call.Run([=] {
    return std::visit(
        [](const auto& m) -> KernelOutcome {
          core::Order order;
          const core::Fault fault = Validate(m, order);
          return {fault,
                  (order.sorted ? 1.0 : 0.0) + (order.canonical ? 2.0 : 0.0)};
        },
        matrix);
  });
}

Napi::Value SortIndicesKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const int item_size = call.ItemSize("itemSize");
  const core::Indptr indptr = call.Starts("indptr", call.Major());
  const IntegerSpan indices = call.Integers("indices");
  return std::visit(
      [&](const auto& span) {
        using Index = typename std::decay_t<decltype(span)>::value_type;
        const ByteSpan data =
            call.Bytes("data", static_cast<int64_t>(span.size()), item_size);
        const core::MutableEntries<Index> entries{span, data.data};
        return call.Run([=]() -> KernelOutcome {
          return {SortIndices(indptr, item_size, entries)};
        });
      },
      indices);
}

Napi::Value SumStartsKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const AnyCompressed matrix = call.Compressed(0);
  const core::MutableIndptr starts = call.MutableStarts("starts", call.Major());
  return call.Run([=] {
    return std::visit(
        [&](const auto& m) -> KernelOutcome { return {SumStarts(m, starts)}; },
        matrix);
  });
}

Napi::Value SumFillKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const core::DType dtype = call.DType("dtype");
  const AnyCompressed matrix = call.Compressed(core::ItemSize(dtype));
  const core::Indptr starts = call.Starts("starts", call.Major());
  const IntegerSpan indices = call.Integers("outIndices");
  return std::visit(
      [&](const auto& m) {
        using Index = IndexOf<decltype(m)>;
        const std::span<Index> out_indices =
            SameType<Index>(call, "outIndices", indices);
        const ByteSpan out =
            call.OutBytes("outData", static_cast<int64_t>(out_indices.size()),
                          core::ItemSize(dtype));
        const core::MutableEntries<Index> entries{out_indices, out.data};
        return call.Run([=]() -> KernelOutcome {
          return {SumFill(m, dtype, starts, entries)};
        });
      },
      matrix);
}

}  // namespace ats::node
