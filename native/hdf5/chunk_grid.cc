#include "hdf5/chunk_grid.h"

#include <limits>

#include "absl/strings/str_cat.h"
#include "tensorstore/internal/integer_overflow.h"

namespace ats::hdf5::reader {

Result<ChunkGrid> ChunkGrid::Make(const Dataspace& space,
                                  std::span<const uint64_t> chunk,
                                  uint64_t element_size,
                                  uint64_t max_chunk_bytes) {
  ChunkGrid grid;
  grid.shape_ = space.shape;
  grid.chunk_.assign(chunk.begin(), chunk.end());
  grid.size_ = 1;
  grid.chunk_bytes_ = element_size;
  for (size_t i = 0; i < chunk.size(); ++i) {
    if (chunk[i] == 0 ||
        tensorstore::internal::MulOverflow(grid.chunk_bytes_, chunk[i],
                                           &grid.chunk_bytes_) ||
        grid.chunk_bytes_ > std::numeric_limits<uint32_t>::max()) {
      return absl::DataLossError("A chunk of no elements or too many");
    }
    const auto chunks = [&](uint64_t extent) {
      return extent / chunk[i] + (extent % chunk[i] != 0 ? 1 : 0);
    };
    grid.counts_.push_back(chunks(space.shape[i]));
    grid.most_.push_back(space.most[i] == kUnlimited ? kUnlimited
                                                     : chunks(space.most[i]));
    // No more than elements, whose number is known to fit.
    grid.size_ *= grid.counts_.back();
  }
  if (grid.chunk_bytes_ > max_chunk_bytes) {
    return absl::ResourceExhaustedError(
        absl::StrCat("Chunks of ", grid.chunk_bytes_,
                     " bytes; raise maxChunkBytes if you trust it"));
  }
  return grid;
}

uint64_t ChunkGrid::Number(std::span<const uint64_t> coordinates) const {
  uint64_t number = 0;
  for (size_t i = 0; i < rank(); ++i) {
    number = number * counts_[i] + coordinates[i];
  }
  return number;
}

bool ChunkGrid::Coordinates(uint64_t number, std::span<const uint64_t> counts,
                            size_t slowest,
                            std::span<uint64_t> coordinates) const {
  for (size_t i = rank(); i-- > 0;) {
    if (i == slowest) continue;
    if (counts[i] == 0) return false;
    coordinates[i] = number % counts[i];
    number /= counts[i];
  }
  coordinates[slowest] = number;
  for (size_t i = 0; i < rank(); ++i) {
    if (coordinates[i] >= counts_[i]) return false;
  }
  return true;
}

bool ChunkGrid::IsEdge(std::span<const uint64_t> coordinates) const {
  for (size_t i = 0; i < rank(); ++i) {
    if (shape_[i] - coordinates[i] * chunk_[i] < chunk_[i]) return true;
  }
  return false;
}

}  // namespace ats::hdf5::reader
