#include "core/entries.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <limits>
#include <numeric>
#include <vector>

#include "core/dtype.h"

namespace ats::core {
namespace {

// A selected major position: where it is stored and where its values go.
struct Selected {
  int64_t major;
  Extent extent;
  int64_t place;
};

// Where major position `i` of `nnz` stored values lies.
Fault ExtentAt(const Indptr& indptr, int64_t nnz, int64_t i, Extent& extent) {
  return Compressed<int8_t>{
      indptr, {static_cast<const int8_t*>(nullptr), static_cast<size_t>(nnz)},
      nullptr, 0}
      .ExtentOf(i, extent);
}

// Collects runs: those of stored values from the front, copies aside.
class RunList {
 public:
  explicit RunList(const RunArrays& out) : out_(out) {}

  void Add(const Selected& selected) {
    const int64_t size = selected.extent.size();
    if (size == 0) return;
    if (counts_.stored > 0 && selected.major == last_.major) {
      copies_.push_back({selected.major, {last_.place, last_.place + size},
                         selected.place});
      return;
    }
    const bool neighbour = counts_.stored > 0 &&
                           last_.extent.end == selected.extent.begin &&
                           last_.place + last_.extent.size() == selected.place;
    if (neighbour) {
      out_.counts[counts_.stored - 1] += static_cast<double>(size);
    } else {
      Put(counts_.stored++, selected);
    }
    last_ = selected;
  }

  RunCounts Finish() {
    for (const Selected& copy : copies_)
      Put(counts_.stored + counts_.copies++, copy);
    return counts_;
  }

 private:
  void Put(int64_t at, const Selected& run) {
    out_.starts[at] = static_cast<double>(run.extent.begin);
    out_.counts[at] = static_cast<double>(run.extent.size());
    out_.places[at] = static_cast<double>(run.place);
  }

  const RunArrays& out_;
  RunCounts counts_;
  Selected last_{-1, {0, 0}, 0};
  std::vector<Selected> copies_;
};

template <typename Index, typename T>
class Keeper {
 public:
  Keeper(const EntryBlock& block, std::span<const int32_t> table,
         const KeptEntries& out)
      : indices_(reinterpret_cast<const Index*>(block.indices.values)),
        values_(reinterpret_cast<const T*>(block.values)),
        table_(table),
        out_(out),
        out_values_(reinterpret_cast<T*>(out.values)) {}

  // The values [begin, end) of the block, which are of one major position.
  Fault Keep(int64_t begin, int64_t end) {
    int64_t kept = kept_;
    for (int64_t k = begin; k < end; ++k) {
      const uint64_t index = static_cast<uint64_t>(indices_[k]);
      if (index >= table_.size()) return {FaultKind::kIndexRange, k};
      const int32_t place = table_[index];
      // Written in any case, counted where it is wanted: no branch to predict.
      out_.indices[kept] = place;
      out_values_[kept] = values_[k];
      kept += place >= 0;
    }
    kept_ = kept;
    return Ok();
  }

  int64_t kept() const { return kept_; }

 private:
  const Index* const indices_;
  const T* const values_;
  const std::span<const int32_t> table_;
  const KeptEntries& out_;
  T* const out_values_;
  int64_t kept_ = 0;
};

// The first major position that ends behind `offset`.
int64_t FirstMajor(const Indptr& starts, int64_t offset) {
  int64_t low = 0, high = starts.major();
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    if (starts[middle + 1] > offset) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

template <typename Index, typename T>
Fault KeepAs(const Indptr& starts, const EntryBlock& block,
             std::span<const int32_t> table, const KeptEntries& out,
             int64_t& kept) {
  Keeper<Index, T> keeper(block, table, out);
  const int64_t end = block.offset + block.indices.count;
  int64_t at = block.offset;
  for (int64_t i = FirstMajor(starts, at); i < starts.major() && at < end;
       ++i) {
    const int64_t before = keeper.kept();
    const int64_t stop = std::min(end, starts[i + 1]);
    if (stop < at) return {FaultKind::kIndptrOrder, i};
    if (const Fault fault = keeper.Keep(at - block.offset, stop - block.offset);
        !fault.ok())
      return fault;
    at = stop;
    const int64_t more = keeper.kept() - before;
    if (more == 0) continue;
    // Two blocks may share a major position, and run at the same time.
    const int64_t sum =
        std::atomic_ref(out.counts[i])
            .fetch_add(static_cast<int32_t>(more), std::memory_order_relaxed) +
        more;
    if (more > std::numeric_limits<int32_t>::max() ||
        sum > std::numeric_limits<int32_t>::max())
      return {FaultKind::kValueRange, i};
  }
  kept = keeper.kept();
  return at == end ? Ok() : Fault{FaultKind::kIndptrEnd, starts.major()};
}

}  // namespace

Fault FindRuns(const Indptr& indptr, int64_t nnz, const Axis& majors,
               const RunArrays& out, RunCounts& counts) {
  const int64_t count = majors.count();
  if (out.starts.size() < static_cast<size_t>(count) ||
      out.counts.size() < static_cast<size_t>(count) ||
      out.places.size() < static_cast<size_t>(count))
    return {FaultKind::kChanged, 0};
  std::vector<Selected> selected(count);
  int64_t place = 0;
  bool ascending = true;
  for (int64_t i = 0; i < count; ++i) {
    const int64_t major = majors[i];
    if (major < 0 || major >= indptr.major())
      return {FaultKind::kSelectionRange, i};
    selected[i] = {major, {}, place};
    if (const Fault fault = ExtentAt(indptr, nnz, major, selected[i].extent);
        !fault.ok())
      return {fault.kind, major};
    place += selected[i].extent.size();
    ascending &= i == 0 || selected[i - 1].major <= major;
  }
  if (!ascending) {
    std::sort(selected.begin(), selected.end(),
              [](const Selected& a, const Selected& b) {
                return a.major != b.major ? a.major < b.major
                                          : a.place < b.place;
              });
  }
  RunList runs(out);
  for (const Selected& one : selected) runs.Add(one);
  counts = runs.Finish();
  return Ok();
}

Fault CopyRuns(const std::byte* from, int64_t available, const RunArrays& runs,
               int item_size, std::byte* to, int64_t room) {
  const auto fits = [](double start, double count, int64_t length) {
    return start >= 0 && count >= 0 &&
           start + count <= static_cast<double>(length);
  };
  for (size_t i = 0; i < runs.starts.size(); ++i) {
    const double start = runs.starts[i], count = runs.counts[i],
                 place = runs.places[i];
    if (!fits(start, count, available) || !fits(place, count, room))
      return {FaultKind::kSelectionRange, static_cast<int64_t>(i)};
    std::memmove(to + static_cast<int64_t>(place) * item_size,
                 from + static_cast<int64_t>(start) * item_size,
                 static_cast<int64_t>(count) * item_size);
  }
  return Ok();
}

Fault KeepColumns(const Indptr& starts, const EntryBlock& block,
                  std::span<const int32_t> table, const KeptEntries& out,
                  int64_t& kept) {
  kept = 0;
  if (out.indices.size() < static_cast<size_t>(block.indices.count) ||
      static_cast<int64_t>(out.counts.size()) != starts.major())
    return {FaultKind::kChanged, 0};
  return VisitInteger(block.indices.dtype, [&](auto index) {
    return VisitItemSize(block.item_size, [&](auto type) {
      return KeepAs<decltype(index), decltype(type)>(starts, block, table, out,
                                                     kept);
    });
  });
}

}  // namespace ats::core
