// A reader of compressed data, for any codec.
#ifndef RIEGELI_CODEC_DECOMPRESSING_READER_H_
#define RIEGELI_CODEC_DECOMPRESSING_READER_H_

#include <stddef.h>

#include <memory>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/buffered_reader.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/codec/decoder.h"

namespace riegeli {

// Reads the decompressed bytes of one compressed stream, or of all that follow
// one another, from a reader of compressed bytes.
//
// The source is never read beyond the end of the compressed data: its position
// then tells what follows. A source that ends within a compressed stream is a
// failure (InvalidArgument, "Truncated ..."), as are corrupt bytes; a failure of
// the source becomes a failure of this reader. Messages name both positions.
class DecompressingReader : public BufferedReader {
 public:
  DecompressingReader(DecompressingReader&&) = delete;

  bool ToleratesReadingAhead() override;
  // Going back decodes again from the begin.
  bool SupportsRewind() override;

 protected:
  DecompressingReader(std::unique_ptr<Decoder> decoder, bool concatenate)
      : decoder_(std::move(decoder)), concatenate_(concatenate) {}

  // The reader of compressed bytes, which this one closes where it owns it.
  virtual Reader* SrcReader() const = 0;
  virtual bool OwnsSrc() const = 0;

  // Begins at the current position of the source. Called by constructors.
  void Initialize();

  size_t ReadInternal(size_t min_length, size_t max_length,
                      char* dest) override;
  void Done() override;
  void VerifyEndImpl() override;
  bool SeekSlow(Position new_pos) override;
  std::optional<Position> RemainingHintImpl() override;
  void SetReadAllHintImpl(bool read_all_hint) override;
  absl::Status AnnotateStatusImpl(absl::Status status) override;

 private:
  // At the begin, with room for `dest_size` bytes: asks the source to show all
  // that it has in one piece where that is less, since libraries decode much
  // faster in one go than in pieces.
  void GatherSrc(size_t dest_size);
  // Fails with both positions; the uncompressed one is where decoding stopped.
  void FailDecoding(absl::Status status);
  // After the source gave no more bytes where some were needed.
  void FailAtSrcEnd();
  absl::Status WithPositions(absl::Status status, Position uncompressed_pos);

  std::unique_ptr<Decoder> decoder_;
  bool concatenate_;
  bool stream_ended_ = false;
  Position src_begin_ = 0;
  // Position of the end that the stream states; empty until it is looked up.
  std::optional<std::optional<Position>> stated_end_;
};

}  // namespace riegeli

#endif  // RIEGELI_CODEC_DECOMPRESSING_READER_H_
