// How an array of strings lies in a key-value store: parsed from the JSON that
// src/kernels/string-layout.ts makes of checked Zarr metadata.
#ifndef ATS_ENGINE_STRING_LAYOUT_H_
#define ATS_ENGINE_STRING_LAYOUT_H_

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/utf8_chunk.h"
#include "engine/string_codecs.h"
#include "tensorstore/index.h"
#include "tensorstore/kvstore/zarr3_sharding_indexed/shard_format.h"
#include "tensorstore/util/result.h"
#include "tensorstore/util/span.h"

namespace ats::engine {

using Extents = std::vector<tensorstore::Index>;

/// The number of elements of `shape`; -1 where it overflows.
tensorstore::Index CountOf(tensorstore::span<const tensorstore::Index> shape);

/// Steps between neighbours along each dimension of a C-order array.
Extents StridesOf(tensorstore::span<const tensorstore::Index> shape);

/// Zarr version 3's `sharding_indexed` around the chunks.
struct StringShards {
  Extents shape;
  /// Chunks per shard along each dimension.
  Extents grid;
  tensorstore::zarr3_sharding_indexed::ShardIndexParameters index;
};

struct StringLayout {
  /// What errors name.
  std::string path;
  Extents shape;
  /// What one decode gives: the inner chunks of shards.
  Extents chunks;
  std::optional<StringShards> shards;
  core::TextFormat text;
  ByteCodecs codecs;
  std::string fill;
  /// The number of strings of a chunk.
  tensorstore::Index chunk_count = 0;
  /// Where a chunk's string at a position of dimension d is stored: steps.
  Extents chunk_strides;

  /// Fails with kInvalidArgument where `json` is no layout, kUnimplemented for
  /// a codec that this build does not have.
  static tensorstore::Result<StringLayout> Parse(const nlohmann::json& json);

  /// The key of the stored chunk (a shard where there are shards) at a cell of
  /// its grid.
  std::string Key(tensorstore::span<const tensorstore::Index> cell) const;

  /// What is stored under one key, in elements.
  const Extents& stored() const { return shards ? shards->shape : chunks; }

 private:
  bool prefixed_ = false;
  char separator_ = '.';
};

/// A list of whole numbers from 0 on, such as a shape. kInvalidArgument
/// otherwise.
tensorstore::Result<Extents> ExtentsOf(const nlohmann::json& json,
                                       const char* member);

}  // namespace ats::engine

#endif  // ATS_ENGINE_STRING_LAYOUT_H_
