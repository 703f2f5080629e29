// Groups and datasets as they are stored, for copies of them: nothing is
// decoded.
#ifndef ATS_HDF5_STORED_OBJECT_H_
#define ATS_HDF5_STORED_OBJECT_H_

#include <stdint.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hdf5/chunk_grid.h"
#include "hdf5/chunk_index.h"
#include "hdf5/datatype.h"
#include "hdf5/messages.h"
#include "hdf5/stored_type.h"
#include "hdf5/superblock.h"

namespace ats::hdf5::reader {

struct StoredAttribute {
  std::string name;
  StoredType type;
  Dataspace dataspace;
  /// The values, where `type` is plain.
  std::vector<std::byte> bytes;
  /// The values, where `type` is long text.
  std::vector<std::string> texts;
};

struct StoredDataset {
  StoredType type;
  /// What `type` is to readers of numbers; nothing where it is something else.
  std::optional<ElementType> number;
  Dataspace dataspace;
  Layout layout;
  /// Of chunked datasets.
  ChunkGrid grid;
  ChunkIndex index;
  /// In the order of writing.
  std::vector<Filter> filters;
  /// An element that was never written, as it is stored; empty for zero.
  std::vector<std::byte> fill;
  /// Contiguous: where the values are in the file, and their bytes; kUndefined
  /// where they were never written.
  uint64_t offset = ~uint64_t{0};
  uint64_t bytes = 0;
};

class StoredObject {
 public:
  /// Reads the object header at `address` and the chunk index. kUnimplemented
  /// for an object that says something only within its file (attributes that
  /// refer to other objects), kDataLoss and kResourceExhausted for damage,
  /// kPermissionDenied for values in other files.
  static Result<std::shared_ptr<const StoredObject>> Open(const Space& space,
                                                          uint64_t address);

  const Space& space() const { return space_; }

  /// Whether it is a dataset, also one that dataset() does not take.
  bool is_dataset() const { return is_dataset_; }
  /// Null for a group, and for a dataset of a type or layout whose stored bytes
  /// are no copy.
  const StoredDataset* dataset() const {
    return dataset_ ? &*dataset_ : nullptr;
  }

  /// Those in the object header.
  const std::vector<StoredAttribute>& attributes() const { return attributes_; }
  /// Whether there may be others, in a heap of their own: the caller gives all
  /// of them then.
  bool attributes_elsewhere() const { return attributes_elsewhere_; }

 private:
  explicit StoredObject(const Space& space) : space_(space) {}

  Space space_;
  bool is_dataset_ = false;
  bool attributes_elsewhere_ = false;
  std::vector<StoredAttribute> attributes_;
  std::optional<StoredDataset> dataset_;
};

/// The attribute that a message of `message` (HDF5 File Format Specification,
/// IV.A.2.m) has. kUnimplemented for one whose values say nothing outside of
/// their file.
Result<StoredAttribute> ParseAttribute(const Space& space,
                                       std::span<const std::byte> message);

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_STORED_OBJECT_H_
