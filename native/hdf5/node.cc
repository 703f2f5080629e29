#include "hdf5/node.h"

#include <algorithm>
#include <utility>

#include "hdf5/budget.h"
#include "hdf5/shared_message.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

bool Has(const std::vector<Message>& messages, MessageType type) {
  return std::any_of(messages.begin(), messages.end(),
                     [type](const Message& m) { return m.type == type; });
}

absl::Status DescribeArray(const Space& space,
                           const std::vector<Message>& messages, Node& node) {
  TENSORSTORE_ASSIGN_OR_RETURN(
      const auto type, NeedMessage(space, messages, MessageType::kDatatype));
  TENSORSTORE_ASSIGN_OR_RETURN(node.type,
                               ParseDatatype(type, space.offset_size()));
  TENSORSTORE_ASSIGN_OR_RETURN(
      const auto extent, NeedMessage(space, messages, MessageType::kDataspace));
  TENSORSTORE_ASSIGN_OR_RETURN(Dataspace dataspace,
                               ParseDataspace(space, extent));
  node.null = dataspace.null;
  node.shape = std::move(dataspace.shape);
  TENSORSTORE_ASSIGN_OR_RETURN(
      const auto place, NeedMessage(space, messages, MessageType::kLayout));
  TENSORSTORE_ASSIGN_OR_RETURN(Layout layout,
                               ParseLayout(space, node.shape.size(), place));
  if (layout.kind == Layout::Kind::kChunked) node.chunks = std::move(layout.chunk);
  if (Has(messages, MessageType::kFilters)) {
    TENSORSTORE_ASSIGN_OR_RETURN(
        const auto filters, NeedMessage(space, messages, MessageType::kFilters));
    TENSORSTORE_ASSIGN_OR_RETURN(node.filters, ParseFilters(filters));
  }
  return absl::OkStatus();
}

}  // namespace

Result<NodeKind> KindOf(const std::vector<Message>& messages) {
  if (Has(messages, MessageType::kSymbolTable) ||
      Has(messages, MessageType::kLinkInfo)) {
    return NodeKind::kGroup;
  }
  if (!Has(messages, MessageType::kDatatype)) {
    return absl::DataLossError("An object that is none of HDF5's kinds");
  }
  return Has(messages, MessageType::kDataspace) ? NodeKind::kArray
                                                : NodeKind::kOther;
}

Result<Node> DescribeNode(const Space& space, uint64_t address,
                          std::string path, PathOf path_of) {
  TENSORSTORE_ASSIGN_OR_RETURN(const auto messages,
                               ReadObjectHeader(space, address));
  Node node;
  node.path = std::move(path);
  node.address = address;
  TENSORSTORE_ASSIGN_OR_RETURN(node.kind, KindOf(messages));
  if (node.kind == NodeKind::kOther) return node;
  Budget budget(space.file().limits().max_metadata_bytes);
  TENSORSTORE_ASSIGN_OR_RETURN(
      node.attributes, ReadAttributes(space, messages, budget, path_of));
  if (node.kind == NodeKind::kArray) {
    TENSORSTORE_RETURN_IF_ERROR(DescribeArray(space, messages, node));
  }
  return node;
}

}  // namespace ats::hdf5::reader
