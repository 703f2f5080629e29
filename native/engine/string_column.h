// Strings that have been read: chunk by chunk as they were decoded, until the
// caller has memory for all of them in one column.
#ifndef ATS_ENGINE_STRING_COLUMN_H_
#define ATS_ENGINE_STRING_COLUMN_H_

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/utf8_chunk.h"
#include "engine/chunk_axis.h"
#include "engine/string_layout.h"
#include "tensorstore/index.h"
#include "tensorstore/util/span.h"

namespace ats::engine {

class StringColumn {
 public:
  using Index = tensorstore::Index;
  template <typename T>
  using Span = tensorstore::span<T>;

  /// Nothing read yet of the product of `axes`. Fails with kResourceExhausted
  /// where so many strings have no room.
  static tensorstore::Result<std::shared_ptr<StringColumn>> Make(
      std::vector<ChunkAxis> axes, StringLayout layout);

  const StringLayout& layout() const { return layout_; }
  const std::vector<ChunkAxis>& axes() const { return axes_; }
  Index count() const { return count_; }
  Index byte_length() const { return byte_length_; }

  /// Takes what the pieces (one of each axis) select of their chunk, and gives
  /// how many bytes that are. Different chunks may be taken at a time; `chunk`
  /// is empty where it is not stored and has the fill value.
  struct Kept {
    std::vector<Index> pieces;
    core::TextChunk chunk;
    bool missing = false;
    // The chunk holds the selected strings alone, in their order.
    bool compact = false;
  };
  std::pair<Kept, Index> Take(std::vector<Index> pieces, core::TextChunk chunk,
                              bool missing);

  /// Adds what Take gave. One thread at a time.
  void Add(std::pair<Kept, Index> kept);

  /// Fills `count() + 1` offsets and `byte_length()` bytes.
  template <typename Offset>
  void Fill(Span<Offset> offsets, Span<char> bytes) const;

 private:
  struct Free {
    void operator()(uint32_t* memory) const { std::free(memory); }
  };

  // Calls `each(out, in)` for every string that the pieces select: its place in
  // the result, and in the chunk as it is stored.
  template <typename Each>
  void ForEach(const std::vector<Index>& pieces, Each each) const;

  StringColumn(std::vector<ChunkAxis> axes, StringLayout layout)
      : axes_(std::move(axes)), layout_(std::move(layout)) {}

  const std::vector<ChunkAxis> axes_;
  const StringLayout layout_;
  Extents out_strides_;
  Index count_ = 0;
  Index byte_length_ = 0;
  // Of every string of the result. Zeroed by the system, so that what is
  // missing takes no memory.
  std::unique_ptr<uint32_t[], Free> lengths_;
  std::vector<Kept> kept_;
};

}  // namespace ats::engine

#endif  // ATS_ENGINE_STRING_COLUMN_H_
