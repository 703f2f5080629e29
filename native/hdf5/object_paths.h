// From the address of an object, which is what a reference holds, to its path.
#ifndef ATS_HDF5_OBJECT_PATHS_H_
#define ATS_HDF5_OBJECT_PATHS_H_

#include <stdint.h>

#include <string>

#include "absl/container/flat_hash_map.h"
#include "hdf5/superblock.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

class ObjectPaths {
 public:
  /// Walks all groups of the file. kUnimplemented where an object has several
  /// paths, of which HDF5's own library must say which it means, or where there
  /// are very many objects; otherwise as Group::Read has it.
  static Result<ObjectPaths> Read(const Space& space);

  /// The path of the object at `address`; kUnimplemented where there is none.
  Result<std::string> Find(uint64_t address) const;

 private:
  absl::flat_hash_map<uint64_t, std::string> paths_;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_OBJECT_PATHS_H_
