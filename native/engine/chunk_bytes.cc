#include "engine/chunk_bytes.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "riegeli/bytes/cord_reader.h"
#include "tensorstore/util/status.h"

namespace ats::engine {

using ::tensorstore::Result;

namespace {

absl::Status OtherSize(size_t wanted) {
  return absl::InvalidArgumentError(
      absl::StrCat("The chunk does not decode to ", wanted, " bytes"));
}

absl::Status StatusOf(const riegeli::Object& stream, size_t wanted) {
  return stream.ok() ? OtherSize(wanted) : stream.status();
}

}  // namespace

Result<ChunkBytes> ChunkBytes::Open(const ChunkCodec& codec, absl::Cord stored,
                                    size_t size) {
  ChunkBytes chunk(codec, std::move(stored), size);
  if (codec.is_blosc) {
    // A buffer with a header is too large to lie within the cord.
    TENSORSTORE_ASSIGN_OR_RETURN(
        chunk.frame_, BloscFrame::Open(chunk.stored_.Flatten(), size));
  } else if (codec.decoders.empty() && chunk.stored_.size() != size) {
    return OtherSize(size);
  }
  return chunk;
}

const char* ChunkBytes::in_place() const {
  if (codec_->is_blosc || !codec_->decoders.empty()) return nullptr;
  const auto flat = stored_.TryFlat();
  return flat ? flat->data() : nullptr;
}

absl::Status ChunkBytes::Decode(size_t begin, size_t end, char* decoded) {
  if (frame_) return frame_->Decode(begin, end, decoded);
  if (done_) return absl::OkStatus();
  TENSORSTORE_RETURN_IF_ERROR(DecodeAll(decoded));
  done_ = true;
  return absl::OkStatus();
}

absl::Status ChunkBytes::DecodeAll(char* decoded) const {
  riegeli::CordReader<> stored(&stored_);
  std::vector<ChunkCodec::ReaderPtr> readers;
  riegeli::Reader* last = &stored;
  for (auto decoder = codec_->decoders.rbegin();
       decoder != codec_->decoders.rend(); ++decoder) {
    TENSORSTORE_ASSIGN_OR_RETURN(readers.emplace_back(), (*decoder)(*last));
    last = readers.back().get();
  }
  if (!last->Read(size_, decoded)) return StatusOf(*last, size_);
  // From the last decoder to what is stored.
  for (; !readers.empty(); readers.pop_back()) {
    if (!readers.back()->VerifyEndAndClose()) {
      return StatusOf(*readers.back(), size_);
    }
  }
  return stored.VerifyEndAndClose() ? absl::OkStatus() : stored.status();
}

}  // namespace ats::engine
