// What is wrong with the arrays that a kernel was given, and where.

#ifndef ATS_CORE_FAULT_H_
#define ATS_CORE_FAULT_H_

#include <cstdint>

namespace ats::core {

enum class FaultKind : uint8_t {
  kNone,
  // indptr does not start at 0.
  kIndptrStart,
  // indptr descends; `position` is the major position whose end lies before its
  // start.
  kIndptrOrder,
  // indptr does not end at the number of stored values.
  kIndptrEnd,
  // An index is outside the minor axis; `position` counts stored values.
  kIndexRange,
  // A number does not fit the type or the range that it is converted to.
  kValueRange,
  // A selected position is outside the axis; `position` counts the selection's
  // entries.
  kSelectionRange,
  // The output is not of the size that the counting pass found: an input
  // changed in between.
  kChanged,
  kOutOfMemory,
  // A chunk of strings says another count of them than it has.
  kTextCount,
  // A string ends behind the bytes that hold it, or does not fit a fixed
  // length; `position` is the string's, as everywhere below.
  kTextLength,
  // Bytes are left over behind the last string, or are missing.
  kTextRest,
  // A string is not UTF-8.
  kUtf8,
  // A line of text is not what it should be; `position` is the line's.
  kLineForm,
};

// The outcome of a kernel: nothing wrong, or the first thing that is.
struct Fault {
  FaultKind kind = FaultKind::kNone;
  int64_t position = 0;

  bool ok() const { return kind == FaultKind::kNone; }
};

inline Fault Ok() { return {}; }

}  // namespace ats::core

#endif  // ATS_CORE_FAULT_H_
