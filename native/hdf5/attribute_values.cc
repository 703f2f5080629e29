// The stored elements of an attribute as values.
#include <cstring>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/float16.h"
#include "hdf5/attribute.h"
#include "hdf5/cursor.h"
#include "hdf5/datatype.h"
#include "hdf5/fixed_strings.h"
#include "hdf5/heap_strings.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

// Whatever their bytes: values become JavaScript objects.
constexpr uint64_t kMostValues = uint64_t{1} << 22;

// Type classes (HDF5 File Format Specification, IV.A.2.d).
enum Class : uint8_t {
  kTime = 2,
  kOpaque = 5,
  kCompound = 6,
  kReference = 7,
  kVariableLength = 9,
  kArray = 10,
};
enum class Use : uint8_t { kValues, kReferences, kLeftOut };

// What is made of elements of the type that `message` describes.
Result<Use> UseOf(std::span<const std::byte> message, size_t offset_size) {
  Cursor cursor(message);
  const uint8_t first = cursor.U8();
  const uint32_t kind = static_cast<uint32_t>(cursor.Unsigned(3)) & 0x0f;
  const uint32_t size = cursor.U32();
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  switch (first & 0x0f) {
    case kTime:
    case kOpaque:
    case kCompound:
    case kArray:
      return Use::kLeftOut;
    case kVariableLength:
      return kind == 0 ? Use::kLeftOut : Use::kValues;
    case kReference:
      if (first >> 4 > 5 || kind > 1) {
        return absl::UnimplementedError("References of a later kind");
      }
      if (kind == 1) return Use::kLeftOut;
      if (size != offset_size) return absl::DataLossError("A reference of an odd size");
      return Use::kReferences;
    default:
      return Use::kValues;
  }
}

// The number whose bits are `bits`.
template <typename T>
T NumberOf(uint64_t bits) {
  if constexpr (std::is_floating_point_v<T>) {
    using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
    const Bits narrow = static_cast<Bits>(bits);
    T value;
    std::memcpy(&value, &narrow, sizeof(value));
    return value;
  } else {
    return static_cast<T>(bits);
  }
}

// Calls `put` with the bits of every element.
template <typename Put>
void ForEachNumber(const ElementType& type, uint64_t count,
                   std::span<const std::byte> data, Put put) {
  Cursor cursor(data);
  for (uint64_t i = 0; i < count; ++i) {
    uint64_t bits = 0;
    if (type.swap == 0) {
      bits = cursor.Unsigned(type.size);
    } else {
      for (uint32_t b = 0; b < type.size; ++b) bits = bits << 8 | cursor.U8();
    }
    put(bits);
  }
}

// Numbers of the type `From`, as `To` holds them.
template <typename From, typename To>
AttributeValues Numbers(const ElementType& type, uint64_t count,
                        std::span<const std::byte> data) {
  std::vector<To> values;
  values.reserve(count);
  ForEachNumber(type, count, data, [&](uint64_t bits) {
    values.push_back(static_cast<To>(NumberOf<From>(bits)));
  });
  return values;
}

AttributeValues Halves(const ElementType& type, uint64_t count,
                       std::span<const std::byte> data) {
  std::vector<double> values;
  values.reserve(count);
  ForEachNumber(type, count, data, [&](uint64_t bits) {
    values.push_back(core::HalfToFloat(static_cast<uint16_t>(bits)));
  });
  return values;
}

AttributeValues Booleans(const ElementType& type, uint64_t count,
                         std::span<const std::byte> data) {
  std::vector<bool> values;
  values.reserve(count);
  ForEachNumber(type, count, data,
                [&](uint64_t bits) { values.push_back(bits != 0); });
  return values;
}

using Decoder = AttributeValues (*)(const ElementType&, uint64_t,
                                    std::span<const std::byte>);

struct Decoders {
  std::string_view name;
  Decoder decoder;
};

