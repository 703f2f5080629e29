#include "hdf5/stored_type.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hdf5/cursor.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

using Class = StoredType::Class;

// Deeper nesting is no data of anybody's.
constexpr int kMostDepth = 16;
constexpr uint64_t kMostArrayRank = 32;

absl::Status Damaged(std::string_view what) {
  return absl::DataLossError(absl::StrCat("An element type ", what));
}

class Parser {
 public:
  Parser(std::span<const std::byte> message, size_t offset_size)
      : cursor_(message), offset_size_(offset_size) {}

  Result<StoredType> Parse(int depth) {
    const uint8_t first = cursor_.U8();
    const uint8_t version = first >> 4;
    const uint32_t bits = static_cast<uint32_t>(cursor_.Unsigned(3));
    StoredType type;
    type.type_class = static_cast<Class>(first & 0x0f);
    type.size = cursor_.U32();
    TENSORSTORE_RETURN_IF_ERROR(cursor_.status());
    if (version < 1 || version > 4) {
      return absl::UnimplementedError(
          absl::StrCat("An element type of version ", version));
    }
    if (type.size == 0) return Damaged("has no bytes");
    if (depth > kMostDepth) return Damaged("nests too deeply");
    TENSORSTORE_RETURN_IF_ERROR(Properties(version, bits, depth, type));
    TENSORSTORE_RETURN_IF_ERROR(cursor_.status());
    return type;
  }

 private:
  absl::Status Properties(uint8_t version, uint32_t bits, int depth,
                          StoredType& type) {
    switch (type.type_class) {
      case Class::kInteger:
      case Class::kBits:
      case Class::kFloat:
        return Number(bits, type);
      case Class::kText:
        type.padding = bits & 0x0f;
        type.characters = bits >> 4 & 0x0f;
        return absl::OkStatus();
      case Class::kOpaque:
        return Opaque(bits, type);
      case Class::kRecord:
        return Record(version, bits & 0xffff, depth, type);
      case Class::kEnum:
        return Enum(version, bits & 0xffff, depth, type);
      case Class::kLongText:
        return LongText(bits, depth, type);
      case Class::kArray:
        return Array(version, depth, type);
    }
    return absl::UnimplementedError(
        absl::StrCat("An element type of class ",
                     static_cast<int>(type.type_class)));
  }

  absl::Status Number(uint32_t bits, StoredType& type) {
    const bool is_float = type.type_class == Class::kFloat;
    if (is_float && (bits & 0x40) != 0) {
      return absl::UnimplementedError("A float in VAX order");
    }
    type.big_endian = (bits & 0x01) != 0;
    type.low_padding = bits >> 1 & 1;
    type.high_padding = bits >> 2 & 1;
    type.offset = cursor_.U16();
    type.precision = cursor_.U16();
    if (type.precision == 0 ||
        uint64_t{type.offset} + type.precision > uint64_t{type.size} * 8) {
      return Damaged("has more bits than bytes");
    }
    if (!is_float) {
      type.is_signed = (bits & 0x08) != 0;
      return absl::OkStatus();
    }
    type.inner_padding = bits >> 3 & 1;
    type.normalization = bits >> 4 & 3;
    type.sign = static_cast<uint8_t>(bits >> 8);
    type.exponent = cursor_.U8();
    type.exponent_size = cursor_.U8();
    type.mantissa = cursor_.U8();
    type.mantissa_size = cursor_.U8();
    type.bias = cursor_.U32();
    return absl::OkStatus();
  }

  absl::Status Opaque(uint32_t bits, StoredType& type) {
    for (std::byte b : cursor_.Bytes(bits & 0xff)) {
      if (b == std::byte{0}) break;
      type.tag.push_back(static_cast<char>(b));
    }
    return absl::OkStatus();
  }

  absl::Status Record(uint8_t version, uint32_t count, int depth,
                      StoredType& type) {
    const size_t width = version < 3                 ? 4
                         : type.size < (1u << 8)     ? 1
                         : type.size < (1u << 16)    ? 2
                         : type.size < (1u << 24)    ? 3
                                                     : 4;
    for (uint32_t i = 0; i < count; ++i) {
      StoredType::Member member{std::string(cursor_.Name(version < 3))};
      member.offset = static_cast<uint32_t>(cursor_.Unsigned(width));
      if (version == 1) {
        if (cursor_.U8() != 0) {
          return absl::UnimplementedError("A record with old arrays");
        }
        cursor_.Skip(3 + 4 + 4 + 16);
      }
      TENSORSTORE_RETURN_IF_ERROR(cursor_.status());
      TENSORSTORE_ASSIGN_OR_RETURN(StoredType part, Parse(depth + 1));
      if (member.offset > type.size ||
          part.size > type.size - member.offset) {
        return Damaged("has a member outside of its record");
      }
      type.members.push_back(std::move(member));
      type.parts.push_back(std::move(part));
    }
    return count == 0 ? Damaged("is a record of nothing") : absl::OkStatus();
  }

  absl::Status Enum(uint8_t version, uint32_t count, int depth,
                    StoredType& type) {
    TENSORSTORE_ASSIGN_OR_RETURN(StoredType base, Parse(depth + 1));
    if (base.type_class != Class::kInteger || base.size != type.size) {
      return Damaged("is an enumeration of no integers");
    }
    type.parts.push_back(std::move(base));
    for (uint32_t i = 0; i < count && cursor_.ok(); ++i) {
      type.members.push_back({std::string(cursor_.Name(version < 3))});
    }
    TENSORSTORE_RETURN_IF_ERROR(cursor_.status());
    const auto values = cursor_.Bytes(size_t{count} * type.size);
    type.values.assign(values.begin(), values.end());
    return absl::OkStatus();
  }

  absl::Status LongText(uint32_t bits, int depth, StoredType& type) {
    if ((bits & 0x0f) != 1) {
      return absl::UnimplementedError("A list of variable length");
    }
    // Length, address of the heap, index in it.
    if (type.size != 4 + offset_size_ + 4) {
      return Damaged("refers to its text by too few bytes");
    }
    type.padding = bits >> 4 & 0x0f;
    type.characters = bits >> 8 & 0x0f;
    return Parse(depth + 1).status();
  }

  absl::Status Array(uint8_t version, int depth, StoredType& type) {
    const uint8_t rank = cursor_.U8();
    if (version < 3) cursor_.Skip(3);
    if (rank == 0 || rank > kMostArrayRank) {
      return Damaged("is an array of no dimensions or too many");
    }
    for (int i = 0; i < rank; ++i) type.extents.push_back(cursor_.U32());
    if (version < 3) cursor_.Skip(size_t{4} * rank);
    TENSORSTORE_ASSIGN_OR_RETURN(StoredType base, Parse(depth + 1));
    uint64_t bytes = base.size;
    for (uint64_t extent : type.extents) {
      if (extent == 0 || bytes > type.size / extent) {
        return Damaged("is an array of another size");
      }
      bytes *= extent;
    }
    if (bytes != type.size) return Damaged("is an array of another size");
    type.parts.push_back(std::move(base));
    return absl::OkStatus();
  }

  Cursor cursor_;
  const size_t offset_size_;
};

}  // namespace

bool StoredType::plain() const {
  return type_class != Class::kLongText &&
         std::all_of(parts.begin(), parts.end(),
                     [](const StoredType& part) { return part.plain(); });
}

Result<StoredType> ParseStoredType(std::span<const std::byte> message,
                                   size_t offset_size) {
  return Parser(message, offset_size).Parse(0);
}

}  // namespace ats::hdf5::reader
