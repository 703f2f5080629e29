// What a read takes of one chunk, and where it goes.
#ifndef ATS_ENGINE_SELECTED_PART_H_
#define ATS_ENGINE_SELECTED_PART_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "core/bound_check.h"
#include "engine/chunk_axis.h"
#include "engine/chunk_bytes.h"
#include "engine/string_layout.h"
#include "tensorstore/index.h"
#include "tensorstore/util/status.h"

namespace ats::engine {

// What a chunk gives: entries of each outer dimension and stretches of the
// inner one, whose neighbours are nearest in the chunk; all in bytes, but for
// the stretches' counts. Neighbours are `item` bytes apart in the chunk, and
// `out_step` in the target.
class SelectedPart {
 public:
  using Index = tensorstore::Index;
  using Entries = std::vector<ChunkAxis::Entry>;
  using Stretches = std::vector<ChunkAxis::Stretch>;

  SelectedPart(std::vector<Entries> outer, Stretches inner, Index item,
           Index out_step)
      : outer_(std::move(outer)),
        inner_(std::move(inner)),
        item_(item),
        out_step_(out_step) {
    low_ = inner_[0].in;
    for (const auto& stretch : inner_) {
      low_ = std::min(low_, stretch.in);
      high_ = std::max(high_, stretch.in + stretch.count * item);
    }
  }

  // Whether it is the whole chunk of `shape`, in the chunk's own order.
  bool IsWhole(const std::vector<Index>& shape) const {
    if (inner_.size() != 1) return false;
    Index elements = inner_[0].count;
    if (elements > 1 && out_step_ != item_) return false;
    for (const Entries& entries : outer_) {
      elements *= static_cast<Index>(entries.size());
      const Index shift = entries[0].out - entries[0].in;
      for (const auto& [out, in] : entries) {
        if (out - in != shift) return false;
      }
    }
    // As many as there are, and ascending: every one of them.
    return elements == CountOf(shape) &&
           std::all_of(outer_.begin(), outer_.end(), Ascends);
  }

  // Where the first element goes.
  Index FirstOut() const {
    Index out = inner_[0].out;
    for (const Entries& entries : outer_) out += entries[0].out;
    return out;
  }

  // Calls each(out, in) for every combination of the outer dimensions.
  template <typename Each>
  absl::Status ForEachRow(Each each) const {
    std::vector<size_t> at(outer_.size(), 0);
    for (;;) {
      Index out = 0, in = 0;
      for (size_t d = 0; d < at.size(); ++d) {
        out += outer_[d][at[d]].out;
        in += outer_[d][at[d]].in;
      }
      TENSORSTORE_RETURN_IF_ERROR(each(out, in));
      size_t d = at.size();
      while (d > 0 && ++at[d - 1] == outer_[d - 1].size()) at[--d] = 0;
      if (d == 0) return absl::OkStatus();
    }
  }

  // Decodes what the row that begins at `in` of `chunk` needs. Of many rows,
  // what lies between their stretches too: it is decoded with its neighbours.
  absl::Status DecodeRow(ChunkBytes& chunk, Index in, char* decoded) const {
    if (!outer_.empty()) return chunk.Decode(in + low_, in + high_, decoded);
    for (const auto& stretch : inner_) {
      TENSORSTORE_RETURN_IF_ERROR(chunk.Decode(
          stretch.in, stretch.in + stretch.count * item_, decoded));
    }
    return absl::OkStatus();
  }

  // Copies a row from the chunk `from`.
  void CopyRow(const char* from, char* to) const {
    switch (item_) {
      case 1:
        return CopyStretches<1>(from, to);
      case 2:
        return CopyStretches<2>(from, to);
      case 4:
        return CopyStretches<4>(from, to);
      case 8:
        return CopyStretches<8>(from, to);
      default:
        return CopyStretches<16>(from, to);
    }
  }

  // Gives the elements of a row the value `fill`.
  void FillRow(const std::string& fill, char* to) const {
    for (const auto& stretch : inner_) {
      for (Index i = 0; i < stretch.count; ++i) {
        std::memcpy(to + stretch.out + i * out_step_, fill.data(), item_);
      }
    }
  }

  // Has `check` look at the elements of a row, which are neighbours.
  void CheckRow(core::BoundCheck& check, const char* to) const {
    for (const auto& stretch : inner_) {
      check.Look(to + stretch.out, stretch.count * item_);
    }
  }

 private:
  static bool Ascends(const Entries& entries) {
    return std::is_sorted(
        entries.begin(), entries.end(),
        [](const auto& a, const auto& b) { return a.in <= b.in; });
  }

  template <size_t kItem>
  void CopyStretches(const char* from, char* to) const {
    for (const auto& [out, in, count] : inner_) {
      if (count > 1 && out_step_ == item_) {
        std::memcpy(to + out, from + in, count * kItem);
        continue;
      }
      for (Index i = 0; i < count; ++i) {
        std::memcpy(to + out + i * out_step_, from + in + i * item_, kItem);
      }
    }
  }

  std::vector<Entries> outer_;
  Stretches inner_;
  Index item_, out_step_;
  Index low_, high_ = 0;
};

}  // namespace ats::engine

#endif  // ATS_ENGINE_SELECTED_PART_H_