// Complex numbers are not here: they are records.
constexpr Decoders kDecoders[] = {
    {"bool", Booleans},
    {"int8", Numbers<int8_t, double>},
    {"uint8", Numbers<uint8_t, double>},
    {"int16", Numbers<int16_t, double>},
    {"uint16", Numbers<uint16_t, double>},
    {"int32", Numbers<int32_t, double>},
    {"uint32", Numbers<uint32_t, double>},
    {"int64", Numbers<int64_t, int64_t>},
    {"uint64", Numbers<uint64_t, uint64_t>},
    {"float16", Halves},
    {"float32", Numbers<float, double>},
    {"float64", Numbers<double, double>},
};

Result<AttributeValues> Texts(const Space& space, const ElementType& type,
                              std::span<const std::byte> data, Budget& budget) {
  const uint64_t most = space.file().limits().max_metadata_bytes;
  TENSORSTORE_ASSIGN_OR_RETURN(const Strings strings,
                               type.fixed ? CutStrings(type, data, most)
                                          : ResolveStrings(space, data, most));
  TENSORSTORE_RETURN_IF_ERROR(budget.Spend(strings.bytes.size()));
  std::vector<std::string> texts;
  texts.reserve(strings.offsets.size() - 1);
  for (size_t i = 0; i + 1 < strings.offsets.size(); ++i) {
    const auto begin = static_cast<size_t>(strings.offsets[i]);
    const auto end = static_cast<size_t>(strings.offsets[i + 1]);
    texts.push_back(strings.bytes.substr(begin, end - begin));
  }
  return texts;
}

Result<AttributeValues> Paths(const Space& space, uint64_t count,
                              std::span<const std::byte> data, Budget& budget,
                              PathOf path_of) {
  Cursor cursor(data);
  std::vector<std::string> paths;
  for (uint64_t i = 0; i < count; ++i) {
    TENSORSTORE_ASSIGN_OR_RETURN(auto path,
                                 path_of(cursor.Address(space.offset_size())));
    TENSORSTORE_RETURN_IF_ERROR(budget.Spend(path.size()));
    paths.push_back(std::move(path));
  }
  return paths;
}

// The bytes of `count` elements of `size` bytes, with which `data` begins.
Result<std::span<const std::byte>> Elements(const Space& space, uint64_t count,
                                            uint64_t size,
                                            std::span<const std::byte> data) {
  const uint64_t most = space.file().limits().max_metadata_bytes;
  if (count > kMostValues || (count > 0 && size > most / count)) {
    return absl::ResourceExhaustedError(
        absl::StrCat("An attribute of ", count, " values; raise maxMetadataBytes"));
  }
  if (data.size() < count * size) {
    return absl::DataLossError("An attribute has fewer values than its shape says");
  }
  return data.first(count * size);
}

}  // namespace

Result<std::optional<AttributeValues>> ReadAttributeValues(
    const Space& space, std::span<const std::byte> type, uint64_t count,
    std::span<const std::byte> data, Budget& budget, PathOf path_of) {
  TENSORSTORE_ASSIGN_OR_RETURN(const Use use, UseOf(type, space.offset_size()));
  if (use == Use::kLeftOut) return std::nullopt;
  if (use == Use::kReferences) {
    TENSORSTORE_ASSIGN_OR_RETURN(
        data, Elements(space, count, space.offset_size(), data));
    TENSORSTORE_ASSIGN_OR_RETURN(auto paths,
                                 Paths(space, count, data, budget, path_of));
    return paths;
  }
  TENSORSTORE_ASSIGN_OR_RETURN(const ElementType element,
                               ParseDatatype(type, space.offset_size()));
  TENSORSTORE_ASSIGN_OR_RETURN(data,
                               Elements(space, count, element.size, data));
  if (element.is_text()) {
    TENSORSTORE_ASSIGN_OR_RETURN(auto texts, Texts(space, element, data, budget));
    return texts;
  }
  for (const Decoders& decoders : kDecoders) {
    if (decoders.name == element.name) {
      return decoders.decoder(element, count, data);
    }
  }
  return absl::UnimplementedError("An attribute of an unusual type");
}

}  // namespace ats::hdf5::reader
