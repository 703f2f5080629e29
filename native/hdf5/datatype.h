// Datatype messages: which bytes an element is made of.
#ifndef ATS_HDF5_DATATYPE_H_
#define ATS_HDF5_DATATYPE_H_

#include <stdint.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

using ::tensorstore::Result;

/// What follows a text that is shorter than its place, if anything is.
enum class Padding : uint8_t { kNulTerminated = 0, kNuls = 1, kSpaces = 2 };

struct Field;

struct ElementType {
  /// TensorStore's name of the type, such as "float32"; "string" for text,
  /// "records" for what has fields.
  std::string name;
  /// Bytes of one stored element.
  uint32_t size = 0;
  /// Bytes of the numbers that stand the wrong way round; 0 where none do.
  uint32_t swap = 0;
  /// Text: whether every element has `size` bytes of it. Else an element is a
  /// reference to where the text is.
  bool fixed = false;
  /// Text of fixed length.
  Padding padding = Padding::kNulTerminated;
  /// Text: declared as ASCII, not UTF-8.
  bool ascii = false;
  /// Of records, in their order.
  std::vector<Field> fields;

  bool is_text() const { return name == "string"; }
  bool is_records() const { return name == "records"; }
};

/// One field of records: numbers or text, `shape` of them.
struct Field {
  std::string name;
  /// Bytes from the beginning of a record.
  uint32_t offset = 0;
  std::vector<uint64_t> shape;
  ElementType type;
};

/// The element type that a datatype message describes (HDF5 File Format
/// Specification, IV.A.2.d): integers and IEEE floats of either byte order,
/// enums (h5py's booleans by their names), complex numbers as h5py has them,
/// strings, records of these. kUnimplemented for everything else.
Result<ElementType> ParseDatatype(std::span<const std::byte> message,
                                  size_t offset_size);

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_DATATYPE_H_
