#include "engine/string_column.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "core/parallel.h"

namespace ats::engine {

using core::TextChunk;
using ::tensorstore::Index;
using ::tensorstore::Result;

namespace {

// What an array of JavaScript can have.
constexpr Index kMaxStrings = (Index{1} << 32) - 2;

}  // namespace

Result<std::shared_ptr<StringColumn>> StringColumn::Make(
    std::vector<ChunkAxis> axes, StringLayout layout) {
  std::shared_ptr<StringColumn> column(
      new StringColumn(std::move(axes), std::move(layout)));
  Extents shape;
  for (const ChunkAxis& axis : column->axes_) shape.push_back(axis.count());
  const Index count = CountOf(shape);
  const absl::Status too_many = absl::ResourceExhaustedError(
      absl::StrCat("The selection has too many strings to read at once; select "
                   "fewer, or read in batches"));
  if (count < 0 || count > kMaxStrings) return too_many;
  column->count_ = count;
  column->out_strides_ = StridesOf(shape);
  column->lengths_.reset(static_cast<uint32_t*>(
      std::calloc(std::max<Index>(count, 1), sizeof(uint32_t))));
  if (column->lengths_ == nullptr) return too_many;
  return column;
}

template <typename Each>
void StringColumn::ForEach(const std::vector<Index>& pieces, Each each) const {
  const size_t rank = axes_.size();
  std::vector<std::vector<ChunkAxis::Entry>> entries;
  for (size_t d = 0; d < rank; ++d) {
    entries.push_back(axes_[d].Entries(pieces[d]));
    for (auto& [out, in] : entries.back()) {
      out *= out_strides_[d];
      in *= layout_.chunk_strides[d];
    }
  }
  if (rank == 0) return each(0, 0);
  std::vector<size_t> at(rank, 0);
  for (;;) {
    Index out = 0, in = 0;
    for (size_t d = 0; d + 1 < rank; ++d) {
      out += entries[d][at[d]].out;
      in += entries[d][at[d]].in;
    }
    for (const auto& entry : entries.back()) {
      each(out + entry.out, in + entry.in);
    }
    size_t d = rank - 1;
    while (d > 0 && ++at[d - 1] == entries[d - 1].size()) at[--d] = 0;
    if (d == 0) return;
  }
}

std::pair<StringColumn::Kept, Index> StringColumn::Take(
    std::vector<Index> pieces, TextChunk chunk, bool missing) {
  Kept kept{std::move(pieces), std::move(chunk), missing, false};
  Index selected = 0, bytes = 0;
  ForEach(kept.pieces, [&](Index out, Index in) {
    const uint32_t length =
        missing ? layout_.fill.size() : kept.chunk.spans[in].length;
    lengths_[out] = length;
    bytes += length;
    ++selected;
  });
  if (missing || 2 * selected >= layout_.chunk_count ||
      bytes > std::numeric_limits<uint32_t>::max()) {
    return {std::move(kept), bytes};
  }
  // Few of many: the rest of the chunk is let go.
  TextChunk few;
  few.buffer.reserve(bytes);
  few.spans.reserve(selected);
  ForEach(kept.pieces, [&](Index, Index in) {
    few.spans.push_back({static_cast<uint32_t>(few.buffer.size()),
                         kept.chunk.spans[in].length});
    few.buffer.append(kept.chunk[in]);
  });
  kept.chunk = std::move(few);
  kept.compact = true;
  return {std::move(kept), bytes};
}

void StringColumn::Add(std::pair<Kept, Index> kept) {
  byte_length_ += kept.second;
  if (kept.second > 0) kept_.push_back(std::move(kept.first));
}

template <typename Offset>
void StringColumn::Fill(Span<Offset> offsets, Span<char> bytes) const {
  offsets[0] = 0;
  for (Index i = 0; i < count_; ++i) {
    offsets[i + 1] = offsets[i] + static_cast<Offset>(lengths_[i]);
  }
  const int threads = core::ThreadsFor(count_ + byte_length_ / 8);
  core::ParallelRanges(kept_.size(), threads, [&](Index begin, Index end) {
    for (Index k = begin; k < end; ++k) {
      const Kept& kept = kept_[k];
      Index nth = 0;
      ForEach(kept.pieces, [&](Index out, Index in) {
        const std::string_view text =
            kept.missing ? std::string_view(layout_.fill)
                         : kept.chunk[kept.compact ? nth++ : in];
        if (!text.empty()) {
          std::memcpy(bytes.data() + offsets[out], text.data(), text.size());
        }
      });
    }
    return core::Ok();
  });
}

template void StringColumn::Fill<int32_t>(Span<int32_t>, Span<char>) const;
template void StringColumn::Fill<int64_t>(Span<int64_t>, Span<char>) const;

}  // namespace ats::engine
