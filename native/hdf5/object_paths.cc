#include "hdf5/object_paths.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hdf5/budget.h"
#include "hdf5/group.h"
#include "hdf5/node.h"
#include "hdf5/object_header.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

// Real files of the age that had references have a few hundred.
constexpr size_t kMostObjects = size_t{1} << 16;

}  // namespace

Result<ObjectPaths> ObjectPaths::Read(const Space& space) {
  ObjectPaths result;
  Budget budget(space.file().limits().max_metadata_bytes);
  const uint64_t root = space.superblock().root;
  result.paths_.emplace(root, "/");
  std::vector<uint64_t> pending = {root};
  while (!pending.empty()) {
    const uint64_t address = pending.back();
    pending.pop_back();
    const std::string path = result.paths_.at(address);
    TENSORSTORE_ASSIGN_OR_RETURN(const auto messages,
                                 ReadObjectHeader(space, address));
    TENSORSTORE_ASSIGN_OR_RETURN(const NodeKind kind, KindOf(messages));
    if (kind != NodeKind::kGroup) continue;
    TENSORSTORE_ASSIGN_OR_RETURN(const Group group,
                                 Group::Read(space, messages));
    for (const Link& link : group.links()) {
      if (link.kind != Link::Kind::kHard) continue;
      std::string child =
          absl::StrCat(path == "/" ? "" : path, "/", link.name);
      TENSORSTORE_RETURN_IF_ERROR(budget.Spend(child.size()));
      if (result.paths_.size() >= kMostObjects ||
          !result.paths_.emplace(link.address, std::move(child)).second) {
        return absl::UnimplementedError("Objects that are very many, or have two paths");
      }
      pending.push_back(link.address);
    }
  }
  return result;
}

Result<std::string> ObjectPaths::Find(uint64_t address) const {
  const auto found = paths_.find(address);
  if (found != paths_.end()) return found->second;
  return absl::UnimplementedError("A reference to nothing that has a path");
}

}  // namespace ats::hdf5::reader
