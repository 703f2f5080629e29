#include "engine/string_layout.h"

#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tensorstore/internal/integer_overflow.h"
#include "tensorstore/internal/json_binding/json_binding.h"
#include "tensorstore/rank.h"
#include "tensorstore/util/status.h"

namespace ats::engine {

using ::nlohmann::json;
using ::tensorstore::Index;
using ::tensorstore::Result;
using ::tensorstore::span;
using ::tensorstore::internal_zarr3::ZarrCodecChainSpec;

namespace {

absl::Status Refuse(std::string_view member) {
  return absl::InvalidArgumentError(
      absl::StrCat("The layout of a string array has no valid ", member));
}

const json& Member(const json& object, const char* name) {
  static const json absent;
  const auto found = object.find(name);
  return found == object.end() ? absent : *found;
}

Result<std::string> TextOf(const json& object, const char* name) {
  const json& value = Member(object, name);
  if (!value.is_string()) return Refuse(name);
  return value.get<std::string>();
}

Result<core::TextFormat> FormatOf(const json& object) {
  using Kind = core::TextFormat::Kind;
  TENSORSTORE_ASSIGN_OR_RETURN(auto kind, TextOf(object, "kind"));
  core::TextFormat format;
  if (kind == "vlen-utf8" || kind == "vlen-bytes") return format;
  if (kind != "utf32" && kind != "bytes") return Refuse("kind of text");
  const json& length = Member(object, "length");
  if (!length.is_number_unsigned() || length.get<uint64_t>() > (1u << 30)) {
    return Refuse("length of text");
  }
  format.length = length.get<int64_t>();
  format.kind = kind == "bytes" ? Kind::kBytes : Kind::kUtf32;
  if (kind == "utf32") {
    TENSORSTORE_ASSIGN_OR_RETURN(auto endian, TextOf(object, "endian"));
    if (endian == "big") format.order = core::ByteOrder::kBig;
  }
  return format;
}

// Steps of a chunk that is stored with dimension `order[i]` at place i.
Result<Extents> StoredStrides(const Extents& chunks, const Extents& order) {
  const size_t rank = chunks.size();
  Extents stored(rank), strides(rank, -1);
  if (order.size() != rank) return Refuse("order");
  for (size_t i = 0; i < rank; ++i) {
    if (order[i] >= static_cast<Index>(rank)) return Refuse("order");
    stored[i] = chunks[order[i]];
  }
  const Extents steps = StridesOf(stored);
  for (size_t i = 0; i < rank; ++i) strides[order[i]] = steps[i];
  for (const Index stride : strides) {
    if (stride < 0) return Refuse("order");
  }
  return strides;
}

Result<StringShards> ShardsOf(const json& object, const Extents& chunks) {
  StringShards shards;
  TENSORSTORE_ASSIGN_OR_RETURN(shards.shape,
                               ExtentsOf(Member(object, "shape"), "shards"));
  if (shards.shape.size() != chunks.size()) return Refuse("shards");
  for (size_t d = 0; d < chunks.size(); ++d) {
    if (shards.shape[d] == 0 || shards.shape[d] % chunks[d] != 0) {
      return Refuse("shards");
    }
    shards.grid.push_back(shards.shape[d] / chunks[d]);
  }
  TENSORSTORE_ASSIGN_OR_RETURN(auto location, TextOf(object, "indexLocation"));
  shards.index.index_location =
      location == "start" ? tensorstore::zarr3_sharding_indexed::kStart
                          : tensorstore::zarr3_sharding_indexed::kEnd;
  auto codecs = ZarrCodecChainSpec::FromJson(Member(object, "indexCodecs"),
                                             {/*.constraints=*/false});
  if (!codecs.ok()) {
    return absl::UnimplementedError(
        absl::StrCat("The codecs of the shards' index are not supported: ",
                     codecs.status().message()));
  }
  TENSORSTORE_RETURN_IF_ERROR(
      shards.index.Initialize(*codecs, span<const Index>(shards.grid)));
  return shards;
}

}  // namespace

Index CountOf(span<const Index> shape) {
  Index count = 1;
  for (const Index extent : shape) {
    if (tensorstore::internal::MulOverflow(count, extent, &count)) return -1;
  }
  return count;
}

Extents StridesOf(span<const Index> shape) {
  Extents strides(shape.size());
  Index step = 1;
  for (size_t d = strides.size(); d-- > 0;) {
    strides[d] = step;
    step *= shape[d];
  }
  return strides;
}

Result<Extents> ExtentsOf(const json& list, const char* member) {
  if (!list.is_array() || list.size() > tensorstore::kMaxRank) {
    return Refuse(member);
  }
  Extents extents;
  for (const json& extent : list) {
    // One beyond int64 becomes negative.
    if (!extent.is_number_integer() || extent.get<int64_t>() < 0 ||
        extent.get<int64_t>() > tensorstore::kMaxFiniteIndex) {
      return Refuse(member);
    }
    extents.push_back(extent.get<Index>());
  }
  return extents;
}

Result<StringLayout> StringLayout::Parse(const json& json) {
  if (!json.is_object()) return Refuse("members");
  StringLayout layout;
  TENSORSTORE_ASSIGN_OR_RETURN(layout.path, TextOf(json, "path"));
  TENSORSTORE_ASSIGN_OR_RETURN(layout.shape,
                               ExtentsOf(Member(json, "shape"), "shape"));
  TENSORSTORE_ASSIGN_OR_RETURN(layout.chunks,
                               ExtentsOf(Member(json, "chunks"), "chunks"));
  if (layout.chunks.size() != layout.shape.size()) return Refuse("chunks");
  layout.chunk_count = CountOf(layout.chunks);
  if (layout.chunk_count <= 0) return Refuse("chunks");
  TENSORSTORE_ASSIGN_OR_RETURN(auto order,
                               ExtentsOf(Member(json, "order"), "order"));
  TENSORSTORE_ASSIGN_OR_RETURN(layout.chunk_strides,
                               StoredStrides(layout.chunks, order));
  if (const auto& shards = Member(json, "shards"); !shards.is_null()) {
    TENSORSTORE_ASSIGN_OR_RETURN(layout.shards,
                                 ShardsOf(shards, layout.chunks));
  }
  const auto& keys = Member(json, "keys");
  TENSORSTORE_ASSIGN_OR_RETURN(auto encoding, TextOf(keys, "encoding"));
  TENSORSTORE_ASSIGN_OR_RETURN(auto separator, TextOf(keys, "separator"));
  if (separator != "." && separator != "/") return Refuse("separator");
  layout.prefixed_ = encoding == "default";
  layout.separator_ = separator[0];
  TENSORSTORE_ASSIGN_OR_RETURN(layout.text, FormatOf(Member(json, "text")));
  TENSORSTORE_ASSIGN_OR_RETURN(
      layout.codecs,
      ByteCodecs::Parse(Member(json, "codecs"), layout.text.ItemBytes()));
  TENSORSTORE_ASSIGN_OR_RETURN(layout.fill, TextOf(json, "fill"));
  return layout;
}

std::string StringLayout::Key(span<const Index> cell) const {
  std::string key = prefixed_ ? "c" : "";
  for (const Index index : cell) {
    if (!key.empty()) key += separator_;
    absl::StrAppend(&key, index);
  }
  return key.empty() ? "0" : key;
}

}  // namespace ats::engine
