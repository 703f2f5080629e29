// Version 2 B-trees (HDF5 File Format Specification, III.A.2), whatever their
// records are: chunks, links, attributes, huge objects of a heap.
#ifndef ATS_HDF5_BTREE_V2_H_
#define ATS_HDF5_BTREE_V2_H_

#include <stdint.h>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "hdf5/cursor.h"
#include "hdf5/superblock.h"

namespace ats::hdf5::reader {

/// What is done with the parts of a tree while it is walked; the first failure
/// ends the walk.
struct BtreeV2Visitor {
  /// Whether the tree's type and the bytes of a record are as expected.
  absl::FunctionRef<absl::Status(uint8_t type, uint64_t record_size)> check;
  /// Counts the bytes of a node that is about to be read.
  absl::FunctionRef<absl::Status(uint64_t bytes)> spend;
  /// Takes a record, in no particular order.
  absl::FunctionRef<absl::Status(Cursor record)> record;
};

/// Visits every record of the tree whose header is at `address`. kDataLoss
/// where a checksum or a count is wrong.
absl::Status WalkBtreeV2(const Space& space, uint64_t address,
                         const BtreeV2Visitor& visitor);

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_BTREE_V2_H_
