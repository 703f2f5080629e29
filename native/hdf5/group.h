// A group: its links, by name and in order.
#ifndef ATS_HDF5_GROUP_H_
#define ATS_HDF5_GROUP_H_

#include <stdint.h>

#include <string_view>
#include <vector>

#include "hdf5/link.h"
#include "hdf5/object_header.h"
#include "hdf5/superblock.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

class Group {
 public:
  /// The members of the group that has the header `messages`: a symbol table,
  /// link messages, or links in a fractal heap. kDataLoss for damage and where
  /// a name is there twice or is none; kUnimplemented where a name is not
  /// UTF-8, which HDF5's own library alone can look up.
  static Result<Group> Read(const Space& space,
                            const std::vector<Message>& messages);

  /// In the order in which HDF5 lists them: of their making where the group
  /// keeps an index of that, else by the bytes of their names.
  const std::vector<Link>& links() const { return links_; }

  /// The link `name`; null where there is none.
  const Link* Find(std::string_view name) const;

 private:
  absl::Status Add(const Space& space, const std::vector<Message>& messages);
  absl::Status Order(bool by_making);

  std::vector<Link> links_;
  // Positions in links_, by name.
  std::vector<uint32_t> by_name_;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_GROUP_H_
