#include "hdf5/group.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "core/utf8.h"
#include "hdf5/btree_v2.h"
#include "hdf5/budget.h"
#include "hdf5/cursor.h"
#include "hdf5/fractal_heap.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

constexpr uint8_t kLinksByName = 5;
constexpr size_t kHashBytes = 4;
// Bits of a link info message's flags.
constexpr uint8_t kTracksOrder = 0x01;
constexpr uint8_t kIndexesOrder = 0x02;

// A link info message: where links are once they are many.
struct LinkInfo {
  bool by_making = false;
  uint64_t heap = kUndefined;
  uint64_t index = kUndefined;
};

Result<LinkInfo> ParseLinkInfo(const Space& space,
                               std::span<const std::byte> message) {
  Cursor cursor(message);
  if (cursor.U8() != 0) return absl::UnimplementedError("A later link info");
  const uint8_t flags = cursor.U8();
  if ((flags & kTracksOrder) != 0) cursor.Skip(8);
  LinkInfo info;
  info.by_making = (flags & kIndexesOrder) != 0;
  info.heap = cursor.Address(space.offset_size());
  info.index = cursor.Address(space.offset_size());
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  return info;
}

absl::Status ReadDense(const Space& space, const LinkInfo& info, Budget& budget,
                       std::vector<Link>& links) {
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto heap, FractalHeap::Open(space, info.heap, budget));
  const auto check = [&](uint8_t type, uint64_t size) {
    return type == kLinksByName && size == kHashBytes + heap.id_size()
               ? absl::OkStatus()
               : absl::DataLossError("A group's index is one of other things");
  };
  const auto spend = [&](uint64_t bytes) { return budget.Spend(bytes); };
  const auto record = [&](Cursor cursor) -> absl::Status {
    cursor.Skip(kHashBytes);
    TENSORSTORE_ASSIGN_OR_RETURN(const auto message,
                                 heap.Read(cursor.Bytes(heap.id_size())));
    TENSORSTORE_RETURN_IF_ERROR(budget.Spend(message.size() + sizeof(Link)));
    TENSORSTORE_ASSIGN_OR_RETURN(auto link, ParseLink(space, message));
    links.push_back(std::move(link));
    return absl::OkStatus();
  };
  return WalkBtreeV2(space, info.index, {check, spend, record});
}

absl::Status CheckName(std::string_view name) {
  const bool damaged = name.empty() || name == "." ||
                       name.find('/') != std::string_view::npos ||
                       name.find('\0') != std::string_view::npos;
  if (damaged) return absl::DataLossError("A member of a group has no name");
  if (core::IsUtf8(name)) return absl::OkStatus();
  return absl::UnimplementedError("A name that is not UTF-8");
}

}  // namespace

Result<Group> Group::Read(const Space& space,
                          const std::vector<Message>& messages) {
  Group group;
  TENSORSTORE_RETURN_IF_ERROR(group.Add(space, messages));
  return group;
}

absl::Status Group::Add(const Space& space,
                        const std::vector<Message>& messages) {
  bool by_making = false;
  int tables = 0;
  Budget budget(space.file().limits().max_metadata_bytes);
  for (const Message& message : messages) {
    if (message.shared && (message.type == MessageType::kSymbolTable ||
                           message.type == MessageType::kLinkInfo ||
                           message.type == MessageType::kLink)) {
      return absl::UnimplementedError("Links that objects share");
    }
    if (message.type == MessageType::kSymbolTable) {
      ++tables;
      TENSORSTORE_ASSIGN_OR_RETURN(links_,
                                   ReadSymbolTable(space, message.data));
    } else if (message.type == MessageType::kLinkInfo) {
      ++tables;
      TENSORSTORE_ASSIGN_OR_RETURN(const LinkInfo info,
                                   ParseLinkInfo(space, message.data));
      by_making = info.by_making;
      if (info.heap == kUndefined) continue;
      TENSORSTORE_RETURN_IF_ERROR(ReadDense(space, info, budget, links_));
    } else if (message.type == MessageType::kLink) {
      TENSORSTORE_ASSIGN_OR_RETURN(auto link, ParseLink(space, message.data));
      links_.push_back(std::move(link));
    }
  }
  if (tables != 1) return absl::DataLossError("A group has no links or two sets");
  return Order(by_making);
}

absl::Status Group::Order(bool by_making) {
  for (const Link& link : links_) {
    TENSORSTORE_RETURN_IF_ERROR(CheckName(link.name));
  }
  if (links_.size() > std::numeric_limits<uint32_t>::max()) {
    return absl::ResourceExhaustedError("A group of too many members");
  }
  const auto before = [by_making](const Link& a, const Link& b) {
    return by_making && a.order != b.order ? a.order < b.order
                                           : a.name < b.name;
  };
  if (!std::is_sorted(links_.begin(), links_.end(), before)) {
    std::sort(links_.begin(), links_.end(), before);
  }
  by_name_.resize(links_.size());
  std::iota(by_name_.begin(), by_name_.end(), 0);
  const auto name_of = [this](uint32_t at) -> std::string_view {
    return links_[at].name;
  };
  if (by_making) std::ranges::sort(by_name_, {}, name_of);
  const auto twice = std::ranges::adjacent_find(by_name_, {}, name_of);
  if (twice == by_name_.end()) return absl::OkStatus();
  return absl::DataLossError("A group has a name twice");
}

const Link* Group::Find(std::string_view name) const {
  const auto name_of = [this](uint32_t at) -> std::string_view {
    return links_[at].name;
  };
  const auto found = std::ranges::lower_bound(by_name_, name, {}, name_of);
  if (found == by_name_.end() || name_of(*found) != name) return nullptr;
  return &links_[*found];
}

}  // namespace ats::hdf5::reader
