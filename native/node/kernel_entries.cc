#include "node/kernel_entries.h"

#include <limits>
#include <span>
#include <type_traits>
#include <variant>

#include "core/append.h"
#include "core/entries.h"
#include "core/integers.h"
#include "core/validate.h"
#include "node/kernel_call.h"

namespace ats::node {
namespace {

// `length` doubles.
std::span<double> Doubles(KernelCall& call, const char* name, int64_t length) {
  const ByteSpan bytes = call.Bytes(name, length, sizeof(double));
  if (reinterpret_cast<uintptr_t>(bytes.data) % alignof(double) != 0) {
    call.Refuse(name, "a Float64Array");
  }
  return {reinterpret_cast<double*>(bytes.data), static_cast<size_t>(length)};
}

core::RunArrays Runs(KernelCall& call, int64_t length) {
  return {Doubles(call, "runStarts", length), Doubles(call, "runCounts", length),
          Doubles(call, "runPlaces", length)};
}

// An Int32Array of any length.
std::span<int32_t> Narrow(KernelCall& call, const char* name) {
  const IntegerSpan integers = call.Integers(name);
  const auto* span = std::get_if<std::span<int32_t>>(&integers);
  if (span == nullptr) call.Refuse(name, "an Int32Array");
  return *span;
}

}  // namespace

Napi::Value CheckStartsKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const core::Indptr indptr = call.Starts("indptr", call.Major());
  const int64_t nnz = call.Whole("nnz");
  return call.Run([=]() -> KernelOutcome {
    return {core::ValidateIndptr(indptr, nnz)};
  });
}

Napi::Value CheckIndicesKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const IntegerSpan indices = call.Integers("indices");
  const int64_t minor = call.Whole("minor");
  return call.Run([=] {
    return std::visit(
        [=]<typename Index>(std::span<Index> span) -> KernelOutcome {
          return {core::ValidateIndices<Index>(span, minor)};
        },
        indices);
  });
}

Napi::Value FindRunsKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const core::Indptr indptr = call.Starts("indptr", call.Major());
  const int64_t nnz = call.Whole("nnz");
  const core::Axis majors = call.Axis("majors");
  const core::RunArrays runs = Runs(call, majors.count());
  const std::span<double> copies = Doubles(call, "copies", 1);
  return call.Run([=]() -> KernelOutcome {
    core::RunCounts counts;
    const core::Fault fault = FindRuns(indptr, nnz, majors, runs, counts);
    copies[0] = static_cast<double>(counts.copies);
    return {fault, static_cast<double>(counts.stored)};
  });
}

Napi::Value CopyRunsKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const int item_size = call.ItemSize("itemSize");
  const core::RunArrays runs = Runs(call, call.Whole("runs"));
  const int64_t available = call.Whole("available");
  const int64_t room = call.Whole("room");
  const ByteSpan from = call.Bytes("from", available, item_size);
  const ByteSpan to = call.Bytes("to", room, item_size);
  return call.Run([=]() -> KernelOutcome {
    return {CopyRuns(from.data, available, runs, item_size, to.data, room)};
  });
}

Napi::Value KeepColumnsKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const core::Indptr starts = call.Starts("indptr", call.Major());
  const core::DType dtype = call.DType("indexDtype");
  if (!core::IsInteger(dtype)) call.Refuse("indexDtype", "an integer type");
  const int64_t count = call.Whole("count");
  const int item_size = call.ItemSize("itemSize");
  const core::EntryBlock block{
      call.Whole("offset"),
      {dtype, call.Bytes("indices", count, core::ItemSize(dtype)).data, count},
      call.Bytes("data", count, item_size).data,
      item_size};
  const std::span<int32_t> table = Narrow(call, "table");
  const core::KeptEntries out{Narrow(call, "outIndices"),
                              call.Bytes("outData", count, item_size).data,
                              Narrow(call, "counts")};
  return call.Run([=]() -> KernelOutcome {
    int64_t kept;
    const core::Fault fault = KeepColumns(starts, block, table, out, kept);
    return {fault, static_cast<double>(kept)};
  });
}

Napi::Value AppendKernel(const Napi::CallbackInfo& info) {
  KernelCall call(info);
  const int item_size = call.ItemSize("itemSize");
  const AnyCompressed piece = call.Compressed(item_size);
  const int64_t offset = call.Whole("offset");
  const int64_t major = call.Major();
  const core::MutableIndptr cursors = call.MutableStarts("cursors", major);
  const core::Indptr starts = call.Starts("starts", major);
  const IntegerSpan indices = call.Integers("outIndices");
  const int64_t minor = std::visit([](const auto& m) { return m.minor; }, piece);
  return std::visit(
      [&](const auto& out_indices) {
        using OutIndex =
            typename std::decay_t<decltype(out_indices)>::value_type;
        if (offset + minor - 1 > std::numeric_limits<OutIndex>::max()) {
          call.Refuse("outIndices", "wide enough for every position");
        }
        const ByteSpan out = call.OutBytes(
            "outData", static_cast<int64_t>(out_indices.size()), item_size);
        return call.Run([=] {
          return std::visit(
              [&](const auto& m) -> KernelOutcome {
                return {Append(m, offset, item_size,
                               core::Appended<OutIndex>{cursors, starts,
                                                        out_indices, out.data})};
              },
              piece);
        });
      },
      indices);
}

}  // namespace ats::node
