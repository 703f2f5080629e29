#include "hdf5/writer_type.h"

#include <algorithm>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5 {

using ::tensorstore::Result;

namespace {

// Called under the LibraryLock only: the names below are macros that look the
// identifier up.
Id CopyOf(hid_t type) { return Id(H5Tcopy(type)); }

Id MakeBool() {
  Id type(H5Tenum_create(H5T_STD_I8LE));
  for (const int8_t value : {int8_t{0}, int8_t{1}}) {
    if (H5Tenum_insert(type.get(), value == 0 ? "FALSE" : "TRUE", &value) < 0) {
      return Id();
    }
  }
  return type;
}

Id MakeComplex(hid_t part, size_t part_bytes) {
  Id type(H5Tcreate(H5T_COMPOUND, 2 * part_bytes));
  if (H5Tinsert(type.get(), "r", 0, part) < 0 ||
      H5Tinsert(type.get(), "i", part_bytes, part) < 0) {
    return Id();
  }
  return type;
}

Id MakeNumber(core::DType dtype) {
  switch (dtype) {
    case core::DType::kBool:
      return MakeBool();
    case core::DType::kInt8:
      return CopyOf(H5T_STD_I8LE);
    case core::DType::kUint8:
      return CopyOf(H5T_STD_U8LE);
    case core::DType::kInt16:
      return CopyOf(H5T_STD_I16LE);
    case core::DType::kUint16:
      return CopyOf(H5T_STD_U16LE);
    case core::DType::kInt32:
      return CopyOf(H5T_STD_I32LE);
    case core::DType::kUint32:
      return CopyOf(H5T_STD_U32LE);
    case core::DType::kInt64:
      return CopyOf(H5T_STD_I64LE);
    case core::DType::kUint64:
      return CopyOf(H5T_STD_U64LE);
    case core::DType::kFloat16:
      return CopyOf(H5T_IEEE_F16LE);
    case core::DType::kFloat32:
      return CopyOf(H5T_IEEE_F32LE);
    case core::DType::kFloat64:
      return CopyOf(H5T_IEEE_F64LE);
    case core::DType::kComplex64:
      return MakeComplex(H5T_IEEE_F32LE, sizeof(float));
    case core::DType::kComplex128:
      return MakeComplex(H5T_IEEE_F64LE, sizeof(double));
    case core::DType::kBfloat16:
      return Id();
  }
  return Id();
}

Result<Id> MakeScalar(const ScalarType& type) {
  const auto* dtype = std::get_if<core::DType>(&type);
  if (dtype != nullptr && *dtype == core::DType::kBfloat16) {
    return absl::UnimplementedError(
        "bfloat16 has no form in HDF5 that other readers know; convert the "
        "values to float32");
  }
  Id made = dtype == nullptr ? MakeTextType(std::get<TextType>(type))
                             : MakeNumber(*dtype);
  if (!made.ok()) return absl::InternalError("HDF5 cannot make a type");
  return made;
}

size_t ScalarBytes(const ScalarType& type) {
  const auto* dtype = std::get_if<core::DType>(&type);
  if (dtype != nullptr) return core::ItemSize(*dtype);
  const TextType text = std::get<TextType>(type);
  return text.bytes == 0 ? sizeof(char*) : text.bytes;
}

size_t FieldBytes(const Field& field) {
  return ScalarBytes(field.type) * CountOf(field.shape);
}

Result<Id> MakeField(const Field& field) {
  TENSORSTORE_ASSIGN_OR_RETURN(Id scalar, MakeScalar(field.type));
  if (field.shape.empty()) return scalar;
  const std::vector<hsize_t> shape(field.shape.begin(), field.shape.end());
  Id array(H5Tarray_create2(scalar.get(), static_cast<unsigned>(shape.size()),
                            shape.data()));
  if (!array.ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("The field ", field.name, " has no valid shape"));
  }
  return array;
}

Result<Id> MakeRecord(const std::vector<Field>& fields, size_t bytes) {
  if (bytes == 0) {
    return absl::UnimplementedError("HDF5 has no records without fields");
  }
  Id record(H5Tcreate(H5T_COMPOUND, bytes));
  size_t offset = 0;
  for (const Field& field : fields) {
    TENSORSTORE_ASSIGN_OR_RETURN(Id type, MakeField(field));
    if (H5Tinsert(record.get(), field.name.c_str(), offset, type.get()) < 0) {
      return absl::InvalidArgumentError(
          absl::StrCat("The field ", field.name,
                       " cannot be stored; rename it (names are unique)"));
    }
    offset += FieldBytes(field);
  }
  return record;
}

bool IsText(const ScalarType& type) {
  return std::holds_alternative<TextType>(type);
}

}  // namespace

Id MakeTextType(TextType text) {
  const bool any_length = text.bytes == 0;
  Id type(H5Tcopy(H5T_C_S1));
  if (H5Tset_size(type.get(), any_length ? H5T_VARIABLE : text.bytes) < 0 ||
      (any_length ? H5Tset_cset(type.get(), H5T_CSET_UTF8)
                  : H5Tset_strpad(type.get(), H5T_STR_NULLPAD)) < 0) {
    return Id();
  }
  return type;
}

Result<Id> MakeType(const ElementType& type) {
  if (const auto* fields = std::get_if<std::vector<Field>>(&type)) {
    return MakeRecord(*fields, ItemBytes(type));
  }
  return MakeScalar(std::get<ScalarType>(type));
}

size_t ItemBytes(const ElementType& type) {
  if (const auto* scalar = std::get_if<ScalarType>(&type)) {
    return ScalarBytes(*scalar);
  }
  size_t bytes = 0;
  for (const Field& field : std::get<std::vector<Field>>(type)) {
    bytes += FieldBytes(field);
  }
  return bytes;
}

bool HasText(const ElementType& type) {
  if (const auto* scalar = std::get_if<ScalarType>(&type)) {
    return IsText(*scalar);
  }
  return std::ranges::any_of(
      std::get<std::vector<Field>>(type),
      [](const Field& field) { return IsText(field.type); });
}

}  // namespace ats::hdf5
