#include "engine/chunk_axis.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace ats::engine {

using ::tensorstore::Index;
using ::tensorstore::Result;
using ::tensorstore::span;

namespace {

using Kind = DimensionSelection::Kind;

// Of one dimension; opening so many files takes minutes.
constexpr Index kMaxPieces = Index{1} << 24;

bool IsWithin(const AxisRange& range, Index extent) {
  if (range.count == 0) return true;
  const auto inside = [extent](Index at) { return at >= 0 && at < extent; };
  if (range.step == 0 || !inside(range.start)) return false;
  const Index room =
      range.step > 0 ? extent - 1 - range.start : range.start;
  return range.count - 1 <= room / std::abs(range.step);
}

bool IsWithin(const std::vector<Index>& positions, Index extent) {
  return std::all_of(positions.begin(), positions.end(), [extent](Index at) {
    return at >= 0 && at < extent;
  });
}

}  // namespace

ChunkAxis::ChunkAxis(AxisSelection selection, Index extent, Index chunk)
    : chunk_(chunk) {
  if (auto* positions = std::get_if<std::vector<Index>>(&selection)) {
    positions_ = std::move(*positions);
    count_ = positions_.size();
    pieces_ = AxisPieces::Scattered(positions_, chunk);
    return;
  }
  const auto* range = std::get_if<AxisRange>(&selection);
  range_ = range != nullptr ? *range : AxisRange{0, 1, extent};
  count_ = range_.count;
  pieces_ = AxisPieces::Regular(count_, range_.start, range_.step, chunk);
}

Result<ChunkAxis> ChunkAxis::Make(AxisSelection selection, Index extent,
                                    Index chunk, Index stored) {
  const auto* range = std::get_if<AxisRange>(&selection);
  const auto* positions = std::get_if<std::vector<Index>>(&selection);
  if ((range != nullptr && !IsWithin(*range, extent)) ||
      (positions != nullptr && !IsWithin(*positions, extent))) {
    return absl::InvalidArgumentError(
        absl::StrCat("A selection leaves a dimension of ", extent));
  }
  return ChunkAxis(std::move(selection), extent, chunk).Grouped(stored);
}

Result<ChunkAxis> ChunkAxis::OfRuns(span<const Run> runs, Index chunk,
                                    Index stored) {
  ChunkAxis axis(chunk);
  Index last_cell = -1;
  for (auto [start, count, place] : runs) {
    axis.count_ += count;
    while (count > 0) {
      const Index cell = start / chunk;
      const Index taken = std::min(count, (cell + 1) * chunk - start);
      if (cell != last_cell) axis.cut_begin_.push_back(axis.cut_.size());
      last_cell = cell;
      axis.cut_.push_back({place, start, taken});
      start += taken;
      place += taken;
      count -= taken;
    }
  }
  return std::move(axis).Grouped(stored);
}

Result<ChunkAxis> ChunkAxis::Grouped(Index stored) && {
  const Index pieces = piece_count();
  if (pieces > kMaxPieces) {
    return absl::ResourceExhaustedError(
        absl::StrCat("A selection touches ", pieces,
                     " chunks along one dimension; select less"));
  }
  if (stored == chunk_) return std::move(*this);
  const Index chunks_per_group = stored / chunk_;
  Index last_group = -1;
  for (Index piece = 0; piece < pieces; ++piece) {
    const Index group = Cell(piece) / chunks_per_group;
    if (group != last_group) groups_.push_back({piece, piece});
    last_group = group;
    groups_.back().end = piece + 1;
  }
  return std::move(*this);
}

Index ChunkAxis::piece_count() const {
  if (count_ == 0) return 0;
  return cut_.empty() ? pieces_.count() : cut_begin_.size();
}

Index ChunkAxis::StoredAt(Index out) const {
  return positions_.empty() ? range_.start + out * range_.step
                            : positions_[out];
}

Index ChunkAxis::FirstStored(Index piece) const {
  if (!cut_.empty()) return cut_[cut_begin_[piece]].in;
  const DimensionSelection selected = pieces_.Select(piece, piece + 1);
  return StoredAt(selected.kind == Kind::kInterval
                      ? selected.start
                      : selected.indices.data()[0]);
}

std::vector<ChunkAxis::Stretch> ChunkAxis::Stretches(Index piece) const {
  std::vector<Stretch> stretches;
  const auto add = [&](Index out, Index in, Index count) {
    in %= chunk_;
    if (!stretches.empty()) {
      Stretch& last = stretches.back();
      if (out == last.out + last.count && in == last.in + last.count) {
        last.count += count;
        return;
      }
    }
    stretches.push_back({out, in, count});
  };
  if (!cut_.empty()) {
    const size_t next = piece + 1;
    const size_t end =
        next < cut_begin_.size() ? cut_begin_[next] : cut_.size();
    for (size_t i = cut_begin_[piece]; i < end; ++i) {
      add(cut_[i].out, cut_[i].in, cut_[i].count);
    }
    return stretches;
  }
  const DimensionSelection selected = pieces_.Select(piece, piece + 1);
  if (selected.kind == Kind::kInterval && positions_.empty() &&
      range_.step == 1) {
    add(selected.start, StoredAt(selected.start),
        selected.stop - selected.start);
  } else if (selected.kind == Kind::kInterval) {
    for (Index out = selected.start; out < selected.stop; ++out) {
      add(out, StoredAt(out), 1);
    }
  } else {
    const Index count = selected.indices.num_elements();
    for (Index i = 0; i < count; ++i) {
      const Index out = selected.indices.data()[i];
      add(out, StoredAt(out), 1);
    }
  }
  return stretches;
}

std::vector<ChunkAxis::Entry> ChunkAxis::Entries(Index piece) const {
  std::vector<Entry> entries;
  for (const auto& [out, in, count] : Stretches(piece)) {
    for (Index i = 0; i < count; ++i) entries.push_back({out + i, in + i});
  }
  return entries;
}

}  // namespace ats::engine
