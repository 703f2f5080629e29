// Whether the arrays of a compressed matrix fit each other, and how tidy they
// are.

#ifndef ATS_CORE_VALIDATE_H_
#define ATS_CORE_VALIDATE_H_

#include <cstdint>
#include <span>

#include "core/compressed.h"
#include "core/fault.h"

namespace ats::core {

// Checks that indptr starts at 0, never descends and ends at `nnz`. The fault's
// position is a major position.
Fault ValidateIndptr(const Indptr& indptr, int64_t nnz);

// Checks that every index is on a minor axis of `minor` positions. The fault's
// position is that of the first index that is not.
template <typename Index>
Fault ValidateIndices(std::span<const Index> indices, int64_t minor);

// How the indices of all major positions lie.
struct Order {
  // They never descend.
  bool sorted = true;
  // They ascend strictly: sorted, and none occurs twice.
  bool canonical = true;
};

// Checks indptr and that every index is on the minor axis, and finds the order
// of the indices. The first fault by position wins.
template <typename Index>
Fault Validate(const Compressed<Index>& matrix, Order& order);

}  // namespace ats::core

#endif  // ATS_CORE_VALIDATE_H_
