// Version 2 B-trees: the chunk index of datasets with several unlimited
// dimensions, in newer files.
#include <array>

#include "hdf5/btree_v2.h"
#include "hdf5/chunk_index.h"
#include "hdf5/cursor.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

constexpr uint8_t kUnfilteredChunks = 10;
constexpr uint8_t kFilteredChunks = 11;

// Takes the records of chunks, with or without filters.
class Chunks {
 public:
  explicit Chunks(ChunkSink& sink) : sink_(sink) {}

  absl::Status Check(uint8_t type, uint64_t record_size) {
    const uint64_t plain = width() + 8 * rank();
    size_width_ = sink_.filtered() ? record_size - plain - 4 : 0;
    const bool type_fits =
        type == (sink_.filtered() ? kFilteredChunks : kUnfilteredChunks);
    const bool size_fits = sink_.filtered()
                               ? size_width_ >= 1 && size_width_ <= 8
                               : record_size == plain;
    if (type_fits && size_fits) return absl::OkStatus();
    return absl::DataLossError("A B-tree of other records than chunks");
  }

  absl::Status Add(Cursor cursor) {
    const uint64_t address = cursor.Address(width());
    uint64_t size = sink_.grid().chunk_bytes();
    uint32_t mask = 0;
    if (sink_.filtered()) {
      size = cursor.Unsigned(size_width_);
      mask = cursor.U32();
    }
    std::array<uint64_t, kMostDimensions> coordinates;
    for (size_t i = 0; i < rank(); ++i) coordinates[i] = cursor.U64();
    TENSORSTORE_RETURN_IF_ERROR(cursor.status());
    return sink_.Add(std::span(coordinates).first(rank()), address, size, mask);
  }

 private:
  size_t width() const { return sink_.space().offset_size(); }
  size_t rank() const { return sink_.grid().rank(); }

  ChunkSink& sink_;
  // Bytes of a stored size.
  uint64_t size_width_ = 0;
};

}  // namespace

absl::Status ReadBtreeV2(ChunkSink& sink) {
  Chunks chunks(sink);
  const auto check = [&](uint8_t type, uint64_t record_size) {
    return chunks.Check(type, record_size);
  };
  const auto spend = [&](uint64_t bytes) { return sink.Spend(bytes); };
  const auto record = [&](Cursor cursor) { return chunks.Add(cursor); };
  return WalkBtreeV2(sink.space(), sink.layout().address,
                     {check, spend, record});
}

}  // namespace ats::hdf5::reader
