#include "hdf5/read_plan.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "hdf5/codecs.h"
#include "hdf5/cursor.h"
#include "hdf5/stretch_reader.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

// Gaps up to this many bytes are read over: as fast as another system call.
constexpr uint64_t kGapBytes = uint64_t{16} << 10;
// What is read at once for several chunks.
constexpr uint64_t kGroupBytes = uint64_t{1} << 20;
// Unfiltered neighbours that have so much are read straight into the result.
constexpr uint64_t kDirectBytes = uint64_t{64} << 10;

// Copies of the sizes of single elements are moves, not calls.
void Copy(std::byte* to, const std::byte* from, uint64_t bytes) {
  switch (bytes) {
    case 1:
      *to = *from;
      break;
    case 2:
      std::memcpy(to, from, 2);
      break;
    case 4:
      std::memcpy(to, from, 4);
      break;
    case 8:
      std::memcpy(to, from, 8);
      break;
    default:
      std::memcpy(to, from, bytes);
  }
}

}  // namespace

ReadPlan::ReadPlan(std::shared_ptr<const Dataset> dataset,
                   std::vector<AxisRuns> axes,
                   std::shared_ptr<core::BoundCheck> check)
    : dataset_(std::move(dataset)),
      axes_(std::move(axes)),
      check_(std::move(check)),
      fill_(dataset_->fill()) {
  uint64_t chunk_stride = dataset_->type().size;
  uint64_t target_stride = dataset_->type().size;
  for (size_t i = axes_.size(); i-- > 0;) {
    const uint64_t chunk = dataset_->grid().chunk()[i];
    axes_[i].Cut(chunk);
    units_ *= axes_[i].pieces();
    targets_ *= axes_[i].targets();
    chunk_strides_[i] = chunk_stride;
    target_strides_[i] = target_stride;
    chunk_stride *= chunk;
    target_stride *= axes_[i].targets();
  }
  SwapBytes(fill_, dataset_->type().swap);
}

ReadPlan::Unit ReadPlan::UnitAt(uint64_t number) const {
  Unit unit;
  for (size_t i = axes_.size(); i-- > 0;) {
    const AxisPiece piece =
        axes_[i].piece(static_cast<size_t>(number % axes_[i].pieces()));
    number /= axes_[i].pieces();
    unit.coordinates[i] = piece.chunk;
    unit.runs[i] = piece.runs;
  }
  unit.varying = axes_.size();
  unit.inner = dataset_->type().size;
  while (unit.varying > 0) {
    const size_t i = unit.varying - 1;
    const uint64_t chunk = dataset_->grid().chunk()[i];
    const bool whole = unit.runs[i].size() == 1 &&
                       unit.runs[i][0].count == chunk &&
                       axes_[i].targets() == chunk;
    if (!whole) break;
    unit.inner *= chunk;
    --unit.varying;
  }
  return unit;
}

template <typename Use>
void ReadPlan::Visit(const Unit& unit, size_t dimension, uint64_t from,
                     uint64_t to, Use& use) const {
  const uint64_t origin =
      unit.coordinates[dimension] * dataset_->grid().chunk()[dimension];
  const uint64_t chunk_stride = chunk_strides_[dimension];
  const uint64_t target_stride = target_strides_[dimension];
  const bool innermost = dimension + 1 == unit.varying;
  for (const AxisRun& run : unit.runs[dimension]) {
    uint64_t source = from + (run.source - origin) * chunk_stride;
    uint64_t target = to + run.target * target_stride;
    if (innermost) {
      use(source, target, run.count * unit.inner);
      continue;
    }
    for (uint64_t i = 0; i < run.count; ++i) {
      Visit(unit, dimension + 1, source, target, use);
      source += chunk_stride;
      target += target_stride;
    }
  }
}

template <typename Use>
void ReadPlan::ForEachStretch(const Unit& unit, Use&& use) const {
  if (unit.varying == 0) {
    use(uint64_t{0}, uint64_t{0}, unit.inner);
  } else {
    Visit(unit, 0, 0, 0, use);
  }
}

