// Columns of values → elements as the library takes them: records interleaved,
// text as pointers to terminated strings, or padded to its one length.
#ifndef ATS_HDF5_WRITER_PACK_H_
#define ATS_HDF5_WRITER_PACK_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "hdf5/writer_spec.h"

namespace ats::hdf5 {

/// Fails with INVALID_ARGUMENT unless `columns` are what `count` elements of
/// `type` need: one column per field, bytes of the right size, offsets that
/// rise and stay within their bytes.
absl::Status CheckColumns(const ElementType& type, uint64_t count,
                          std::span<const Column> columns);

/// Elements in memory, in the layout of MakeType. The strings that they point
/// to live as long.
class PackedElements {
 public:
  /// Packs elements [first, first + count) of checked columns.
  /// INVALID_ARGUMENT for text with a NUL character, which ends a string in
  /// HDF5, or longer than its one length.
  absl::Status Pack(const ElementType& type, std::span<const Column> columns,
                    uint64_t first, uint64_t count);

  const uint8_t* data() const { return elements_.data(); }

 private:
  std::vector<uint8_t> elements_;
  std::vector<char> text_;
};

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_PACK_H_
