// Links: what the name of a group's member stands for.
#ifndef ATS_HDF5_LINK_H_
#define ATS_HDF5_LINK_H_

#include <stdint.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "hdf5/object_header.h"
#include "hdf5/superblock.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

struct Link {
  enum class Kind : uint8_t {
    /// To an object header.
    kHard,
    /// To a path within the file.
    kSoft,
    /// To a path within another file.
    kExternal,
    /// Of a kind that an application made up.
    kOther,
  };

  std::string name;
  Kind kind = Kind::kHard;
  /// kHard: of the object header.
  uint64_t address = 0;
  /// kSoft: the path.
  std::string target;
  /// Ascends as links were made, where the file keeps that.
  int64_t order = 0;
};

/// The link that a link message describes (HDF5 File Format Specification,
/// IV.A.2.g), or an object of a group's heap, which is one.
Result<Link> ParseLink(const Space& space, std::span<const std::byte> message);

/// The links that a symbol table message refers to (III.A.1, III.B, III.D):
/// a version 1 B-tree of nodes of links, whose names are in a local heap.
/// kDataLoss where the names do not ascend.
Result<std::vector<Link>> ReadSymbolTable(const Space& space,
                                          std::span<const std::byte> message);

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_LINK_H_
