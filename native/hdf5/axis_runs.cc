#include "hdf5/axis_runs.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace ats::hdf5::reader {
namespace {

absl::Status Outside(uint64_t extent) {
  return absl::InvalidArgumentError(
      absl::StrCat("A selection leaves its dimension of ", extent));
}

void SortBySource(std::vector<AxisRun>& runs) {
  const auto before = [](const AxisRun& a, const AxisRun& b) {
    return a.source < b.source;
  };
  if (!std::is_sorted(runs.begin(), runs.end(), before)) {
    std::stable_sort(runs.begin(), runs.end(), before);
  }
}

// Whole numbers that a double holds exactly.
bool IsCount(double value) {
  return value >= 0 && value <= 0x1p53 &&
         value == static_cast<double>(static_cast<uint64_t>(value));
}

}  // namespace

Result<AxisRuns> AxisRuns::Make(const core::Axis& axis, uint64_t extent) {
  AxisRuns result;
  const int64_t count = axis.count();
  result.targets_ = static_cast<uint64_t>(count);
  if (count == 0) return result;
  auto& runs = result.runs_;
  if (axis.IsContiguous()) {
    const int64_t first = axis[0];
    if (first < 0 || static_cast<uint64_t>(first) > extent ||
        result.targets_ > extent - static_cast<uint64_t>(first)) {
      return Outside(extent);
    }
    runs.push_back({static_cast<uint64_t>(first), 0, result.targets_});
    return result;
  }
  for (int64_t i = 0; i < count; ++i) {
    const int64_t position = axis[i];
    if (position < 0 || static_cast<uint64_t>(position) >= extent) {
      return Outside(extent);
    }
    const auto source = static_cast<uint64_t>(position);
    if (!runs.empty() && runs.back().source + runs.back().count == source) {
      ++runs.back().count;
    } else {
      runs.push_back({source, static_cast<uint64_t>(i), 1});
    }
  }
  SortBySource(runs);
  return result;
}

Result<AxisRuns> AxisRuns::Make(std::span<const double> starts,
                                std::span<const double> counts,
                                std::span<const double> places, uint64_t extent,
                                uint64_t targets) {
  AxisRuns result;
  result.targets_ = targets;
  if (counts.size() != starts.size() || places.size() != starts.size()) {
    return absl::InvalidArgumentError("Runs need a start, a count and a place");
  }
  for (size_t i = 0; i < starts.size(); ++i) {
    if (!IsCount(starts[i]) || !IsCount(counts[i]) || !IsCount(places[i])) {
      return Outside(extent);
    }
    const AxisRun run{static_cast<uint64_t>(starts[i]),
                      static_cast<uint64_t>(places[i]),
                      static_cast<uint64_t>(counts[i])};
    if (run.count > extent || run.source > extent - run.count ||
        run.count > targets || run.target > targets - run.count) {
      return Outside(extent);
    }
    if (run.count > 0) result.runs_.push_back(run);
  }
  SortBySource(result.runs_);
  return result;
}

void AxisRuns::Cut(uint64_t chunk) {
  chunk_ = chunk;
  std::vector<AxisRun> cut;
  cut.reserve(runs_.size());
  bool in_order = true;
  for (AxisRun run : runs_) {
    while (run.count > 0) {
      const uint64_t room = chunk - run.source % chunk;
      const uint64_t count = std::min(room, run.count);
      in_order &= cut.empty() || cut.back().source <= run.source;
      cut.push_back({run.source, run.target, count});
      run.source += count;
      run.target += count;
      run.count -= count;
    }
  }
  // Runs that overlap were cut across each other.
  if (!in_order) SortBySource(cut);
  runs_ = std::move(cut);
  for (size_t i = 0; i < runs_.size(); ++i) {
    if (i == 0 || runs_[i].source / chunk != runs_[i - 1].source / chunk) {
      starts_.push_back(i);
    }
  }
  if (!runs_.empty()) starts_.push_back(runs_.size());
}

}  // namespace ats::hdf5::reader
