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
/// Streams of LZ4 that are not shuffled are decoded one by one; anything else
/// is one stream to this class (c-blosc 1, README_CHUNK_FORMAT.rst).
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
  struct Stream {
    // Where it begins, decoded and stored.
    size_t begin;
    size_t offset;
    size_t stored_size;
    bool done;
  };

  // Finds the streams of LZ4 that are not shuffled. False where they are not
  // where they should be.
  bool FindStreams();
  absl::Status DecodeStream(size_t index, char* decoded);

  std::string_view stored_;
  size_t size_ = 0;
  // In the order of their decoded bytes, which they make up.
  std::vector<Stream> streams_;
  bool is_lz4_ = false;
};

}  // namespace ats::engine

#endif  // ATS_ENGINE_BLOSC_FRAME_H_
