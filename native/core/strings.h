// Strings in Arrow's layout: selections, and where names are among many. The
// memory is JavaScript's, so that every offset is looked at before it is used.

#ifndef ATS_CORE_STRINGS_H_
#define ATS_CORE_STRINGS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "core/axis.h"
#include "core/fault.h"

namespace ats::core {

// 32- or 64-bit numbers of offsets, or of positions.
using Offsets = std::variant<std::span<const int32_t>, std::span<const int64_t>>;
using MutableOffsets = std::variant<std::span<int32_t>, std::span<int64_t>>;

// `offsets` has one entry more than there are strings.
struct Strings {
  Offsets offsets;
  std::string_view bytes;

  int64_t count() const;
  // Nothing where the offsets leave the bytes or run backwards.
  std::optional<std::string_view> Get(int64_t i) const;
};

// How many bytes the selected strings have. kSelectionRange at an entry outside
// of the strings, kTextLength at one whose offsets are wrong.
Fault MeasureStrings(const Strings& strings, const Axis& positions,
                     int64_t& bytes);

// Copies the selected strings, in request order, duplicates kept: `offsets` has
// one entry more than positions, `bytes` the measured size. Faults as
// MeasureStrings; kChanged where the size is another one.
Fault TakeStrings(const Strings& strings, const Axis& positions,
                  MutableOffsets offsets, std::span<char> bytes);

// For each string the number of its wanted name, or -1; `names` has an entry
// for each string. kTextLength where offsets are wrong, kChanged where `names`
// has another length.
Fault MatchNames(const Strings& strings, const Strings& wanted,
                 std::span<int32_t> names);

}  // namespace ats::core

#endif  // ATS_CORE_STRINGS_H_
