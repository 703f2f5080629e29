// Rows of a compressed matrix by position, and columns by a table: A[rows][:,
// columns] for CSR, mirrored for CSC.

#ifndef ATS_CORE_GATHER_H_
#define ATS_CORE_GATHER_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/axis.h"
#include "core/column_table.h"
#include "core/compressed.h"
#include "core/fault.h"

namespace ats::core {

// Where a gather puts its result; sized by GatherStarts. Borrows everything.
template <typename Index>
struct GatherOutput {
  Indptr indptr;
  std::span<Index> indices;
  std::byte* values;
};

// First pass: fills `starts` (majors.count() + 1 numbers) with the starts of
// the result's major positions, in request order; the last is the number of
// stored values to allocate. `columns` may be null: all of the minor axis, as
// it is. Faults: kSelectionRange at an entry of `majors`, indptr faults at a
// major position, kIndexRange at a stored value, kValueRange where `starts` is
// too narrow.
template <typename Index>
Fault GatherStarts(const Compressed<Index>& matrix, const Axis& majors,
                   const ColumnTable* columns, MutableIndptr starts);

// Second pass: copies indices and values, `item_size` bytes each. Without
// columns a major position is copied as it is stored; with columns its indices
// ascend in the result (equal ones in stored order, not summed), where scipy
// leaves them in stored order. Faults: as above, and kChanged where the result
// does not fit `output.indptr`.
template <typename Index>
Fault GatherFill(const Compressed<Index>& matrix, const Axis& majors,
                 const ColumnTable* columns, int item_size,
                 const GatherOutput<Index>& output);

}  // namespace ats::core

#endif  // ATS_CORE_GATHER_H_
