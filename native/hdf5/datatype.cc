#include "hdf5/datatype.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hdf5/cursor.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

enum Class : uint8_t {
  kInteger = 0,
  kFloat = 1,
  kString = 3,
  kCompound = 6,
  kEnum = 8,
  kVariableLength = 9,
  kArray = 10,
};

// Where a type stands, which says what it may be.
enum class Place : uint8_t {
  kWhole,
  kField,
  // The integers of an enum, the parts of a complex number.
  kPart,
};

// What every datatype begins with.
struct Head {
  uint8_t type_class;
  uint8_t version;
  uint32_t bits;
  uint32_t size;
};

Head ReadHead(Cursor& cursor) {
  const uint8_t first = cursor.U8();
  const uint32_t bits = static_cast<uint32_t>(cursor.Unsigned(3));
  return {static_cast<uint8_t>(first & 0x0f), static_cast<uint8_t>(first >> 4),
          bits, cursor.U32()};
}

absl::Status Unusual(std::string_view what) {
  return absl::UnimplementedError(absl::StrCat("The element type ", what));
}

uint32_t SwapOf(bool big_endian, uint32_t size) {
  return big_endian && size > 1 ? size : 0;
}

Result<ElementType> ReadInteger(const Head& head, Cursor& cursor) {
  const uint16_t offset = cursor.U16();
  const uint16_t precision = cursor.U16();
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  const bool whole = head.size == 1 || head.size == 2 || head.size == 4 ||
                     head.size == 8;
  if (!whole || offset != 0 || precision != head.size * 8) {
    return Unusual("is an integer with unused bits");
  }
  const bool is_signed = (head.bits & 0x08) != 0;
  return ElementType{absl::StrCat(is_signed ? "int" : "uint", head.size * 8),
                     head.size, SwapOf((head.bits & 1) != 0, head.size)};
}

// Where the parts of an IEEE 754 number are.
struct FloatFormat {
  const char* name;
  uint32_t size;
  uint8_t sign, exponent, exponent_size, mantissa_size;
  uint32_t bias;
};

constexpr FloatFormat kFloats[] = {
    {"float16", 2, 15, 10, 5, 10, 15},
    {"float32", 4, 31, 23, 8, 23, 127},
    {"float64", 8, 63, 52, 11, 52, 1023},
};

Result<ElementType> ReadFloat(const Head& head, Cursor& cursor) {
  const uint16_t offset = cursor.U16();
  const uint16_t precision = cursor.U16();
  const uint8_t exponent = cursor.U8();
  const uint8_t exponent_size = cursor.U8();
  const uint8_t mantissa = cursor.U8();
  const uint8_t mantissa_size = cursor.U8();
  const uint32_t bias = cursor.U32();
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  const uint8_t sign = (head.bits >> 8) & 0xff;
  // Bit 6 marks VAX order; normalisation 2 means an implied leading 1.
  const bool plain = (head.bits & 0x40) == 0 && ((head.bits >> 4) & 3) == 2;
  for (const FloatFormat& format : kFloats) {
    if (plain && format.size == head.size && offset == 0 &&
        precision == head.size * 8 && sign == format.sign &&
        exponent == format.exponent && exponent_size == format.exponent_size &&
        mantissa == 0 && mantissa_size == format.mantissa_size &&
        bias == format.bias) {
      return ElementType{format.name, head.size,
                         SwapOf((head.bits & 1) != 0, head.size)};
    }
  }
  return Unusual("is a float of another format than IEEE 754");
}

Result<ElementType> ReadType(Cursor& cursor, size_t offset_size, Place place);

