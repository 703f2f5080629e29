// A block of a compressed sparse matrix as a dense one.

#ifndef ATS_CORE_DENSIFY_H_
#define ATS_CORE_DENSIFY_H_

#include <cstddef>
#include <cstdint>

#include "core/compressed.h"
#include "core/dtype.h"
#include "core/fault.h"

namespace ats::core {

// [begin, end) along both axes.
struct Block {
  int64_t major_begin;
  int64_t major_end;
  int64_t minor_begin;
  int64_t minor_end;
};

// Where the value at (major, minor) of a block goes: out[major * major_stride +
// minor * minor_stride], in values.
struct DenseLayout {
  int64_t major_stride;
  int64_t minor_stride;
};

// Zeroes the `(major_end - major_begin) * (minor_end - minor_begin)` values at
// `out` and adds the stored values of `block` to them in stored order:
// duplicates are summed in the type itself, integers wrap, booleans are or-ed,
// as scipy's toarray does. `layout` must map the block one to one onto these
// values. `sorted` promises that indices ascend within each major position, so
// that a narrow block needs no scan of the whole; a broken promise leaves
// values out, no more. Faults: indptr faults at a major position, kIndexRange
// at a stored value.
template <typename Index>
Fault Densify(const Compressed<Index>& matrix, DType dtype, const Block& block,
              const DenseLayout& layout, bool sorted, std::byte* out);

}  // namespace ats::core

#endif  // ATS_CORE_DENSIFY_H_
