// What a decompression library does for a reader.
#ifndef RIEGELI_CODEC_DECODER_H_
#define RIEGELI_CODEC_DECODER_H_

#include <stddef.h>

#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "riegeli/base/types.h"

namespace riegeli {

// Decodes one compressed stream at a time, in pieces.
class Decoder {
 public:
  struct Step {
    size_t consumed = 0;
    size_t produced = 0;
    // The compressed stream is complete, its checksum verified; it ends after
    // the consumed bytes.
    bool stream_end = false;
    // InvalidArgument for corrupt data; ResourceExhausted where decoding would
    // take too much memory.
    absl::Status status;
  };

  virtual ~Decoder() = default;

  // The name of the format, for messages.
  virtual std::string_view name() const = 0;

  // Prepares for the begin of a compressed stream. OK, or ResourceExhausted.
  virtual absl::Status Start() = 0;

  // Decodes some of `src` to [dest, dest + dest_size), dest_size > 0. May do
  // less than the sizes allow. `src_ended` says that nothing follows `src`.
  virtual Step Decode(std::string_view src, bool src_ended, char* dest,
                      size_t dest_size) = 0;

  // The decoded size that a stream states, if it does. `src` begins with the
  // stream and has HeadSize() bytes or more, or else is all that there is, as it
  // is where `src_ended`. May be wrong, as anything in a source may be.
  virtual size_t HeadSize() const { return 1; }
  virtual std::optional<Position> StatedSize(std::string_view /*src*/,
                                             bool /*src_ended*/) const {
    return std::nullopt;
  }
};

}  // namespace riegeli

#endif  // RIEGELI_CODEC_DECODER_H_
