// What an object of a file is, without reading its values.
#ifndef ATS_HDF5_NODE_H_
#define ATS_HDF5_NODE_H_

#include <stdint.h>

#include <optional>
#include <string>
#include <vector>

#include "hdf5/attribute.h"
#include "hdf5/datatype.h"
#include "hdf5/messages.h"
#include "hdf5/object_header.h"
#include "hdf5/superblock.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

enum class NodeKind : uint8_t {
  kGroup,
  kArray,
  /// A named type, or a link of an application's own.
  kOther,
};

struct Node {
  NodeKind kind = NodeKind::kOther;
  /// From the root, by hard links alone.
  std::string path;
  /// Of the object header.
  uint64_t address = 0;
  std::vector<Attribute> attributes;
  /// The rest is of arrays.
  bool null = false;
  std::vector<uint64_t> shape;
  ElementType type;
  std::optional<std::vector<uint64_t>> chunks;
  std::vector<Filter> filters;
};

/// What the object that has the header `messages` is, as HDF5 tells.
Result<NodeKind> KindOf(const std::vector<Message>& messages);

/// The object at `address`, which `path` leads to. kUnimplemented where a part
/// of it is unusual, so that HDF5's own library must describe it; kDataLoss and
/// kResourceExhausted for damage.
Result<Node> DescribeNode(const Space& space, uint64_t address,
                          std::string path, PathOf path_of);

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_NODE_H_
