#include "hdf5/writer_attribute.h"

#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "hdf5/writer_type.h"
#include "tensorstore/util/result.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5 {
namespace {

// The type and the values in memory of one attribute.
struct Prepared {
  Id type;
  std::vector<char> bytes;
};

absl::Status HoldsNul(const std::string& name, const char* what) {
  return absl::InvalidArgumentError(absl::StrCat(
      "The attribute ", absl::CHexEscape(name), " has ", what,
      " with a NUL character, which HDF5 cannot hold"));
}

template <typename T>
std::vector<char> BytesOf(const std::vector<T>& values) {
  const auto* begin = reinterpret_cast<const char*>(values.data());
  return {begin, begin + values.size() * sizeof(T)};
}

tensorstore::Result<Prepared> PrepareText(
    const std::string& name, const std::vector<std::string>& values) {
  std::vector<const char*> pointers;
  for (const std::string& value : values) {
    if (value.find('\0') != std::string::npos) return HoldsNul(name, "a text");
    pointers.push_back(value.c_str());
  }
  return Prepared{MakeTextType(), BytesOf(pointers)};
}

template <typename T>
core::DType DTypeOf() {
  if constexpr (std::is_same_v<T, int64_t>) return core::DType::kInt64;
  if constexpr (std::is_same_v<T, uint64_t>) return core::DType::kUint64;
  return core::DType::kFloat64;
}

tensorstore::Result<Prepared> Prepare(const Attribute& attribute) {
  using Result = tensorstore::Result<Prepared>;
  return std::visit(
      [&](const auto& values) -> Result {
        using Values = std::decay_t<decltype(values)>;
        if constexpr (std::is_same_v<Values, std::monostate>) {
          // As h5py.Empty("f").
          TENSORSTORE_ASSIGN_OR_RETURN(
              Id type, MakeType(ScalarType(core::DType::kFloat32)));
          return Prepared{std::move(type), {}};
        } else if constexpr (std::is_same_v<Values,
                                            std::vector<std::string>>) {
          return PrepareText(attribute.name, values);
        } else if constexpr (std::is_same_v<Values, std::vector<bool>>) {
          TENSORSTORE_ASSIGN_OR_RETURN(
              Id type, MakeType(ScalarType(core::DType::kBool)));
          return Prepared{std::move(type), {values.begin(), values.end()}};
        } else {
          TENSORSTORE_ASSIGN_OR_RETURN(
              Id type,
              MakeType(ScalarType(DTypeOf<typename Values::value_type>())));
          return Prepared{std::move(type), BytesOf(values)};
        }
      },
      attribute.values);
}

Id MakeSpace(const Attribute& attribute) {
  if (std::holds_alternative<std::monostate>(attribute.values)) {
    return Id(H5Screate(H5S_NULL));
  }
  if (attribute.shape.empty()) return Id(H5Screate(H5S_SCALAR));
  const std::vector<hsize_t> shape(attribute.shape.begin(),
                                   attribute.shape.end());
  return Id(H5Screate_simple(static_cast<int>(shape.size()), shape.data(),
                             nullptr));
}

absl::Status WriteAttribute(hid_t object, const Attribute& attribute) {
  if (attribute.name.find('\0') != std::string::npos) {
    return HoldsNul(attribute.name, "a name");
  }
  TENSORSTORE_ASSIGN_OR_RETURN(Prepared prepared, Prepare(attribute));
  Id space = MakeSpace(attribute);
  Id properties = NameProperties(H5P_ATTRIBUTE_CREATE, attribute.name);
  Id made(H5Acreate2(object, attribute.name.c_str(), prepared.type.get(),
                     space.get(), properties.get(), H5P_DEFAULT));
  const bool written =
      made.ok() &&
      (prepared.bytes.empty() ||
       H5Awrite(made.get(), prepared.type.get(), prepared.bytes.data()) >= 0);
  if (!written || !made.Close()) {
    return absl::InternalError(
        absl::StrCat("HDF5 cannot write the attribute ", attribute.name));
  }
  return absl::OkStatus();
}

size_t StoredBytes(const Attribute& attribute) {
  const uint64_t count = CountOf(attribute.shape);
  return count > kCompactAttributeBytes ? kCompactAttributeBytes + 1
                                        : count * kTextReferenceBytes;
}

}  // namespace

absl::Status WriteAttributes(hid_t object,
                             std::span<const Attribute> attributes) {
  for (const Attribute& attribute : attributes) {
    TENSORSTORE_RETURN_IF_ERROR(WriteAttribute(object, attribute));
  }
  return absl::OkStatus();
}

bool NeedLargeAttributes(std::span<const Attribute> attributes) {
  return std::ranges::any_of(attributes, [](const Attribute& attribute) {
    return StoredBytes(attribute) > kCompactAttributeBytes;
  });
}

bool AllowLargeAttributes(hid_t creation) {
  return H5Pset_attr_creation_order(
             creation, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED) >= 0;
}

Id NameProperties(hid_t kind, const std::string& name) {
  Id properties(H5Pcreate(kind));
  const bool ascii = std::ranges::all_of(
      name, [](char c) { return absl::ascii_isascii(c); });
  if (!ascii) H5Pset_char_encoding(properties.get(), H5T_CSET_UTF8);
  return properties;
}

}  // namespace ats::hdf5
