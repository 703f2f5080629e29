// Element types as a file describes them, whole: what a copy of a dataset needs
// to make the same type again. datatype.h has the short form that reads need.
#ifndef ATS_HDF5_STORED_TYPE_H_
#define ATS_HDF5_STORED_TYPE_H_

#include <stdint.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

using ::tensorstore::Result;

struct StoredType {
  /// Numbers as in the file.
  enum class Class : uint8_t {
    kInteger = 0,
    kFloat = 1,
    kText = 3,
    kBits = 4,
    kOpaque = 5,
    kRecord = 6,
    kEnum = 8,
    /// Text of variable length: what is stored refers to a heap.
    kLongText = 9,
    kArray = 10,
  };

  struct Member {
    std::string name;
    /// Records: where it begins.
    uint32_t offset = 0;
  };

  Class type_class = Class::kInteger;
  /// Bytes of one element.
  uint32_t size = 0;

  /// Integers, floats and bits. Paddings: 0 zeros, 1 ones, 2 background.
  bool big_endian = false;
  bool is_signed = false;
  uint8_t low_padding = 0, high_padding = 0, inner_padding = 0;
  uint16_t offset = 0, precision = 0;

  /// Floats. Normalisation: 0 none, 1 leading bit set, 2 implied.
  uint8_t sign = 0, exponent = 0, exponent_size = 0;
  uint8_t mantissa = 0, mantissa_size = 0, normalization = 0;
  uint32_t bias = 0;

  /// Text: HDF5's numbers of padding and character set.
  uint8_t padding = 0, characters = 0;

  /// Opaque.
  std::string tag;

  /// Records and enums.
  std::vector<Member> members;
  /// Of each member of a record; one, the base, of an enum or array.
  std::vector<StoredType> parts;
  /// Enums: the members' values, each of the base's size.
  std::vector<std::byte> values;
  /// Arrays.
  std::vector<uint64_t> extents;

  /// Whether every byte of an element is its value, so that copies of the bytes
  /// are copies of the values.
  bool plain() const;
};

/// The type that a datatype message of versions 1 to 4 describes (HDF5 File
/// Format Specification, IV.A.2.d). kUnimplemented for references, lists, times
/// and other things that say nothing outside of their file; kDataLoss where the
/// message contradicts itself.
Result<StoredType> ParseStoredType(std::span<const std::byte> message,
                                   size_t offset_size);

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_STORED_TYPE_H_