bool ReadPlan::IsOnePiece(const Unit& unit, uint64_t& to) const {
  to = 0;
  if (unit.varying == 0) return true;
  for (size_t i = 0; i < unit.varying; ++i) {
    const AxisRun& run = unit.runs[i][0];
    // All but the innermost dimension that varies have one position each.
    const uint64_t chunk = dataset_->grid().chunk()[i];
    if (unit.runs[i].size() != 1 || run.count != chunk ||
        (i + 1 < unit.varying && chunk != 1)) {
      return false;
    }
    to += run.target * target_strides_[i];
  }
  return true;
}

void ReadPlan::Scatter(const Unit& unit, const std::byte* chunk,
                       std::byte* out) const {
  ForEachStretch(unit, [&](uint64_t from, uint64_t to, uint64_t bytes) {
    Copy(out + to, chunk + from, bytes);
  });
}

void ReadPlan::FillIn(const Unit& unit, std::byte* out) const {
  ForEachStretch(unit, [&](uint64_t, uint64_t to, uint64_t bytes) {
    if (fill_.empty()) {
      std::memset(out + to, 0, bytes);
      return;
    }
    for (uint64_t at = 0; at < bytes; at += fill_.size()) {
      std::memcpy(out + to + at, fill_.data(), fill_.size());
    }
  });
}

void ReadPlan::Check(const Unit& unit, const std::byte* out) const {
  if (check_ == nullptr) return;
  ForEachStretch(unit, [&](uint64_t, uint64_t to, uint64_t bytes) {
    check_->Look(out + to, bytes);
  });
}

absl::Status ReadPlan::Run(uint64_t begin, uint64_t end, std::byte* out,
                           Scratch& scratch,
                           const std::atomic<bool>& stop) const {
  if (dataset_->kind() == Dataset::Kind::kChunked) {
    return RunChunks(begin, end, out, scratch, stop);
  }
  for (; begin < end && !stop.load(std::memory_order_relaxed); ++begin) {
    const Unit unit = UnitAt(begin);
    TENSORSTORE_RETURN_IF_ERROR(RunStretch(unit, out, scratch));
    Check(unit, out);
  }
  return absl::OkStatus();
}

absl::Status ReadPlan::RunChunks(uint64_t begin, uint64_t end, std::byte* out,
                                 Scratch& scratch,
                                 const std::atomic<bool>& stop) const {
  std::vector<Wanted> wanted;
  wanted.reserve(end - begin);
  for (uint64_t number = begin; number < end; ++number) {
    const Unit unit = UnitAt(number);
    const uint64_t chunk = dataset_->grid().Number(
        std::span(unit.coordinates).first(axes_.size()));
    const ChunkEntry* const entry = dataset_->index().Find(chunk);
    if (entry == nullptr) {
      FillIn(unit, out);
      Check(unit, out);
    } else {
      wanted.push_back({entry, number});
    }
  }
  const auto before = [](const Wanted& a, const Wanted& b) {
    return a.entry->offset < b.entry->offset;
  };
  if (!std::is_sorted(wanted.begin(), wanted.end(), before)) {
    std::sort(wanted.begin(), wanted.end(), before);
  }
  for (std::span<const Wanted> left = wanted;
       !left.empty() && !stop.load(std::memory_order_relaxed);) {
    uint64_t to;
    size_t count = CountDirect(left, to);
    if (count > 0) {
      TENSORSTORE_RETURN_IF_ERROR(ReadDirectly(left.first(count), out + to));
    } else {
      count = CountNear(left);
      TENSORSTORE_RETURN_IF_ERROR(
          RunGroup(left.first(count), out, scratch, stop));
    }
    if (check_ != nullptr && !stop.load(std::memory_order_relaxed)) {
      for (const Wanted& done : left.first(count)) {
        Check(UnitAt(done.unit), out);
      }
    }
    left = left.subspan(count);
  }
  return absl::OkStatus();
}

size_t ReadPlan::CountDirect(std::span<const Wanted> wanted,
                             uint64_t& to) const {
  if (!dataset_->pipeline().empty()) return 0;
  const uint64_t bytes = dataset_->grid().chunk_bytes();
  const uint64_t offset = wanted[0].entry->offset;
  size_t count = 0;
  do {
    uint64_t place;
    const Wanted& next = wanted[count];
    if (next.entry->size != bytes || !IsOnePiece(UnitAt(next.unit), place)) {
      break;
    }
    if (count == 0) to = place;
    const uint64_t before = count * bytes;
    if (next.entry->offset != offset + before || place != to + before) break;
    ++count;
  } while (count < wanted.size() && (count + 1) * bytes <= kGroupBytes);
  return count * bytes >= kDirectBytes ? count : 0;
}