// Enums are read as their integers; those of h5py's booleans have a name.
Result<ElementType> ReadEnum(const Head& head, Cursor& cursor,
                             size_t offset_size) {
  TENSORSTORE_ASSIGN_OR_RETURN(
      ElementType type, ReadType(cursor, offset_size, Place::kPart));
  const uint32_t count = head.bits & 0xffff;
  if (type.size != head.size || type.name.find("int") == std::string::npos) {
    return Unusual("is an enum of something else than integers");
  }
  if (type.swap != 0) return Unusual("is a big-endian enum");
  std::string_view names[2];
  for (uint32_t i = 0; i < count; ++i) {
    const std::string_view name = cursor.Name(head.version < 3);
    if (i < 2) names[i] = name;
  }
  const auto values = cursor.Bytes(size_t{count} * type.size);
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  if (type.size != 1 || count != 2) return type;
  std::optional<uint8_t> no, yes;
  for (size_t i = 0; i < 2; ++i) {
    if (names[i] == "FALSE") no = static_cast<uint8_t>(values[i]);
    if (names[i] == "TRUE") yes = static_cast<uint8_t>(values[i]);
  }
  if (no == 0 && yes == 1) type.name = "bool";
  return type;
}

// The part of a compound member between its name and its type.
uint32_t MemberOffset(Cursor& cursor, const Head& compound, bool& array) {
  array = false;
  if (compound.version >= 3) {
    const size_t width = compound.size < 1u << 8    ? 1
                         : compound.size < 1u << 16 ? 2
                         : compound.size < 1u << 24 ? 3
                                                    : 4;
    return static_cast<uint32_t>(cursor.Unsigned(width));
  }
  const uint32_t offset = cursor.U32();
  if (compound.version == 1) {
    array = cursor.U8() != 0;
    cursor.Skip(3 + 4 + 4 + 16);
  }
  return offset;
}

Result<ElementType> ReadComplex(const Head& head, Cursor& cursor,
                                size_t offset_size) {
  if ((head.bits & 0xffff) != 2) return Unusual("is a compound");
  ElementType parts[2];
  for (int i = 0; i < 2; ++i) {
    const std::string_view name = cursor.Name(head.version < 3);
    bool array = false;
    const uint32_t offset = MemberOffset(cursor, head, array);
    TENSORSTORE_RETURN_IF_ERROR(cursor.status());
    TENSORSTORE_ASSIGN_OR_RETURN(
        parts[i], ReadType(cursor, offset_size, Place::kPart));
    if (name != (i == 0 ? "r" : "i") || array ||
        offset != i * head.size / 2 || parts[i].size != head.size / 2) {
      return Unusual("is a compound");
    }
  }
  const bool single = parts[0].name == "float32";
  if ((!single && parts[0].name != "float64") ||
      parts[0].name != parts[1].name || parts[0].swap != parts[1].swap) {
    return Unusual("is a compound");
  }
  return ElementType{single ? "complex64" : "complex128", head.size,
                     parts[0].swap};
}

Result<ElementType> ReadVariableLength(const Head& head, Cursor& cursor,
                                       size_t offset_size) {
  // Length, address of the heap, index in it.
  if ((head.bits & 0x0f) != 1 || head.size != 4 + offset_size + 4) {
    return Unusual("is a list of variable length");
  }
  // What the text is made of says nothing; the next field is behind it.
  const Head base = ReadHead(cursor);
  if (base.type_class == kInteger) {
    cursor.Skip(4);
  } else if (base.type_class != kString) {
    return Unusual("is text of something else than characters");
  }
  ElementType type{"string", head.size, 0};
  type.ascii = (head.bits >> 8 & 0x0f) == 0;
  return type;
}

Result<ElementType> ReadFixedString(const Head& head) {
  const uint32_t padding = head.bits & 0x0f;
  if (head.size == 0 || padding > static_cast<uint32_t>(Padding::kSpaces)) {
    return Unusual("is text of no length or of an unknown padding");
  }
  ElementType type{"string", head.size, 0};
  type.fixed = true;
  type.padding = static_cast<Padding>(padding);
  type.ascii = (head.bits >> 4 & 0x0f) == 0;
  return type;
}

