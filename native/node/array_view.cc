#include "node/array_view.h"

#include <stdint.h>

#include <cmath>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/pin.h"
#include "node/status_error.h"
#include "tensorstore/internal/integer_overflow.h"
#include "tensorstore/rank.h"
#include "tensorstore/util/status.h"

namespace ats::node {

using ::tensorstore::Index;
using ::tensorstore::Result;
using ::tensorstore::SharedArray;

namespace {

struct View {
  napi_typedarray_type type;
  size_t length;
  void* data;
};

size_t ElementSize(napi_typedarray_type type) {
  switch (type) {
    case napi_int8_array:
    case napi_uint8_array:
    case napi_uint8_clamped_array:
      return 1;
    case napi_int16_array:
    case napi_uint16_array:
      return 2;
    case napi_int32_array:
    case napi_uint32_array:
    case napi_float32_array:
      return 4;
    case napi_float64_array:
    case napi_bigint64_array:
    case napi_biguint64_array:
      return 8;
    default:
      return 0;
  }
}

Result<View> ViewOf(Environment& environment, napi_value value) {
  View view{static_cast<napi_typedarray_type>(-1), 0, nullptr};
  napi_value buffer;
  size_t offset;
  if (napi_get_typedarray_info(environment.env(), value, &view.type,
                               &view.length, &view.data, &buffer,
                               &offset) != napi_ok ||
      ElementSize(view.type) == 0) {
    return absl::InvalidArgumentError("A typed array is needed here");
  }
  return view;
}

template <typename T>
void CopyIntegers(const void* from, size_t length, Index* to) {
  const T* source = static_cast<const T*>(from);
  for (size_t i = 0; i < length; ++i) to[i] = static_cast<Index>(source[i]);
}

absl::Status CopyIndices(const View& view, Index* to) {
  switch (view.type) {
    case napi_int8_array:
      CopyIntegers<int8_t>(view.data, view.length, to);
      return absl::OkStatus();
    case napi_uint8_array:
    case napi_uint8_clamped_array:
      CopyIntegers<uint8_t>(view.data, view.length, to);
      return absl::OkStatus();
    case napi_int16_array:
      CopyIntegers<int16_t>(view.data, view.length, to);
      return absl::OkStatus();
    case napi_uint16_array:
      CopyIntegers<uint16_t>(view.data, view.length, to);
      return absl::OkStatus();
    case napi_int32_array:
      CopyIntegers<int32_t>(view.data, view.length, to);
      return absl::OkStatus();
    case napi_uint32_array:
      CopyIntegers<uint32_t>(view.data, view.length, to);
      return absl::OkStatus();
    case napi_bigint64_array:
    case napi_biguint64_array:
      // Values beyond the index range fail the bounds check of the selection.
      CopyIntegers<int64_t>(view.data, view.length, to);
      return absl::OkStatus();
    case napi_float64_array: {
      const auto* source = static_cast<const double*>(view.data);
      for (size_t i = 0; i < view.length; ++i) {
        if (!(std::abs(source[i]) < 0x1p62) ||
            std::floor(source[i]) != source[i]) {
          return absl::InvalidArgumentError(
              absl::StrCat("Index ", source[i], " is not an integer"));
        }
        to[i] = static_cast<Index>(source[i]);
      }
      return absl::OkStatus();
    }
    default:
      return absl::InvalidArgumentError(
          "Indices are needed as an array of integers");
  }
}

}  // namespace

Index ElementCount(tensorstore::span<const Index> shape) {
  Index count = 1;
  for (Index extent : shape) {
    if (extent < 0 ||
        tensorstore::internal::MulOverflow(count, extent, &count)) {
      return -1;
    }
  }
  return count;
}

bool IsNumeric(tensorstore::DataType dtype) {
  switch (dtype.id()) {
    case tensorstore::DataTypeId::string_t:
    case tensorstore::DataTypeId::ustring_t:
    case tensorstore::DataTypeId::json_t:
    case tensorstore::DataTypeId::custom:
      return false;
    default:
      return true;
  }
}

Result<Bytes> BytesOf(Environment& environment, napi_value view) {
  TENSORSTORE_ASSIGN_OR_RETURN(View info, ViewOf(environment, view));
  return Bytes{info.data, info.length * ElementSize(info.type)};
}

Result<SharedArray<void>> ArrayOver(Environment& environment, napi_value view,
                                    tensorstore::DataType dtype,
                                    tensorstore::span<const Index> shape,
                                    tensorstore::ContiguousLayoutOrder order) {
  TENSORSTORE_ASSIGN_OR_RETURN(Bytes bytes, BytesOf(environment, view));
  if (!IsNumeric(dtype)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "A typed array cannot hold values of type ", dtype.name()));
  }
  const Index count = ElementCount(shape);
  Index needed;
  if (count < 0 ||
      tensorstore::internal::MulOverflow(count, dtype.size(), &needed) ||
      static_cast<size_t>(needed) != bytes.size) {
    return absl::InvalidArgumentError(absl::StrCat(
        "A typed array of ", bytes.size, " bytes does not fit shape [",
        absl::StrJoin(shape, ", "), "] of type ", dtype.name()));
  }
  if (reinterpret_cast<uintptr_t>(bytes.data) % dtype.alignment() != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("The typed array is not aligned for type ", dtype.name()));
  }
  TENSORSTORE_ASSIGN_OR_RETURN(auto pin, Pin::Make(environment, view));
  return SharedArray<void>(
      tensorstore::SharedElementPointer<void>(
          std::shared_ptr<void>(std::move(pin), bytes.data), dtype),
      shape, order);
}

Result<SharedArray<const Index>> IndexArrayArg(
    Environment& environment, napi_value view,
    tensorstore::span<const Index> shape) {
  TENSORSTORE_ASSIGN_OR_RETURN(View info, ViewOf(environment, view));
  const Index count = ElementCount(shape);
  if (!tensorstore::IsValidRank(shape.size()) || count < 0 ||
      static_cast<size_t>(count) != info.length) {
    return absl::InvalidArgumentError(
        absl::StrCat(info.length, " indices do not fit shape [",
                     absl::StrJoin(shape, ", "), "]"));
  }
  auto array = tensorstore::AllocateArray<Index>(shape);
  TENSORSTORE_RETURN_IF_ERROR(CopyIndices(info, array.data()));
  return SharedArray<const Index>(std::move(array));
}

}  // namespace ats::node
