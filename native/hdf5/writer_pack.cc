#include "hdf5/writer_pack.h"

#include <cstring>

#include "absl/strings/str_cat.h"
#include "tensorstore/util/status.h"
#include "hdf5/writer_type.h"

namespace ats::hdf5 {
namespace {

// A field as it lies in the elements; values of it per element.
struct Part {
  bool text;
  // Of text: every string takes value_bytes itself.
  bool fixed;
  size_t value_bytes;
  uint64_t values;
  size_t bytes() const { return value_bytes * values; }
};

Part PartOf(const ScalarType& type, std::span<const uint64_t> shape) {
  const auto* text = std::get_if<TextType>(&type);
  return {text != nullptr, text != nullptr && text->bytes > 0,
          ItemBytes(ElementType(type)), CountOf(shape)};
}

std::vector<Part> PartsOf(const ElementType& type) {
  if (const auto* scalar = std::get_if<ScalarType>(&type)) {
    return {PartOf(*scalar, {})};
  }
  std::vector<Part> parts;
  for (const Field& field : std::get<std::vector<Field>>(type)) {
    parts.push_back(PartOf(field.type, field.shape));
  }
  return parts;
}

template <typename Offset>
bool AreOffsets(std::span<const Offset> offsets, uint64_t values,
                size_t bytes) {
  if (offsets.size() != values + 1 || !(offsets[0] >= 0)) return false;
  for (size_t i = 1; i < offsets.size(); ++i) {
    if (!(offsets[i] >= offsets[i - 1])) return false;
  }
  return static_cast<uint64_t>(offsets.back()) <= bytes;
}

bool Fits(const Part& part, uint64_t count, const Column& column) {
  if (part.values != 0 && count > UINT64_MAX / part.values) return false;
  const uint64_t values = count * part.values;
  if (const auto* text = std::get_if<PackedText>(&column)) {
    return part.text && std::visit(
                            [&](auto offsets) {
                              return AreOffsets(offsets, values,
                                                text->bytes.size());
                            },
                            text->offsets);
  }
  return !part.text && values <= UINT64_MAX / part.value_bytes &&
         std::get<std::span<const uint8_t>>(column).size() ==
             values * part.value_bytes;
}

// The bytes of string `i`.
std::span<const uint8_t> TextAt(const PackedText& text, uint64_t i) {
  return std::visit(
      [&](auto offsets) {
        const auto begin = static_cast<size_t>(offsets[i]);
        return text.bytes.subspan(begin,
                                  static_cast<size_t>(offsets[i + 1]) - begin);
      },
      text.offsets);
}

// The room that the strings [first, first + count) take with their ends.
size_t TextBytes(const PackedText& text, uint64_t first, uint64_t count) {
  return std::visit(
      [&](auto offsets) {
        return static_cast<size_t>(offsets[first + count] - offsets[first]) +
               count;
      },
      text.offsets);
}

// Where the column of a part goes.
struct Target {
  uint8_t* at;
  size_t item_bytes;
};

void PackNumbers(const Part& part, std::span<const uint8_t> values,
                 uint64_t first, uint64_t count, Target target) {
  const size_t bytes = part.bytes();
  if (bytes == 0) return;
  const uint8_t* from = values.data() + first * bytes;
  for (uint64_t i = 0; i < count; ++i) {
    std::memcpy(target.at + i * target.item_bytes, from + i * bytes, bytes);
  }
}

absl::Status CheckText(const Part& part, std::span<const uint8_t> bytes,
                       uint64_t position) {
  if (!bytes.empty() &&
      std::memchr(bytes.data(), 0, bytes.size()) != nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(
        "The text at position ", position,
        " has a NUL character, which HDF5 cannot hold; remove it"));
  }
  if (part.fixed && bytes.size() > part.value_bytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("The text at position ", position, " is longer than ",
                     part.value_bytes, " bytes"));
  }
  return absl::OkStatus();
}

// Appends the strings at `end` and points to them, or copies those of one
// length to their places.
absl::Status PackText(const Part& part, const PackedText& text, uint64_t first,
                      uint64_t count, Target target, char*& end) {
  for (uint64_t i = 0; i < count * part.values; ++i) {
    const uint64_t position = first * part.values + i;
    const auto bytes = TextAt(text, position);
    TENSORSTORE_RETURN_IF_ERROR(CheckText(part, bytes, position));
    uint8_t* const place = target.at + i / part.values * target.item_bytes +
                           i % part.values * part.value_bytes;
    char* const to = part.fixed ? reinterpret_cast<char*>(place) : end;
    if (!bytes.empty()) std::memcpy(to, bytes.data(), bytes.size());
    if (part.fixed) {
      std::memset(to + bytes.size(), 0, part.value_bytes - bytes.size());
      continue;
    }
    end[bytes.size()] = '\0';
    std::memcpy(place, &end, sizeof(end));
    end += bytes.size() + 1;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckColumns(const ElementType& type, uint64_t count,
                          std::span<const Column> columns) {
  const std::vector<Part> parts = PartsOf(type);
  bool fits = parts.size() == columns.size();
  for (size_t i = 0; fits && i < parts.size(); ++i) {
    fits = Fits(parts[i], count, columns[i]);
  }
  if (fits) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "The block does not hold the values that its shape and the array's type "
      "ask for");
}

absl::Status PackedElements::Pack(const ElementType& type,
                                  std::span<const Column> columns,
                                  uint64_t first, uint64_t count) {
  const std::vector<Part> parts = PartsOf(type);
  const size_t item_bytes = ItemBytes(type);
  elements_.resize(count * item_bytes);
  size_t room = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (!parts[i].text || parts[i].fixed) continue;
    room += TextBytes(std::get<PackedText>(columns[i]), first * parts[i].values,
                      count * parts[i].values);
  }
  text_.resize(room);
  char* end = text_.data();
  Target target{elements_.data(), item_bytes};
  for (size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].text) {
      TENSORSTORE_RETURN_IF_ERROR(
          PackText(parts[i], std::get<PackedText>(columns[i]), first, count,
                   target, end));
    } else {
      PackNumbers(parts[i], std::get<std::span<const uint8_t>>(columns[i]),
                  first, count, target);
    }
    target.at += parts[i].bytes();
  }
  return absl::OkStatus();
}

}  // namespace ats::hdf5
