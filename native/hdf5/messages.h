// The other messages of a dataset: its shape, its layout, its filters, its
// fill value.
#ifndef ATS_HDF5_MESSAGES_H_
#define ATS_HDF5_MESSAGES_H_

#include <stdint.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "hdf5/superblock.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

/// Dimensions that HDF5 allows.
inline constexpr size_t kMostDimensions = 32;
/// A maximum extent without limit.
inline constexpr uint64_t kUnlimited = ~uint64_t{0};

struct Dataspace {
  /// `h5py.Empty`: there is no value.
  bool null = false;
  std::vector<uint64_t> shape;
  /// As `shape`; what each dimension may grow to.
  std::vector<uint64_t> most;
};

/// kDataLoss where extents contradict each other or their product is no 63-bit
/// number.
Result<Dataspace> ParseDataspace(const Space& space,
                                 std::span<const std::byte> message);

/// How the chunks of a dataset are found; numbers as in layout messages of
/// version 4, and kBtreeV1 for those before.
enum class IndexKind : uint8_t {
  kBtreeV1 = 0,
  kSingle = 1,
  kImplicit = 2,
  kFixedArray = 3,
  kExtensibleArray = 4,
  kBtreeV2 = 5,
};

struct Layout {
  enum class Kind : uint8_t { kCompact, kContiguous, kChunked };

  Kind kind = Kind::kContiguous;
  /// Contiguous: of the data; chunked: of the index. Undefined where nothing
  /// was ever written.
  uint64_t address = ~uint64_t{0};
  /// Compact: the values.
  std::vector<std::byte> compact;
  /// Chunked: extents of one chunk, without the element's own.
  std::vector<uint64_t> chunk;
  IndexKind index = IndexKind::kBtreeV1;
  /// Chunks that stick out over the shape are stored as they are.
  bool edges_unfiltered = false;
  /// kSingle: the stored size and the filters that were left out, where the
  /// chunk is filtered.
  uint64_t single_size = 0;
  uint32_t single_mask = 0;
  /// kChunked: bytes of an element.
  uint64_t element_size = 0;
};

/// Versions 1 to 5; kUnimplemented for a virtual dataset and later versions.
/// `rank` is that of the dataspace.
Result<Layout> ParseLayout(const Space& space, size_t rank,
                           std::span<const std::byte> message);

struct Filter {
  uint16_t id = 0;
  std::vector<uint32_t> parameters;
  /// Bit 0: a chunk that it cannot encode goes without it.
  uint16_t flags = 0;
  /// As the writer called it; empty where it did not.
  std::string name;
};

/// The filters in the order in which they were applied on writing.
Result<std::vector<Filter>> ParseFilters(std::span<const std::byte> message);

/// The value of elements that were never written, as it is stored; empty for
/// zero. `old` says which of the two messages it is.
Result<std::vector<std::byte>> ParseFillValue(
    std::span<const std::byte> message, bool old);

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_MESSAGES_H_
