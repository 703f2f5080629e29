#include "engine/chunk_axis.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace ats::engine {

using ::tensorstore::Index;
using ::tensorstore::Result;

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
  ChunkAxis axis(std::move(selection), extent, chunk);
  if (axis.count_ > 0 && axis.pieces_.count() > kMaxPieces) {
    return absl::ResourceExhaustedError(
        absl::StrCat("A selection touches ", axis.pieces_.count(),
                     " chunks along one dimension; select less"));
  }
  if (axis.count_ == 0 || stored == chunk) return axis;
  const Index chunks_per_group = stored / chunk;
  for (Index piece = 0; piece < axis.pieces_.count(); ++piece) {
    auto& groups = axis.groups_;
    if (groups.empty() || axis.Cell(groups.back().begin) / chunks_per_group !=
                              axis.Cell(piece) / chunks_per_group) {
      groups.push_back({piece, piece});
    }
    groups.back().end = piece + 1;
  }
  return axis;
}

Index ChunkAxis::StoredAt(Index out) const {
  return positions_.empty() ? range_.start + out * range_.step
                            : positions_[out];
}

Index ChunkAxis::FirstOut(Index piece) const {
  const DimensionSelection selected = pieces_.Select(piece, piece + 1);
  return selected.kind == Kind::kInterval ? selected.start
                                          : selected.indices.data()[0];
}

std::vector<ChunkAxis::Entry> ChunkAxis::Entries(Index piece) const {
  const DimensionSelection selected = pieces_.Select(piece, piece + 1);
  std::vector<Entry> entries;
  const auto add = [&](Index out) {
    entries.push_back({out, StoredAt(out) % chunk_});
  };
  if (selected.kind == Kind::kInterval) {
    entries.reserve(selected.stop - selected.start);
    for (Index out = selected.start; out < selected.stop; ++out) add(out);
  } else {
    const Index count = selected.indices.num_elements();
    entries.reserve(count);
    for (Index i = 0; i < count; ++i) add(selected.indices.data()[i]);
  }
  return entries;
}

}  // namespace ats::engine
