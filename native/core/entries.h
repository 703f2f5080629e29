// Stored values of a compressed matrix as they stream by: where those of some
// major positions lie, and which of a block belong to selected columns.

#ifndef ATS_CORE_ENTRIES_H_
#define ATS_CORE_ENTRIES_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/axis.h"
#include "core/compressed.h"
#include "core/fault.h"
#include "core/integers.h"

namespace ats::core {

// Runs of values: `counts[i]` values from `starts[i]` go to `places[i]`. Whole
// numbers up to 2^53, as JavaScript has them. Borrows all.
struct RunArrays {
  std::span<double> starts;
  std::span<double> counts;
  std::span<double> places;
};

// How many runs FindRuns found.
struct RunCounts {
  // Of stored values: ascending, disjoint.
  int64_t stored = 0;
  // Behind them: copies within the result, for positions selected again.
  int64_t copies = 0;
};

// Finds the runs of the `nnz` stored values that the major positions `majors`
// hold, and their places in a result that has them in request order.
// Neighbours that stay neighbours are one run; empty ones have none. Each array
// of `out` has room for majors.count() runs. Faults: kSelectionRange at an
// entry of `majors`, indptr faults at a major position, kChanged where there is
// no room.
Fault FindRuns(const Indptr& indptr, int64_t nnz, const Axis& majors,
               const RunArrays& out, RunCounts& counts);

// Copies each run of `from`, which has `available` values of `item_size` bytes,
// to its place in `to`, which has room for `room`. They may be the same memory
// where no run overlaps a place. Faults: kSelectionRange at a run.
Fault CopyRuns(const std::byte* from, int64_t available, const RunArrays& runs,
               int item_size, std::byte* to, int64_t room);

// A block of stored values: those from `offset` on.
struct EntryBlock {
  int64_t offset;
  Integers indices;
  const std::byte* values;
  int item_size;
};

// What is kept of blocks. Borrows everything.
struct KeptEntries {
  std::span<int32_t> indices;
  std::byte* values;
  // Per major position, of all blocks together; blocks may add to it at the
  // same time.
  std::span<int32_t> counts;
};

// Keeps the values of `block` whose column has a place in `table` (-1 for
// none), in stored order under that place, and counts them by major position.
// `kept` is their number; `out` has room for all of the block, and may be the
// block's own memory where the types are the same. Faults:
// kIndexRange at a value of the block, kChanged where an array does not fit,
// kValueRange where a count does not.
Fault KeepColumns(const Indptr& starts, const EntryBlock& block,
                  std::span<const int32_t> table, const KeptEntries& out,
                  int64_t& kept);

}  // namespace ats::core

#endif  // ATS_CORE_ENTRIES_H_
