#include "engine/stored_chunks.h"

#include <algorithm>
#include <utility>

#include "engine/string_layout.h"
#include "tensorstore/driver/kvs_backed_chunk_driver.h"
#include "tensorstore/driver/zarr/driver_impl.h"
#include "tensorstore/driver/zarr3/chunk_cache.h"
#include "tensorstore/internal/cache/kvs_backed_chunk_cache.h"
#include "tensorstore/internal/compression/blosc_compressor.h"
#include "tensorstore/open_mode.h"
#include "tensorstore/util/endian.h"

namespace ats::engine {

using ::tensorstore::DimensionIndex;
using ::tensorstore::Index;
using ::tensorstore::span;
using ::tensorstore::internal::ChunkGridSpecification;
using ::tensorstore::internal::KvsBackedChunkCache;
using ::tensorstore::internal_kvs_backed_chunk_driver::DataCacheBase;
using ::tensorstore::internal_kvs_backed_chunk_driver::KvsMetadataDriverBase;
namespace zarr2 = ::tensorstore::internal_zarr;
namespace zarr3 = ::tensorstore::internal_zarr3;

namespace {

bool IsNative(tensorstore::endian endian, tensorstore::DataType dtype) {
  return endian == tensorstore::endian::native || dtype.size() == 1;
}

// One array of numbers, whose dimensions are those of the chunks.
bool IsPlain(const ChunkGridSpecification& grid) {
  if (grid.components.size() != 1) return false;
  const auto& component = grid.components[0];
  const auto rank = static_cast<DimensionIndex>(grid.chunk_shape.size());
  if (component.rank() != rank) return false;
  const auto& dimensions = component.chunked_to_cell_dimensions;
  for (DimensionIndex d = 0; d < rank; ++d) {
    if (dimensions[d] != d) return false;
  }
  return grid.components[0].dtype() != tensorstore::dtype_v<std::string>;
}

// The bytes of the element that fills what is not stored; nothing where there
// are several such elements.
std::optional<std::string> FillOf(const ChunkGridSpecification& grid) {
  const auto& fill = grid.components[0].array_spec.overall_fill_value;
  const auto strides = fill.byte_strides();
  if (std::any_of(strides.begin(), strides.end(),
                  [](Index stride) { return stride != 0; })) {
    return std::nullopt;
  }
  return std::string(static_cast<const char*>(fill.data()),
                     fill.dtype().size());
}

ChunkCodec CodecOf(const zarr2::ZarrMetadata& metadata) {
  ChunkCodec codec;
  if (!metadata.compressor) return codec;
  codec.is_blosc =
      dynamic_cast<const tensorstore::internal::BloscCompressor*>(
          metadata.compressor.get()) != nullptr;
  if (codec.is_blosc) return codec;
  codec.decoders.push_back(
      [compressor = metadata.compressor,
       bytes = metadata.dtype.bytes_per_outer_element](riegeli::Reader& base)
          -> tensorstore::Result<ChunkCodec::ReaderPtr> {
        return compressor->GetReader(base, bytes);
      });
  return codec;
}

ChunkCodec CodecOf(const zarr3::ZarrCodecChain::PreparedState& chain) {
  ChunkCodec codec;
  for (const auto& state : chain.bytes_to_bytes) {
    codec.decoders.push_back([state](riegeli::Reader& base) {
      return state->GetDecodeReader(base);
    });
  }
  return codec;
}

// What all of version 3 need.
bool IsSimple(const zarr3::ZarrCodecChain::PreparedState& chain,
              const zarr3::ZarrDType& dtype, const std::vector<Index>& fields,
              tensorstore::endian endian) {
  return fields.empty() && dtype.fields.size() == 1 &&
         chain.array_to_array.empty() &&
         IsNative(endian, dtype.fields[0].dtype);
}

// Chunks that are stored by themselves.
void StoreAlone(const tensorstore::internal::ReadWritePtr<
                    tensorstore::internal::Driver>& driver,
                KvsBackedChunkCache& cache, StoredChunks& chunks) {
  chunks.shape.assign(cache.grid().chunk_shape.begin(),
                      cache.grid().chunk_shape.end());
  chunks.per_shard.assign(chunks.shape.size(), 1);
  chunks.strides = StridesOf(chunks.shape);
  chunks.store = [store = tensorstore::kvstore::DriverPtr(
                      cache.kvstore_driver())](StoredChunks::Cell) {
    return store;
  };
  // The driver keeps the cache.
  chunks.key = [driver, &cache](StoredChunks::Cell cell) {
    return cache.GetChunkStorageKey(cell);
  };
}

// What the version of Zarr decides on. False where it is not simple.
bool Describe(zarr2::DataCache& cache, StoredChunks& chunks) {
  const zarr2::ZarrMetadata& metadata = cache.metadata();
  const auto& fields = metadata.dtype.fields;
  if (fields.size() != 1 || !fields[0].field_shape.empty() ||
      !IsNative(fields[0].endian, fields[0].dtype)) {
    return false;
  }
  if (metadata.order == tensorstore::fortran_order) {
    const std::vector<Index> reversed(chunks.shape.rbegin(),
                                      chunks.shape.rend());
    chunks.strides = StridesOf(reversed);
    std::reverse(chunks.strides.begin(), chunks.strides.end());
  }
  chunks.codec = CodecOf(metadata);
  return true;
}

bool Describe(zarr3::ZarrLeafChunkCache& cache, StoredChunks& chunks) {
  const auto& chain = *cache.codec_state_;
  chunks.codec = CodecOf(chain);
  return IsSimple(chain, cache.zarr_dtype_, cache.field_shape_,
                  cache.codec_endian_);
}

bool DescribeShards(const tensorstore::internal::ReadWritePtr<
                        tensorstore::internal::Driver>& driver,
                    zarr3::ZarrShardedChunkCache& cache,
                    StoredChunks& chunks) {
  const auto& sharding = cache.sharding_codec_state();
  const auto& inner = *sharding.sub_chunk_codec_state;
  if (sharding.sub_chunk_codec_chain->is_sharding_chain() ||
      !inner.array_to_array.empty() ||
      !IsSimple(*cache.codec_state_, cache.zarr_dtype_, cache.field_shape_,
                cache.codec_endian_)) {
    return false;
  }
  const auto& shape = sharding.sub_chunk_grid->chunk_shape;
  chunks.shape.assign(shape.begin(), shape.end());
  for (size_t d = 0; d < shape.size(); ++d) {
    chunks.per_shard.push_back(cache.grid().chunk_shape[d] / shape[d]);
  }
  chunks.is_sharded = true;
  chunks.strides = StridesOf(chunks.shape);
  chunks.codec = CodecOf(inner);
  // The driver keeps the cache.
  chunks.store = [driver, &cache, &sharding](StoredChunks::Cell shard) {
    return sharding.GetSubChunkKvstore(
        cache.base_kvstore_, cache.GetChunkStorageKeyParser().FormatKey(shard),
        cache.executor(), /*cache_pool=*/{});
  };
  chunks.key = [driver, &sharding](StoredChunks::Cell cell) {
    return sharding.GetSubChunkStorageKeyParser().FormatKey(cell);
  };
  return true;
}

// Whether TensorStore keeps chunks of the array.
bool Keeps(const tensorstore::internal::CachePool* pool) {
  return pool != nullptr && pool->limits().total_bytes_limit > 0;
}

}  // namespace

std::optional<StoredChunks> StoredChunksOf(
    const tensorstore::TensorStore<>& store) {
  const auto& handle = tensorstore::internal::TensorStoreAccess::handle(store);
  if (store.read_write_mode() != tensorstore::ReadWriteMode::read ||
      handle.transaction != tensorstore::no_transaction) {
    return std::nullopt;
  }
  const auto* driver =
      dynamic_cast<const KvsMetadataDriverBase*>(handle.driver.get().get());
  if (driver == nullptr || !driver->fill_missing_data_reads()) {
    return std::nullopt;
  }
  DataCacheBase& data = *driver->cache();
  StoredChunks chunks;
  const ChunkGridSpecification* grid = nullptr;
  bool simple = false;
  if (auto* shards = dynamic_cast<zarr3::ZarrShardedChunkCache*>(&data)) {
    grid = &shards->grid();
    simple = IsPlain(*grid) && !Keeps(shards->data_cache_pool_.get()) &&
             DescribeShards(handle.driver, *shards, chunks);
  } else if (auto* cache = dynamic_cast<KvsBackedChunkCache*>(&data)) {
    grid = &cache->grid();
    if (!IsPlain(*grid) || Keeps(cache->pool())) return std::nullopt;
    StoreAlone(handle.driver, *cache, chunks);
    auto* v2 = dynamic_cast<zarr2::DataCache*>(&data);
    auto* v3 = dynamic_cast<zarr3::ZarrLeafChunkCache*>(&data);
    simple = v2 != nullptr   ? Describe(*v2, chunks)
             : v3 != nullptr ? Describe(*v3, chunks)
                             : false;
  }
  if (!simple) return std::nullopt;
  auto fill = FillOf(*grid);
  if (!fill) return std::nullopt;
  chunks.fill = *std::move(fill);
  chunks.executor = data.executor();
  return chunks;
}

}  // namespace ats::engine