absl::Status ReadPlan::ReadDirectly(std::span<const Wanted> chunks,
                                    std::byte* out) const {
  const std::span place(out, chunks.size() * dataset_->grid().chunk_bytes());
  TENSORSTORE_RETURN_IF_ERROR(
      dataset_->space().file().Read(chunks[0].entry->offset, place));
  SwapBytes(place, dataset_->type().swap);
  return absl::OkStatus();
}

size_t ReadPlan::CountNear(std::span<const Wanted> wanted) const {
  const uint64_t start = wanted[0].entry->offset;
  uint64_t end = start + wanted[0].entry->size;
  size_t count = 1;
  for (; count < wanted.size(); ++count) {
    const ChunkEntry& entry = *wanted[count].entry;
    const uint64_t until = std::max<uint64_t>(end, entry.offset + entry.size);
    if (entry.offset > end + kGapBytes || until - start > kGroupBytes) break;
    end = until;
  }
  return count;
}

absl::Status ReadPlan::RunGroup(std::span<const Wanted> group, std::byte* out,
                                Scratch& scratch,
                                const std::atomic<bool>& stop) const {
  const uint64_t start = group.front().entry->offset;
  uint64_t end = start;
  for (const Wanted& wanted : group) {
    end = std::max<uint64_t>(end, wanted.entry->offset + wanted.entry->size);
  }
  const auto stored = scratch.stored.Get(end - start);
  TENSORSTORE_RETURN_IF_ERROR(dataset_->space().file().Read(start, stored));
  for (const Wanted& wanted : group) {
    if (stop.load(std::memory_order_relaxed)) return absl::OkStatus();
    TENSORSTORE_RETURN_IF_ERROR(
        Decode(wanted,
               stored.subspan(wanted.entry->offset - start, wanted.entry->size),
               out, scratch));
  }
  return absl::OkStatus();
}

absl::Status ReadPlan::Decode(const Wanted& wanted,
                              std::span<const std::byte> stored,
                              std::byte* out, Scratch& scratch) const {
  const Unit unit = UnitAt(wanted.unit);
  const uint64_t bytes = dataset_->grid().chunk_bytes();
  uint64_t to;
  const bool direct = IsOnePiece(unit, to);
  const std::span<std::byte> chunk =
      direct ? std::span(out + to, bytes) : scratch.decoded.Get(bytes);
  TENSORSTORE_RETURN_IF_ERROR(dataset_->pipeline().Decode(
      stored, wanted.entry->mask, chunk, scratch.between));
  SwapBytes(chunk, dataset_->type().swap);
  if (!direct) Scatter(unit, chunk.data(), out);
  return absl::OkStatus();
}

absl::Status ReadPlan::RunStretch(const Unit& unit, std::byte* out,
                                  Scratch& scratch) const {
  const uint32_t swap = dataset_->type().swap;
  if (dataset_->kind() == Dataset::Kind::kCompact) {
    ForEachStretch(unit, [&](uint64_t from, uint64_t to, uint64_t bytes) {
      std::memcpy(out + to, dataset_->compact().data() + from, bytes);
      SwapBytes({out + to, bytes}, swap);
    });
    return absl::OkStatus();
  }
  if (dataset_->offset() == kUndefined) {
    FillIn(unit, out);
    return absl::OkStatus();
  }
  // Stretches lie one behind the other, whatever their edges.
  uint64_t origin = dataset_->offset();
  uint64_t stride = dataset_->type().size;
  for (size_t i = axes_.size(); i-- > 0;) {
    origin += unit.coordinates[i] * dataset_->grid().chunk()[i] * stride;
    stride *= dataset_->shape()[i];
  }
  StretchReader reader(dataset_->space().file(), origin, out, swap,
                       scratch.stored);
  ForEachStretch(unit, [&](uint64_t from, uint64_t to, uint64_t bytes) {
    reader.Add(from, to, bytes);
  });
  return reader.Finish();
}

}  // namespace ats::hdf5::reader
