#include "hdf5/hierarchy.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "hdf5/cursor.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

// Soft links that one look-up may pass through, as HDF5 itself has it.
constexpr int kMostLinks = 16;
// Links of groups that are kept; once there are more, all are forgotten.
constexpr size_t kMostKept = size_t{1} << 20;

std::string Join(std::string_view path, std::string_view name) {
  return path == "/" ? absl::StrCat("/", name) : absl::StrCat(path, "/", name);
}

}  // namespace

Result<Node> Hierarchy::Root() {
  TENSORSTORE_RETURN_IF_ERROR(space_.file().CheckUnchanged());
  TENSORSTORE_ASSIGN_OR_RETURN(auto root,
                               Describe({space_.superblock().root, "/"}));
  if (root.kind != NodeKind::kGroup) {
    return absl::DataLossError("The root is no group");
  }
  return root;
}

Result<std::shared_ptr<const Group>> Hierarchy::Members(uint64_t address) {
  TENSORSTORE_RETURN_IF_ERROR(space_.file().CheckUnchanged());
  {
    std::lock_guard lock(mutex_);
    const auto known = groups_.find(address);
    if (known != groups_.end()) return known->second;
  }
  TENSORSTORE_ASSIGN_OR_RETURN(const auto messages,
                               ReadObjectHeader(space_, address));
  TENSORSTORE_ASSIGN_OR_RETURN(auto read, Group::Read(space_, messages));
  auto group = std::make_shared<const Group>(std::move(read));
  std::lock_guard lock(mutex_);
  kept_links_ += group->links().size();
  if (kept_links_ > kMostKept) {
    groups_.clear();
    kept_links_ = group->links().size();
  }
  groups_.insert_or_assign(address, group);
  return group;
}

Result<std::optional<Node>> Hierarchy::Child(uint64_t address,
                                             const std::string& path,
                                             std::string_view name) {
  int links_left = kMostLinks;
  TENSORSTORE_ASSIGN_OR_RETURN(const auto place,
                               Find({address, path}, name, links_left));
  if (!place) return std::nullopt;
  TENSORSTORE_ASSIGN_OR_RETURN(auto node, Describe(*place));
  return node;
}

Result<std::optional<Hierarchy::Place>> Hierarchy::Find(const Place& group,
                                                        std::string_view name,
                                                        int& links_left) {
  TENSORSTORE_ASSIGN_OR_RETURN(const auto members, Members(group.address));
  const Link* const link = members->Find(name);
  if (link == nullptr) return std::nullopt;
  switch (link->kind) {
    case Link::Kind::kHard:
      return Place{link->address, Join(group.path, name)};
    case Link::Kind::kSoft:
      if (links_left-- == 0) {
        return absl::ResourceExhaustedError(
            absl::StrCat("It goes through more than ", kMostLinks, " soft links"));
      }
      return Follow(group, link->target, links_left);
    case Link::Kind::kExternal:
      return absl::PermissionDeniedError(
          "It is a link into another file, which is never followed");
    case Link::Kind::kOther:
      break;
  }
  return Place{kUndefined, Join(group.path, name)};
}

// What the soft link `target`, which stands in `group`, leads to.
Result<std::optional<Hierarchy::Place>> Hierarchy::Follow(
    const Place& group, std::string_view target, int& links_left) {
  // HDF5 keeps it with a NUL at its end, or without.
  target = target.substr(0, target.find('\0'));
  Place at = target.starts_with('/') ? Place{space_.superblock().root, "/"}
                                     : group;
  bool is_group = true;
  while (!target.empty()) {
    const size_t end = std::min(target.find('/'), target.size());
    const std::string_view step = target.substr(0, end);
    target.remove_prefix(std::min(end + 1, target.size()));
    if (step.empty() || step == ".") continue;
    if (!is_group) return std::nullopt;
    TENSORSTORE_ASSIGN_OR_RETURN(auto next, Find(at, step, links_left));
    if (!next) return std::nullopt;
    at = *std::move(next);
    TENSORSTORE_ASSIGN_OR_RETURN(is_group, IsGroup(at.address));
  }
  return at;
}

Result<bool> Hierarchy::IsGroup(uint64_t address) {
  if (address == kUndefined) return false;
  TENSORSTORE_ASSIGN_OR_RETURN(const auto messages,
                               ReadObjectHeader(space_, address));
  TENSORSTORE_ASSIGN_OR_RETURN(const NodeKind kind, KindOf(messages));
  return kind == NodeKind::kGroup;
}

Result<Node> Hierarchy::Describe(const Place& place) {
  if (place.address == kUndefined) {
    Node other;
    other.path = place.path;
    return other;
  }
  return DescribeNode(space_, place.address, place.path,
                      [this](uint64_t address) { return PathOf(address); });
}

Result<std::string> Hierarchy::PathOf(uint64_t address) {
  std::shared_ptr<const ObjectPaths> paths;
  {
    std::lock_guard lock(mutex_);
    paths = paths_;
  }
  if (paths == nullptr) {
    TENSORSTORE_ASSIGN_OR_RETURN(auto read, ObjectPaths::Read(space_));
    paths = std::make_shared<const ObjectPaths>(std::move(read));
    std::lock_guard lock(mutex_);
    paths_ = paths;
  }
  return paths->Find(address);
}

}  // namespace ats::hdf5::reader
