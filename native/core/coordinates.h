// The entries of a matrix as lines of text (Matrix Market's coordinate form),
// and entries in any order by their row.

#ifndef ATS_CORE_COORDINATES_H_
#define ATS_CORE_COORDINATES_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "core/fault.h"

namespace ats::core {

// What stands behind the two indices of a line: nothing, which means 1, a whole
// number of 32 bits, or any number.
enum class EntryValue : uint8_t { kPattern, kInteger, kReal };

struct CoordinateForm {
  int64_t rows;
  int64_t columns;
  EntryValue value;
};

// Entries of a matrix, one behind the other, indices from 0. Borrows them.
struct Coordinates {
  std::span<int32_t> row;
  std::span<int32_t> column;
  std::span<float> value;
};

struct ParsedLines {
  int64_t lines = 0;
  int64_t entries = 0;
};

// Parses `text`, whole lines of "row column value" with indices from 1, into
// `out`; blank lines are passed over. The last line needs no end. Faults at a
// line, counted from 0: kLineForm where it is no entry, kIndexRange outside the
// matrix, kValueRange for a value of another kind, kChanged where `out` is
// full. `parsed` says how far it came.
Fault ParseCoordinates(std::string_view text, const CoordinateForm& form,
                       const Coordinates& out, ParsedLines& parsed);

// The same entries by one of their indices, `major`, which is in [first, first
// + starts.size() - 1): `starts` becomes where each begins in `indices` and
// `values`. Entries of one major keep their order. kIndexRange at an entry
// outside.
Fault GroupCoordinates(std::span<const int32_t> major,
                       std::span<const int32_t> minor,
                       std::span<const float> value, int64_t first,
                       std::span<int32_t> starts, std::span<int32_t> indices,
                       std::span<float> values);

}  // namespace ats::core

#endif  // ATS_CORE_COORDINATES_H_
