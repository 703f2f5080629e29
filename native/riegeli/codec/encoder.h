// What a compression library does for a writer.
#ifndef RIEGELI_CODEC_ENCODER_H_
#define RIEGELI_CODEC_ENCODER_H_

#include <stddef.h>
#include <stdint.h>

#include <string_view>

#include "absl/status/status.h"

namespace riegeli {

// Encodes one compressed stream, in pieces.
class Encoder {
 public:
  struct Step {
    size_t consumed = 0;
    size_t produced = 0;
    // After an `Encode` with `finish`: the compressed stream is complete.
    bool stream_end = false;
    // InvalidArgument for a parameter that the library refuses or a size that
    // was promised and not kept; ResourceExhausted for lack of memory.
    absl::Status status;
  };

  virtual ~Encoder() = default;

  // Prepares for writing. OK, InvalidArgument or ResourceExhausted.
  virtual absl::Status Start() = 0;

  // Encodes some of `src` to [dest, dest + dest_size), dest_size > 0. `finish`
  // says that nothing follows `src`, and stays set from then on; `src` then is
  // always what is left of the same memory.
  virtual Step Encode(std::string_view src, bool finish, char* dest,
                      size_t dest_size) = 0;

  // Whether `Encode` should be told to finish together with the bytes that
  // bring the total number of bytes to `size`.
  virtual bool EndsAt(uint64_t /*size*/) const { return false; }
};

}  // namespace riegeli

#endif  // RIEGELI_CODEC_ENCODER_H_
