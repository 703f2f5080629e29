#include "engine/blosc_frame.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include <blosc.h>
#include <lz4.h>

#include "absl/base/internal/endian.h"
#include "absl/strings/str_cat.h"

namespace ats::engine {

using ::tensorstore::Result;

namespace {

// The header: four bytes (version of the format, version of the codec, flags,
// size of an element), then three 32-bit numbers.
constexpr size_t kFlags = 2, kTypeSize = 3, kBlockSize = 8;
constexpr size_t kHeader = BLOSC_MIN_HEADER_LENGTH;
constexpr uint8_t kStoredAsIs = BLOSC_MEMCPYED;
constexpr uint8_t kShuffled = BLOSC_DOSHUFFLE | BLOSC_DOBITSHUFFLE;
constexpr uint8_t kNotSplit = 0x10;
constexpr int kCodecShift = 5;
// Blocks of smaller elements are one stream for each byte of an element.
constexpr size_t kMostSplits = 16, kLeastSplit = 128;

// A 32-bit number at `offset`, in Blosc's little-endian order.
uint32_t NumberAt(std::string_view stored, size_t offset) {
  return absl::little_endian::Load32(stored.data() + offset);
}

absl::Status Damaged(std::string_view what) {
  return absl::DataLossError(absl::StrCat("Blosc: ", what));
}

}  // namespace

Result<BloscFrame> BloscFrame::Open(std::string_view stored, size_t size) {
  size_t decoded_size = 0;
  if (blosc_cbuffer_validate(stored.data(), stored.size(), &decoded_size) !=
      0) {
    return Damaged("the header does not fit the buffer");
  }
  if (decoded_size != size) {
    return Damaged(absl::StrCat("the buffer decodes to ", decoded_size,
                                " bytes, not ", size));
  }
  BloscFrame frame;
  frame.stored_ = stored;
  frame.size_ = size;
  const auto flags = static_cast<uint8_t>(stored[kFlags]);
  frame.is_lz4_ = (flags & (kShuffled | kStoredAsIs)) == 0 &&
                  flags >> kCodecShift == BLOSC_LZ4_FORMAT && size > 0;
  if (frame.is_lz4_) {
    if (!frame.FindStreams()) return Damaged("a block is cut");
  } else if (size > 0) {
    frame.streams_.push_back({0, 0, stored.size(), false});
  }
  return frame;
}

bool BloscFrame::FindStreams() {
  const size_t block_size = NumberAt(stored_, kBlockSize);
  const size_t type_size = static_cast<uint8_t>(stored_[kTypeSize]);
  if (block_size == 0 || block_size > size_ || type_size == 0) return false;
  const size_t blocks = (size_ + block_size - 1) / block_size;
  if (blocks > (stored_.size() - kHeader) / sizeof(uint32_t)) return false;
  const bool split = (stored_[kFlags] & kNotSplit) == 0 &&
                     type_size <= kMostSplits &&
                     block_size / type_size >= kLeastSplit;
  for (size_t block = 0; block < blocks; ++block) {
    const size_t begin = block * block_size;
    const size_t here = std::min(block_size, size_ - begin);
    const size_t parts = split && here == block_size ? type_size : 1;
    if (here % parts != 0) return false;
    size_t offset = NumberAt(stored_, kHeader + block * sizeof(uint32_t));
    for (size_t part = 0; part < parts; ++part) {
      if (offset > stored_.size() - sizeof(uint32_t)) return false;
      const size_t stored_size = NumberAt(stored_, offset);
      offset += sizeof(uint32_t);
      if (stored_size > stored_.size() - offset) return false;
      streams_.push_back(
          {begin + part * (here / parts), offset, stored_size, false});
      offset += stored_size;
    }
  }
  return true;
}

absl::Status BloscFrame::Decode(size_t begin, size_t end, char* decoded) {
  if (begin >= end) return absl::OkStatus();
  const auto first =
      std::upper_bound(streams_.begin(), streams_.end(), begin,
                       [](size_t at, const Stream& s) { return at < s.begin; });
  for (size_t i = first - streams_.begin() - 1;
       i < streams_.size() && streams_[i].begin < end; ++i) {
    if (streams_[i].done) continue;
    if (absl::Status status = DecodeStream(i, decoded); !status.ok()) {
      return status;
    }
    streams_[i].done = true;
  }
  return absl::OkStatus();
}

absl::Status BloscFrame::DecodeStream(size_t index, char* decoded) {
  const Stream& stream = streams_[index];
  if (!is_lz4_) {
    const int n = blosc_decompress_ctx(stored_.data(), decoded, size_,
                                       /*numinternalthreads=*/1);
    if (n >= 0 && static_cast<size_t>(n) == size_) return absl::OkStatus();
    return Damaged(absl::StrCat("error ", n));
  }
  const size_t end =
      index + 1 < streams_.size() ? streams_[index + 1].begin : size_;
  const size_t size = end - stream.begin;
  const char* from = stored_.data() + stream.offset;
  char* to = decoded + stream.begin;
  if (stream.stored_size == size) {
    std::memcpy(to, from, size);
    return absl::OkStatus();
  }
  const int n = LZ4_decompress_safe(from, to, static_cast<int>(stream.stored_size),
                                    static_cast<int>(size));
  if (n >= 0 && static_cast<size_t>(n) == size) return absl::OkStatus();
  return Damaged("a stream of LZ4 cannot be decoded");
}

}  // namespace ats::engine
