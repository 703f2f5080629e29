#include "engine/string_codecs.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "riegeli/bytes/cord_reader.h"
#include "riegeli/bytes/cord_writer.h"
#include "riegeli/bytes/write.h"
#include "tensorstore/driver/zarr/compressor.h"
#include "tensorstore/driver/zarr3/codec/codec.h"
#include "tensorstore/driver/zarr3/codec/codec_chain_spec.h"
#include "tensorstore/driver/zarr3/codec/codec_spec.h"
#include "tensorstore/util/status.h"

namespace ats::engine {

using ::nlohmann::json;
using ::tensorstore::Result;
namespace zarr3 = ::tensorstore::internal_zarr3;

namespace {

// Up to here, any stored size is believed.
constexpr int64_t kPlainBytes = int64_t{64} << 20;
// No codec stores more than so many equal bytes in one.
constexpr int64_t kMaxRatio = 20'000;

absl::Status Unsupported(const absl::Status& status) {
  return absl::UnimplementedError(
      absl::StrCat("A codec is not supported: ", status.message()));
}

absl::Status TooLarge(int64_t limit) {
  return absl::ResourceExhaustedError(absl::StrCat(
      "decodes to more than ", limit, " bytes; raise maxChunkBytes to read it"));
}

absl::Status Undecodable(const absl::Status& status) {
  if (status.code() == absl::StatusCode::kResourceExhausted) return status;
  return absl::DataLossError(
      absl::StrCat("cannot be decoded: ", status.message()));
}

int64_t Plausible(size_t stored, int64_t limit) {
  const int64_t most = static_cast<int64_t>(std::min<size_t>(
                           stored, std::numeric_limits<int64_t>::max() /
                                       kMaxRatio)) *
                       kMaxRatio;
  return std::min(limit, std::max(kPlainBytes, most));
}

// All that `reader` gives, at most `limit` bytes.
absl::Status ReadWithin(riegeli::Reader& reader, int64_t limit,
                        std::string& bytes) {
  // Blosc knows its size, and decodes all of it at the first pull.
  if (reader.SupportsSize()) {
    const auto size = reader.Size();
    if (!size) return reader.status();
    if (*size > static_cast<uint64_t>(limit)) return TooLarge(limit);
    bytes.resize(*size);
    if (!reader.Read(bytes.size(), bytes.data()) && !reader.ok()) {
      return reader.status();
    }
  } else {
    while (reader.Pull()) {
      if (reader.available() > limit - bytes.size()) return TooLarge(limit);
      bytes.append(reader.cursor(), reader.available());
      reader.move_cursor(reader.available());
    }
  }
  return reader.VerifyEndAndClose() ? absl::OkStatus() : reader.status();
}

}  // namespace

Result<ByteCodecs> ByteCodecs::Parse(const json& json, int64_t item_bytes) {
  ByteCodecs codecs;
  const bool version2 = json.value("zarrFormat", 0) == 2;
  if (version2) {
    auto compressor = tensorstore::internal_zarr::Compressor::FromJson(
        json.value("compressor", ::nlohmann::json()));
    if (!compressor.ok()) return Unsupported(compressor.status());
    if (!*compressor) return codecs;
    const size_t size = std::max<int64_t>(item_bytes, 1);
    codecs.steps_.push_back(
        {[c = *compressor, size](riegeli::Reader& base) -> Result<ReaderPtr> {
           return c->GetReader(base, size);
         },
         [c = *compressor, size](riegeli::Writer& base) -> Result<WriterPtr> {
           return c->GetWriter(base, size);
         }});
    return codecs;
  }
  // A chain needs its array → bytes codec, which is ours here.
  auto chain = ::nlohmann::json::array(
      {{{"name", "bytes"}, {"configuration", {{"endian", "little"}}}}});
  for (const auto& codec : json.value("codecs", ::nlohmann::json::array())) {
    chain.push_back(codec);
  }
  auto spec = zarr3::ZarrCodecChainSpec::FromJson(std::move(chain),
                                                  {/*.constraints=*/false});
  if (!spec.ok()) return Unsupported(spec.status());
  int64_t item_bits = item_bytes > 0 ? 8 * item_bytes : 8;
  for (const auto& codec_spec : spec->bytes_to_bytes) {
    zarr3::BytesCodecResolveParameters encoded;
    auto codec = codec_spec->Resolve({item_bits}, encoded, nullptr);
    if (!codec.ok()) return Unsupported(codec.status());
    item_bits = encoded.item_bits;
    auto state = (*codec)->Prepare(-1);
    if (!state.ok()) return Unsupported(state.status());
    // A prepared state must not outlive its codec.
    codecs.steps_.push_back(
        {[c = *codec, s = *state](riegeli::Reader& base) {
           return s->GetDecodeReader(base);
         },
         [c = *codec, s = *state](riegeli::Writer& base) {
           return s->GetEncodeWriter(base);
         }});
  }
  return codecs;
}

Result<std::string> ByteCodecs::Decode(const absl::Cord& stored,
                                       int64_t limit) const {
  if (steps_.empty()) {
    if (stored.size() > static_cast<uint64_t>(limit)) return TooLarge(limit);
    return std::string(stored);
  }
  absl::Cord input = stored;
  std::string output;
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    if (step != steps_.rbegin()) input = absl::Cord(std::move(output));
    output.clear();
    riegeli::CordReader<> base(&input);
    TENSORSTORE_ASSIGN_OR_RETURN(auto reader, step->reader(base),
                                 Undecodable(_));
    absl::Status status =
        ReadWithin(*reader, Plausible(stored.size(), limit), output);
    reader.reset();
    if (status.ok() && !base.VerifyEndAndClose()) status = base.status();
    if (!status.ok()) return Undecodable(status);
  }
  return output;
}

Result<absl::Cord> ByteCodecs::Encode(std::string decoded) const {
  absl::Cord bytes(std::move(decoded));
  for (const Step& step : steps_) {
    absl::Cord encoded;
    riegeli::CordWriter<> base(&encoded);
    TENSORSTORE_ASSIGN_OR_RETURN(auto writer, step.writer(base));
    TENSORSTORE_RETURN_IF_ERROR(riegeli::Write(bytes, std::move(writer)));
    if (!base.Close()) return base.status();
    bytes = std::move(encoded);
  }
  return bytes;
}

}  // namespace ats::engine
