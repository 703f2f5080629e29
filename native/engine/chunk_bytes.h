// The bytes of one chunk, decoded as far as they are asked for.
#ifndef ATS_ENGINE_CHUNK_BYTES_H_
#define ATS_ENGINE_CHUNK_BYTES_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "engine/blosc_frame.h"
#include "riegeli/bytes/reader.h"
#include "tensorstore/util/result.h"

namespace ats::engine {

/// How the chunks of an array are encoded.
struct ChunkCodec {
  using ReaderPtr = std::unique_ptr<riegeli::Reader>;

  /// Chunks are one Blosc buffer each; `decoders` is empty then.
  bool is_blosc = false;
  /// Readers of what was encoded, in the order of encoding.
  std::vector<std::function<tensorstore::Result<ReaderPtr>(riegeli::Reader&)>>
      decoders;
};

class ChunkBytes {
 public:
  /// The chunk of `size` bytes that `codec` stored as `stored`. kDataLoss or
  /// kInvalidArgument where it is none.
  static tensorstore::Result<ChunkBytes> Open(const ChunkCodec& codec,
                                              absl::Cord stored, size_t size);

  /// Where the bytes are, when they are stored as they are and in one piece;
  /// else null. A small chunk lies within this object, and moves with it.
  const char* in_place() const;

  /// Makes bytes [begin, end) of `decoded` those of the chunk: the same `size`
  /// bytes at each call, of which others may be overwritten. Errors as Open.
  absl::Status Decode(size_t begin, size_t end, char* decoded);

 private:
  ChunkBytes(const ChunkCodec& codec, absl::Cord stored, size_t size)
      : codec_(&codec), stored_(std::move(stored)), size_(size) {}

  absl::Status DecodeAll(char* decoded) const;

  const ChunkCodec* codec_;
  absl::Cord stored_;
  size_t size_;
  std::optional<BloscFrame> frame_;
  bool done_ = false;
};

}  // namespace ats::engine

#endif  // ATS_ENGINE_CHUNK_BYTES_H_
