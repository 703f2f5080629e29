#include "hdf5/chunk_index.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hdf5/cursor.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

using Coordinates = std::array<uint64_t, kMostDimensions>;

absl::Status ReadSingle(ChunkSink& sink) {
  const Layout& layout = sink.layout();
  const Coordinates zeros{};
  const uint64_t size =
      sink.filtered() ? layout.single_size : sink.grid().chunk_bytes();
  return sink.Add(std::span(zeros).first(sink.grid().rank()), layout.address,
                  size, layout.single_mask);
}

// Chunks one behind the other, numbered over the maximum shape.
absl::Status ReadImplicit(ChunkSink& sink) {
  const ChunkGrid& grid = sink.grid();
  uint64_t most = 1;
  for (uint64_t count : grid.most()) {
    if (count == kUnlimited || count == 0 || most > sink.space().file().size() / count) {
      return absl::DataLossError("An implicit index of more chunks than fit");
    }
    most *= count;
  }
  if (sink.filtered()) {
    return absl::DataLossError("An implicit index of filtered chunks");
  }
  Coordinates coordinates;
  const auto at = std::span(coordinates).first(grid.rank());
  for (uint64_t i = 0; i < most; ++i) {
    if (!grid.Coordinates(i, grid.most(), 0, at)) continue;
    TENSORSTORE_RETURN_IF_ERROR(
        sink.Add(at, sink.layout().address + i * grid.chunk_bytes(),
                 grid.chunk_bytes(), 0));
  }
  return absl::OkStatus();
}

absl::Status Walk(ChunkSink& sink) {
  switch (sink.layout().index) {
    case IndexKind::kBtreeV1:
      return ReadBtreeV1(sink);
    case IndexKind::kSingle:
      return ReadSingle(sink);
    case IndexKind::kImplicit:
      return ReadImplicit(sink);
    case IndexKind::kFixedArray:
      return ReadFixedArray(sink);
    case IndexKind::kExtensibleArray:
      return ReadExtensibleArray(sink);
    case IndexKind::kBtreeV2:
      return ReadBtreeV2(sink);
  }
  return absl::UnimplementedError("A chunk index of an unknown kind");
}

}  // namespace

Result<ChunkIndex> ChunkIndex::Read(const Space& space, const Layout& layout,
                                    const ChunkGrid& grid, bool filtered) {
  ChunkIndex index;
  if (layout.address == kUndefined) return index;
  ChunkSink sink(space, layout, grid, filtered);
  TENSORSTORE_RETURN_IF_ERROR(Walk(sink));
  index.entries_ = sink.TakeEntries();
  auto& entries = index.entries_;
  const auto before = [](const ChunkEntry& a, const ChunkEntry& b) {
    return a.number < b.number;
  };
  if (!std::is_sorted(entries.begin(), entries.end(), before)) {
    std::sort(entries.begin(), entries.end(), before);
  }
  for (size_t i = 0; i < entries.size(); ++i) {
    if (i > 0 && entries[i - 1].number == entries[i].number) {
      return absl::DataLossError("A chunk is in the index twice");
    }
    index.stored_bytes_ += entries[i].size;
  }
  return index;
}

const ChunkEntry* ChunkIndex::Find(uint64_t number) const {
  // Where no chunk is missing, chunk i is entry i.
  if (number < entries_.size() && entries_[number].number == number) {
    return &entries_[number];
  }
  const auto found = std::lower_bound(
      entries_.begin(), entries_.end(), number,
      [](const ChunkEntry& entry, uint64_t n) { return entry.number < n; });
  return found != entries_.end() && found->number == number ? &*found : nullptr;
}

absl::Status ChunkSink::Add(std::span<const uint64_t> coordinates,
                            uint64_t address, uint64_t size, uint32_t mask) {
  if (address == kUndefined) return absl::OkStatus();
  for (size_t i = 0; i < coordinates.size(); ++i) {
    if (coordinates[i] >= grid_.counts()[i]) return absl::OkStatus();
  }
  if (layout_.edges_unfiltered && grid_.IsEdge(coordinates)) {
    mask = ~uint32_t{0};
    size = grid_.chunk_bytes();
  }
  if (!filtered_ && size != grid_.chunk_bytes()) {
    return absl::DataLossError(absl::StrCat(
        "A chunk of ", size, " bytes should have ", grid_.chunk_bytes()));
  }
  const uint64_t limit =
      std::min<uint64_t>(space_.file().limits().max_chunk_bytes,
                         std::numeric_limits<uint32_t>::max());
  if (size > limit) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "A stored chunk of ", size, " bytes; raise maxChunkBytes"));
  }
  TENSORSTORE_ASSIGN_OR_RETURN(const uint64_t offset,
                               space_.Locate(address, size));
  entries_.push_back(
      {grid_.Number(coordinates), offset, static_cast<uint32_t>(size), mask});
  return absl::OkStatus();
}

absl::Status ChunkSink::Spend(uint64_t bytes) {
  spent_ += bytes;
  if (spent_ <= space_.file().size()) return absl::OkStatus();
  return absl::DataLossError("A chunk index is larger than its file");
}

Result<ArrayElements> ArrayElements::Make(const ChunkSink& sink, bool filtered,
                                          uint8_t element_size) {
  ArrayElements elements;
  elements.size_ = element_size;
  const size_t address = sink.space().offset_size();
  if (filtered != sink.filtered()) {
    return absl::DataLossError("A chunk index and its filters disagree");
  }
  if (!filtered) {
    if (element_size != address) {
      return absl::DataLossError("A chunk index with elements of odd sizes");
    }
    return elements;
  }
  if (element_size < address + 4 + 1 || element_size > address + 4 + 8) {
    return absl::DataLossError("A chunk index with elements of odd sizes");
  }
  elements.width_ = element_size - address - 4;
  return elements;
}

absl::Status ArrayElements::Add(ChunkSink& sink,
                                std::span<const std::byte> bytes,
                                uint64_t first, size_t slowest) const {
  Cursor cursor(bytes);
  const ChunkGrid& grid = sink.grid();
  Coordinates coordinates;
  const auto at = std::span(coordinates).first(grid.rank());
  for (uint64_t number = first; cursor.left() >= size_; ++number) {
    const uint64_t address = cursor.Address(sink.space().offset_size());
    const uint64_t size =
        width_ == 0 ? grid.chunk_bytes() : cursor.Unsigned(width_);
    const uint32_t mask = width_ == 0 ? 0 : cursor.U32();
    if (address == kUndefined ||
        !grid.Coordinates(number, grid.most(), slowest, at)) {
      continue;
    }
    TENSORSTORE_RETURN_IF_ERROR(sink.Add(at, address, size, mask));
  }
  return cursor.status();
}

}  // namespace ats::hdf5::reader
