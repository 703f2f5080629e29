// For every position of the minor axis, the output positions that it was
// selected for.

#ifndef ATS_CORE_COLUMN_TABLE_H_
#define ATS_CORE_COLUMN_TABLE_H_

#include <cstdint>
#include <vector>

#include "core/axis.h"
#include "core/fault.h"

namespace ats::core {

// A direct table: one look-up per stored value, however many columns are
// selected. Output positions of one column are chained in ascending order. 32
// bits: an output axis of 2^31 or more is refused.
class ColumnTable {
 public:
  // Builds the table for `columns` of an axis of `minor`. kSelectionRange where
  // a position is outside it, kOutOfMemory where there are 2^31 or more of them
  // or no memory for the table. Must succeed before anything else is called.
  Fault Build(const Axis& columns, int64_t minor);

  // The first output position of `column`, or -1 where it is not selected.
  int32_t First(int64_t column) const { return first_[column]; }
  // The next output position after `output` of the same column, or -1.
  int32_t Next(int32_t output) const {
    return next_.empty() ? -1 : next_[output];
  }
  // Whether no column was selected twice: Next is always -1.
  bool unique() const { return next_.empty(); }
  // Whether output positions ascend with the columns, so that sorted input
  // gives sorted output.
  bool ascending() const { return ascending_; }
  // How many output positions `column` has.
  int64_t Count(int64_t column) const {
    int64_t count = 0;
    for (int32_t output = first_[column]; output >= 0; output = Next(output))
      ++count;
    return count;
  }

 private:
  std::vector<int32_t> first_;
  std::vector<int32_t> next_;
  bool ascending_ = true;
};

}  // namespace ats::core

#endif  // ATS_CORE_COLUMN_TABLE_H_
