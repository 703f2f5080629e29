// The bytes → bytes codecs of a chunk, decoded within a limit. TensorStore's
// own classes do the work; what is ours is that no codec decides how much
// memory it takes.
#ifndef ATS_ENGINE_STRING_CODECS_H_
#define ATS_ENGINE_STRING_CODECS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/cord.h"
#include <nlohmann/json.hpp>
#include "riegeli/bytes/reader.h"
#include "riegeli/bytes/writer.h"
#include "tensorstore/util/result.h"

namespace ats::engine {

class ByteCodecs {
 public:
  /// `{zarrFormat: 2, compressor}` or `{zarrFormat: 3, codecs}`. `item_bytes`
  /// is the size of an element where they have one size, else 0; blosc shuffles
  /// by it. Fails with kUnimplemented for a codec that this build does not have.
  static tensorstore::Result<ByteCodecs> Parse(const nlohmann::json& json,
                                               int64_t item_bytes);

  /// The decoded bytes. kDataLoss where they cannot be decoded,
  /// kResourceExhausted where any codec gives more than `limit` bytes, or more
  /// than 64 MiB out of so few that no codec makes them honestly.
  tensorstore::Result<std::string> Decode(const absl::Cord& stored,
                                          int64_t limit) const;

  /// The bytes to store.
  tensorstore::Result<absl::Cord> Encode(std::string decoded) const;

 private:
  using ReaderPtr = std::unique_ptr<riegeli::Reader>;
  using WriterPtr = std::unique_ptr<riegeli::Writer>;

  // One codec, of either version of Zarr. Both hold what they need.
  struct Step {
    std::function<tensorstore::Result<ReaderPtr>(riegeli::Reader&)> reader;
    std::function<tensorstore::Result<WriterPtr>(riegeli::Writer&)> writer;
  };

  // In the order of encoding.
  std::vector<Step> steps_;
};

}  // namespace ats::engine

#endif  // ATS_ENGINE_STRING_CODECS_H_
