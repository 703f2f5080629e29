// Puts pieces of a matrix behind each other along its minor axis: what a
// transposition in parts ends with.

#ifndef ATS_CORE_APPEND_H_
#define ATS_CORE_APPEND_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/compressed.h"
#include "core/fault.h"

namespace ats::core {

// Some major positions of the result, being filled. Borrows everything.
template <typename OutIndex>
struct Appended {
  // Where the next value of each major position goes; moved on.
  MutableIndptr cursors;
  // Where each major position begins in the result: none grows into the next.
  Indptr starts;
  std::span<OutIndex> indices;
  std::byte* values;
};

// Appends to each major position of `out` the values of the same position of
// `piece`, their indices raised by `offset`. `item_size` is the size of a value
// in bytes. Faults: indptr faults at a major position of the piece, kIndexRange
// at a stored value of it, kChanged where a position of `out` is full.
template <typename Index, typename OutIndex>
Fault Append(const Compressed<Index>& piece, int64_t offset, int item_size,
             Appended<OutIndex> out);

}  // namespace ats::core

#endif  // ATS_CORE_APPEND_H_
