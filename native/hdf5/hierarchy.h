// The groups of a file: members by name, links resolved step by step.
#ifndef ATS_HDF5_HIERARCHY_H_
#define ATS_HDF5_HIERARCHY_H_

#include <stdint.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "hdf5/group.h"
#include "hdf5/node.h"
#include "hdf5/object_paths.h"
#include "hdf5/superblock.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

/// Safe to use from many threads. All failures are as DescribeNode has them,
/// kAborted where the file was changed since it was opened.
class Hierarchy {
 public:
  explicit Hierarchy(Space space) : space_(std::move(space)) {}

  /// The root group.
  Result<Node> Root();

  /// The group whose header is at `address`; read once.
  Result<std::shared_ptr<const Group>> Members(uint64_t address);

  /// The member `name` of the group at `address`, which `path` leads to; nothing
  /// where there is none, also behind a soft link that dangles.
  /// kPermissionDenied for a link into another file, kResourceExhausted for
  /// soft links in a circle.
  Result<std::optional<Node>> Child(uint64_t address, const std::string& path,
                                    std::string_view name);

 private:
  // Where an object is. `address` is undefined for a link of an application.
  struct Place {
    uint64_t address;
    std::string path;
  };

  Result<std::optional<Place>> Find(const Place& group, std::string_view name,
                                    int& links_left);
  Result<std::optional<Place>> Follow(const Place& group,
                                      std::string_view target, int& links_left);
  Result<Node> Describe(const Place& place);
  Result<bool> IsGroup(uint64_t address);
  Result<std::string> PathOf(uint64_t address);

  const Space space_;
  std::mutex mutex_;
  // Guarded by mutex_.
  absl::flat_hash_map<uint64_t, std::shared_ptr<const Group>> groups_;
  size_t kept_links_ = 0;
  std::shared_ptr<const ObjectPaths> paths_;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_HIERARCHY_H_
