// What the writer is asked to make, free of the library's types.
#ifndef ATS_HDF5_WRITER_SPEC_H_
#define ATS_HDF5_WRITER_SPEC_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/dtype.h"
#include "hdf5/stored_object.h"
#include "hdf5/writer_filter.h"

namespace ats::hdf5 {

/// UTF-8 text: of any length, or of `bytes` bytes each, filled up with NULs.
struct TextType {
  size_t bytes = 0;
};

/// A number, or text.
using ScalarType = std::variant<core::DType, TextType>;

/// One member of a record; `shape` where each record holds a sub-array.
struct Field {
  std::string name;
  ScalarType type;
  std::vector<uint64_t> shape;
};

/// What a data set stores: one kind of value, or records of fields.
using ElementType = std::variant<ScalarType, std::vector<Field>>;

/// Values of an attribute. `shape` is empty for a single one; an attribute
/// without any value and of shape [0] is written as numpy's empty array.
struct Attribute {
  std::string name;
  /// monostate is null: an empty data space.
  std::variant<std::monostate, std::vector<std::string>, std::vector<int64_t>,
               std::vector<uint64_t>, std::vector<double>, std::vector<bool>>
      values;
  std::vector<uint64_t> shape;
};

struct NewGroup {
  /// From the root, without a slash in front; "" is the root, which only takes
  /// attributes.
  std::string path;
  std::vector<Attribute> attributes;
};

/// What a data set takes over of another file's, as it is stored; made by
/// CopyOf.
struct Copied {
  std::shared_ptr<const reader::StoredObject> from;
  /// Rows that are taken over, and their values.
  uint64_t rows = 0;
  uint64_t values = 0;
  /// Chunks that they fill, stored or not.
  uint64_t chunks = 0;
  /// Chunks, bytes or the one compact piece that are there to be copied.
  uint64_t parts = 0;
  /// The filters that new chunks go without: those that we have no encoder of.
  uint32_t left_out = 0;
};

struct NewDataset {
  std::string path;
  std::vector<Attribute> attributes;
  ElementType type;
  std::vector<uint64_t> shape;
  /// Of the rank of `shape`; empty for a contiguous data set.
  std::vector<uint64_t> chunks;
  FilterSpec filters;
  /// The first axis has no upper bound.
  bool resizable = false;
  /// h5py.Empty: a null data space.
  bool null = false;
  /// The type, the filters and the maximum shape are those of another one.
  std::optional<Copied> copied;
};

/// Packed strings: string i is bytes[offset(i), offset(i + 1)).
struct PackedText {
  std::variant<std::span<const int32_t>, std::span<const int64_t>> offsets;
  std::span<const uint8_t> bytes;
};

/// The values of one field (of the whole element where it is no record), in C
/// order: bytes of numbers, or text.
using Column = std::variant<std::span<const uint8_t>, PackedText>;

/// A box of values; `columns` has one entry for each field of a record, else
/// one.
struct Block {
  std::vector<uint64_t> origin;
  std::vector<uint64_t> shape;
  std::vector<Column> columns;
};

/// The product of `shape`, or UINT64_MAX where it overflows.
uint64_t CountOf(std::span<const uint64_t> shape);

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_SPEC_H_
