// Reads a selection of an array of strings: TensorStore's key-value stores and
// codecs, our own decoding of the text.
#ifndef ATS_ENGINE_STRING_ARRAY_READ_H_
#define ATS_ENGINE_STRING_ARRAY_READ_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/chunk_axis.h"
#include "engine/string_column.h"
#include "engine/string_layout.h"
#include "tensorstore/context.h"
#include "tensorstore/kvstore/kvstore.h"
#include "tensorstore/util/future.h"
#include "tensorstore/util/result.h"

namespace ats::engine {

/// What untrusted chunks may make a read allocate, in bytes.
struct StringLimits {
  int64_t max_chunk_bytes;
  int64_t max_read_bytes;
};

struct StringReadRequest {
  /// At the array's own directory.
  tensorstore::KvStore store;
  /// Whose threads decode.
  tensorstore::Context context;
  StringLayout layout;
  /// One per dimension.
  std::vector<AxisSelection> selection;
  /// A chunk that is not stored is an error.
  bool missing_is_corrupt = false;
  StringLimits limits;
};

/// Fetches and decodes every touched chunk once, several at a time; dropping
/// the future stops it. Fails, naming the chunk, with kDataLoss for bytes that
/// are no chunk, kResourceExhausted for a limit, and as the store fails.
tensorstore::Future<std::shared_ptr<const StringColumn>> ReadStrings(
    StringReadRequest request);

}  // namespace ats::engine

#endif  // ATS_ENGINE_STRING_ARRAY_READ_H_
