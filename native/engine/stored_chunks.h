// How an open array is stored, where its chunks can be read by themselves:
// past TensorStore's cache, which decodes each into memory of its own.
#ifndef ATS_ENGINE_STORED_CHUNKS_H_
#define ATS_ENGINE_STORED_CHUNKS_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/chunk_bytes.h"
#include "tensorstore/index.h"
#include "tensorstore/kvstore/driver.h"
#include "tensorstore/tensorstore.h"
#include "tensorstore/util/executor.h"
#include "tensorstore/util/span.h"

namespace ats::engine {

struct StoredChunks {
  using Cell = tensorstore::span<const tensorstore::Index>;

  /// Where the chunks at a cell of the grid of shards are; of the grid of
  /// chunks where there are no shards.
  std::function<tensorstore::kvstore::DriverPtr(Cell)> store;
  /// The key of a chunk there: by its cell in the shard, or in the array.
  std::function<std::string(Cell)> key;
  /// Whose threads decode.
  tensorstore::Executor executor;
  std::vector<tensorstore::Index> shape;
  /// Chunks of a shard along each dimension; 1 where there are no shards.
  std::vector<tensorstore::Index> per_shard;
  bool is_sharded = false;
  /// Steps between neighbours in a decoded chunk, in elements.
  std::vector<tensorstore::Index> strides;
  ChunkCodec codec;
  /// An element of chunks that are not stored.
  std::string fill;
};

/// How `store` is stored, if that is simple: Zarr version 2 or 3, of one field
/// of numbers in this machine's byte order; opened for reading
/// only, without a transaction and without a cache, so that nothing that was
/// written but not stored, or is kept, is passed over.
std::optional<StoredChunks> StoredChunksOf(
    const tensorstore::TensorStore<>& store);

}  // namespace ats::engine

#endif  // ATS_ENGINE_STORED_CHUNKS_H_
