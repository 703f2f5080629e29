// Data sets that are copies of another file's, or begin with one: what is
// stored is placed as it is, neither decoded nor encoded.
#ifndef ATS_HDF5_WRITER_COPY_H_
#define ATS_HDF5_WRITER_COPY_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "hdf5/stored_object.h"
#include "hdf5/writer_library.h"
#include "hdf5/writer_spec.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5 {

/// The data set at `path` that is to be as `from` has one. Values of plain types
/// are copied; text of any length is declared and written as usual.
/// With `rows` it has as many, and what comes after the whole chunks of `from`
/// (after the last value of a contiguous one) is written as usual. `attributes`
/// come beside those of `from`.
///
/// UNIMPLEMENTED for what is not copied so: no dataset or one of a strange type,
/// a filter of the library's own that only the library knows to encode by, and
/// with `rows` anything but little-endian numbers in chunks or contiguous.
tensorstore::Result<NewDataset> CopyOf(
    std::string path, std::vector<Attribute> attributes,
    std::shared_ptr<const reader::StoredObject> from,
    std::optional<uint64_t> rows);

/// The mask of a chunk that went without any of `filters` filters.
uint32_t MaskOfAll(size_t filters);

/// Whether values can be written through the library with `filters`.
bool LibraryEncodes(std::span<const reader::Filter> filters);

/// Declares the layout, the filters and the fill value of a copy. False where
/// the library does not take them. Under the LibraryLock.
bool DeclareCopy(hid_t creation, const Copied& copied, hid_t type);

/// Whether the data set `dataset` has the filters of its source, parameters
/// included: some the library sets itself. Under the LibraryLock.
bool HasFiltersOf(hid_t dataset, const Copied& copied);

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_COPY_H_
