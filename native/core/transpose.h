// CSR to CSC and back.

#ifndef ATS_CORE_TRANSPOSE_H_
#define ATS_CORE_TRANSPOSE_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/compressed.h"
#include "core/fault.h"

namespace ats::core {

// The other orientation of a matrix: `minor` major positions, as many stored
// values. Borrows everything.
template <typename OutIndex>
struct Transposed {
  MutableIndptr indptr;
  std::span<OutIndex> indices;
  std::byte* values;
};

// Fills `out` with the matrix compressed along its minor axis. Indices of the
// result ascend; duplicates keep their order. `item_size` is the size of a
// value in bytes. out.indptr must have matrix.minor + 1 numbers, and OutIndex
// must hold every major position. Faults: indptr faults at a major position
// (also where it does not start at 0 or end at the last value), kIndexRange at
// a stored value, kValueRange where out.indptr is too narrow, kChanged where
// out.indices has another size than matrix.indices.
template <typename Index, typename OutIndex>
Fault Transpose(const Compressed<Index>& matrix, int item_size,
                Transposed<OutIndex> out);

}  // namespace ats::core

#endif  // ATS_CORE_TRANSPOSE_H_
