// A dense matrix as a compressed one.

#ifndef ATS_CORE_SPARSIFY_H_
#define ATS_CORE_SPARSIFY_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/compressed.h"
#include "core/dtype.h"
#include "core/fault.h"

namespace ats::core {

// `rows` × `columns` values in C order. Borrows them.
struct Dense {
  int64_t rows;
  int64_t columns;
  DType dtype;
  const std::byte* values;
};

// First pass: fills `starts` (rows + 1 numbers) with the starts of each row's
// non-zero values; the last is how many there are. NaN is not zero, -0 is.
// kValueRange where `starts` is too narrow.
Fault SparsifyStarts(const Dense& dense, MutableIndptr starts);

// Second pass: writes columns and values of the non-zeros, in order. `starts`
// come from SparsifyStarts; Index must hold every column. kChanged where the
// values no longer fit them.
template <typename Index>
Fault SparsifyFill(const Dense& dense, const Indptr& starts,
                   std::span<Index> indices, std::byte* values);

}  // namespace ats::core

#endif  // ATS_CORE_SPARSIFY_H_
