// Sorted indices without duplicates.

#ifndef ATS_CORE_CANONICAL_H_
#define ATS_CORE_CANONICAL_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/compressed.h"
#include "core/dtype.h"
#include "core/fault.h"

namespace ats::core {

// Arrays of a compressed matrix that are changed in place. Borrows them.
template <typename Index>
struct MutableEntries {
  std::span<Index> indices;
  std::byte* values;
};

// Sorts the entries of every major position by index; equal indices keep their
// order. `entries` are the matrix's own arrays, under the starts `indptr`.
// Faults: indptr faults at a major position.
template <typename Index>
Fault SortIndices(const Indptr& indptr, int item_size,
                  const MutableEntries<Index>& entries);

// First pass of summing: fills `starts` with the starts that remain once
// neighbours of equal index are one. The matrix must be sorted.
template <typename Index>
Fault SumStarts(const Compressed<Index>& matrix, MutableIndptr starts);

// Second pass: writes each run of equal indices as one entry with the sum of
// its values, added in stored order in the type itself. `starts` come from
// SumStarts. kChanged where the result does not fit them.
template <typename Index>
Fault SumFill(const Compressed<Index>& matrix, DType dtype,
              const Indptr& starts, const MutableEntries<Index>& out);

}  // namespace ats::core

#endif  // ATS_CORE_CANONICAL_H_
