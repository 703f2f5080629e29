// Attributes of groups and datasets.
#ifndef ATS_HDF5_ATTRIBUTE_H_
#define ATS_HDF5_ATTRIBUTE_H_

#include <stdint.h>

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "absl/functional/function_ref.h"
#include "hdf5/budget.h"
#include "hdf5/object_header.h"
#include "hdf5/superblock.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

/// Numbers of up to 53 bits and halves as doubles, wider integers as they are,
/// h5py's booleans, texts and paths.
using AttributeValues =
    std::variant<std::vector<double>, std::vector<int64_t>,
                 std::vector<uint64_t>, std::vector<bool>,
                 std::vector<std::string>>;

struct Attribute {
  std::string name;
  /// There is no value: `h5py.Empty`.
  bool null = false;
  std::vector<uint64_t> shape;
  /// In C order.
  AttributeValues values;
};

/// The path of the object whose header is at an address.
using PathOf = absl::FunctionRef<Result<std::string>(uint64_t address)>;

/// The attributes of the object that has the header `messages`, in the order
/// in which HDF5 lists them: of their making where the object keeps an index of
/// that, else by the bytes of their names. Those of types that have no values
/// here (records, lists, arrays, opaque bytes, times, references to regions)
/// are left out, as src/workers/h5wasm/attributes.ts leaves them out. kDataLoss
/// for damage; kUnimplemented for types of which HDF5's own library must say
/// what they are; kResourceExhausted beyond `budget`, which counts all bytes.
Result<std::vector<Attribute>> ReadAttributes(
    const Space& space, const std::vector<Message>& messages, Budget& budget,
    PathOf path_of);

/// The values in `data`, the stored elements of an attribute of the type that
/// the datatype message `type` describes; nothing for a type that is left out.
/// `count` is their number.
Result<std::optional<AttributeValues>> ReadAttributeValues(
    const Space& space, std::span<const std::byte> type, uint64_t count,
    std::span<const std::byte> data, Budget& budget, PathOf path_of);

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_ATTRIBUTE_H_
