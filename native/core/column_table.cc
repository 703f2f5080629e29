#include "core/column_table.h"

#include <limits>
#include <new>

namespace ats::core {

Fault ColumnTable::Build(const Axis& columns, int64_t minor) {
  const int64_t count = columns.count();
  if (count > std::numeric_limits<int32_t>::max())
    return {FaultKind::kOutOfMemory, 0};
  try {
    first_.assign(minor, -1);
    // From the last to the first, so that each chain ascends.
    for (int64_t i = count - 1; i >= 0; --i) {
      const int64_t column = columns[i];
      if (column < 0 || column >= minor) return {FaultKind::kSelectionRange, i};
      if (i + 1 < count && column > columns[i + 1]) ascending_ = false;
      if (first_[column] >= 0) {
        if (next_.empty()) next_.assign(count, -1);
        next_[i] = first_[column];
      }
      first_[column] = static_cast<int32_t>(i);
    }
  } catch (const std::exception&) {
    return {FaultKind::kOutOfMemory, 0};
  }
  return Ok();
}

}  // namespace ats::core
