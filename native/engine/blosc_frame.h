// A Blosc buffer, decoded as far as it is asked for.
#ifndef ATS_ENGINE_BLOSC_FRAME_H_
#define ATS_ENGINE_BLOSC_FRAME_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "tensorstore/util/result.h"

namespace ats::engine {

/// Blosc compresses a buffer block by block, and in a block stream by stream.
/// Streams of LZ4 are decoded one by one, those of a shuffled block together;
/// anything else is one part to this class (c-blosc 1,
/// README_CHUNK_FORMAT.rst).
class BloscFrame {
 public:
  /// The buffer `stored`, which must live as long as the frame, of `size`
  /// decoded bytes. kDataLoss where it is none, or has another size.
  static tensorstore::Result<BloscFrame> Open(std::string_view stored,
                                              size_t size);

  /// Decodes what has not been of bytes [begin, end) to their places in
  /// `decoded`, the same `size` bytes at each call; others may be overwritten.
  /// kDataLoss for damage.
  absl::Status Decode(size_t begin, size_t end, char* decoded);

 private:
  // What is decoded at once.
  struct Part {
    // Where it begins, decoded and stored, and its streams of equal length.
    size_t begin;
    size_t offset;
    size_t streams;
    bool done;
  };

  // Finds the parts of a buffer of LZ4. False where they are not where they
  // should be.
  bool FindParts();
  absl::Status DecodePart(size_t index, char* decoded);
  // Decodes the streams of a part, `size` bytes together.
  absl::Status DecodeStreams(const Part& part, size_t size, char* to) const;

  std::string_view stored_;
  size_t size_ = 0;
  // In the order of their decoded bytes, which they make up.
  std::vector<Part> parts_;
  bool is_lz4_ = false;
  // Of an element whose bytes lie apart in a block; 0 where they do not.
  size_t shuffled_ = 0;
};

}  // namespace ats::engine

#endif  // ATS_ENGINE_BLOSC_FRAME_H_