// The extents of an array type, which its elements' type follows.
Result<std::vector<uint64_t>> ReadArrayShape(const Head& head, Cursor& cursor) {
  constexpr uint8_t kMostDimensions = 32;
  const uint8_t rank = cursor.U8();
  if (rank > kMostDimensions || head.version < 2) {
    return Unusual("is an array of an unusual kind");
  }
  if (head.version == 2) cursor.Skip(3);
  std::vector<uint64_t> shape(rank);
  for (uint64_t& extent : shape) extent = cursor.U32();
  if (head.version == 2) cursor.Skip(size_t{4} * rank);
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  return shape;
}

// Reads the type of `field`: one value, or an array of them.
absl::Status ReadFieldType(const Head& records, Cursor& cursor,
                           size_t offset_size, Field& field) {
  Cursor peek = cursor;
  const Head head = ReadHead(peek);
  if (head.type_class == kArray) {
    cursor = peek;
    TENSORSTORE_ASSIGN_OR_RETURN(field.shape, ReadArrayShape(head, cursor));
  }
  TENSORSTORE_ASSIGN_OR_RETURN(field.type,
                               ReadType(cursor, offset_size, Place::kField));
  uint64_t bytes = field.type.size;
  // Both factors have 32 bits.
  for (uint64_t extent : field.shape) {
    bytes = std::min<uint64_t>(bytes * extent, records.size + uint64_t{1});
  }
  if (field.offset > records.size || bytes > records.size - field.offset) {
    return absl::DataLossError("A field lies outside its record");
  }
  return absl::OkStatus();
}

Result<ElementType> ReadRecords(const Head& head, Cursor& cursor,
                                size_t offset_size) {
  ElementType type{"records", head.size, 0};
  const uint32_t count = head.bits & 0xffff;
  for (uint32_t i = 0; i < count; ++i) {
    Field field;
    field.name = cursor.Name(head.version < 3);
    bool array = false;
    field.offset = MemberOffset(cursor, head, array);
    TENSORSTORE_RETURN_IF_ERROR(cursor.status());
    if (array) return Unusual("has a field of an old kind of array");
    TENSORSTORE_RETURN_IF_ERROR(
        ReadFieldType(head, cursor, offset_size, field));
    type.fields.push_back(std::move(field));
  }
  if (head.size == 0 || count == 0) return Unusual("is a record of nothing");
  return type;
}

Result<ElementType> ReadCompound(const Head& head, Cursor& cursor,
                                 size_t offset_size, Place place) {
  Cursor again = cursor;
  auto complex = ReadComplex(head, cursor, offset_size);
  if (complex.ok() || place != Place::kWhole) return complex;
  return ReadRecords(head, again, offset_size);
}

// Records have no records in them, so this ends.
Result<ElementType> ReadType(Cursor& cursor, size_t offset_size, Place place) {
  const Head head = ReadHead(cursor);
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  // Version 3 packs names and offsets; 4 and 5 added types that are not here.
  if (head.version < 1 || head.version > 5) {
    return Unusual(absl::StrCat("has version ", head.version));
  }
  if (head.type_class == kInteger) return ReadInteger(head, cursor);
  if (head.type_class == kFloat) return ReadFloat(head, cursor);
  if (place == Place::kPart) return Unusual("is nested");
  switch (head.type_class) {
    case kString:
      return ReadFixedString(head);
    case kEnum:
      return ReadEnum(head, cursor, offset_size);
    case kCompound:
      return ReadCompound(head, cursor, offset_size, place);
    case kVariableLength:
      return ReadVariableLength(head, cursor, offset_size);
    default:
      return Unusual(absl::StrCat("is of class ", head.type_class));
  }
}

}  // namespace

Result<ElementType> ParseDatatype(std::span<const std::byte> message,
                                  size_t offset_size) {
  Cursor cursor(message);
  return ReadType(cursor, offset_size, Place::kWhole);
}

}  // namespace ats::hdf5::reader
