// Writes a block of whole chunks of an array of strings.
#ifndef ATS_ENGINE_STRING_ARRAY_WRITE_H_
#define ATS_ENGINE_STRING_ARRAY_WRITE_H_

#include <cstdint>
#include <memory>
#include <variant>

#include "engine/string_layout.h"
#include "tensorstore/context.h"
#include "tensorstore/kvstore/kvstore.h"
#include "tensorstore/util/future.h"
#include "tensorstore/util/span.h"

namespace ats::engine {

/// Strings in Arrow's layout. `memory` keeps the spans alive.
struct StringBlock {
  std::variant<tensorstore::span<const int32_t>,
               tensorstore::span<const int64_t>>
      offsets;
  tensorstore::span<const char> bytes;
  std::shared_ptr<const void> memory;
};

struct StringWriteRequest {
  /// At the array's own directory.
  tensorstore::KvStore store;
  /// Whose threads encode.
  tensorstore::Context context;
  StringLayout layout;
  /// Where the block starts, on the grid of what is stored under one key.
  Extents origin = {};
  /// Ends on that grid, or where the array ends.
  Extents shape = {};
  /// In C order.
  StringBlock block = {};
};

/// Encodes and writes every chunk (or shard) of the block once, several at a
/// time; ready when the store has committed them. Dropping the future stops it
/// after those that are under way. Fails with kInvalidArgument for a block that
/// is not on the grid, offsets that leave the bytes, text that is not UTF-8 or
/// too long for its fixed length; and as the store fails.
tensorstore::Future<void> WriteStrings(StringWriteRequest request);

}  // namespace ats::engine

#endif  // ATS_ENGINE_STRING_ARRAY_WRITE_H_
