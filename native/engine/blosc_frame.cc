#include "engine/blosc_frame.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include <blosc.h>
#include <lz4.h>

#include "absl/base/internal/endian.h"
#include "absl/strings/str_cat.h"
#include "engine/scratch.h"

// c-blosc's own, of its shuffle.h, which it does not install.
extern "C" void blosc_internal_unshuffle(size_t type_size, size_t size,
                                         const uint8_t* from,
                                         const uint8_t* to);

namespace ats::engine {

using ::tensorstore::Result;

namespace {

// The header: four bytes (version of the format, version of the codec, flags,
// size of an element), then three 32-bit numbers.
constexpr size_t kFlags = 2, kTypeSize = 3, kBlockSize = 8;
constexpr size_t kHeader = BLOSC_MIN_HEADER_LENGTH;
constexpr uint8_t kStoredAsIs = BLOSC_MEMCPYED;
constexpr uint8_t kBytesShuffled = BLOSC_DOSHUFFLE;
constexpr uint8_t kBitsShuffled = BLOSC_DOBITSHUFFLE;
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
  const size_t type_size = static_cast<uint8_t>(stored[kTypeSize]);
  frame.is_lz4_ = (flags & (kBitsShuffled | kStoredAsIs)) == 0 &&
                  flags >> kCodecShift == BLOSC_LZ4_FORMAT && size > 0;
  if ((flags & kBytesShuffled) != 0 && type_size > 1) frame.shuffled_ = type_size;
  if (frame.is_lz4_) {
    if (!frame.FindParts()) return Damaged("a block is cut");
  } else if (size > 0) {
    frame.parts_.push_back({0, 0, 1, false});
  }
  return frame;
}

bool BloscFrame::FindParts() {
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
    const size_t streams = split && here == block_size ? type_size : 1;
    if (here % streams != 0) return false;
    size_t offset = NumberAt(stored_, kHeader + block * sizeof(uint32_t));
    if (shuffled_ != 0) parts_.push_back({begin, offset, streams, false});
    for (size_t stream = 0; stream < streams; ++stream) {
      if (shuffled_ == 0) {
        parts_.push_back({begin + stream * (here / streams), offset, 1, false});
      }
      if (offset > stored_.size() - sizeof(uint32_t)) return false;
      const size_t stored_size = NumberAt(stored_, offset);
      offset += sizeof(uint32_t);
      if (stored_size > stored_.size() - offset) return false;
      offset += stored_size;
    }
  }
  return true;
}

absl::Status BloscFrame::Decode(size_t begin, size_t end, char* decoded) {
  if (begin >= end) return absl::OkStatus();
  const auto first =
      std::upper_bound(parts_.begin(), parts_.end(), begin,
                       [](size_t at, const Part& p) { return at < p.begin; });
  for (size_t i = first - parts_.begin() - 1;
       i < parts_.size() && parts_[i].begin < end; ++i) {
    if (parts_[i].done) continue;
    if (absl::Status status = DecodePart(i, decoded); !status.ok()) {
      return status;
    }
    parts_[i].done = true;
  }
  return absl::OkStatus();
}

absl::Status BloscFrame::DecodePart(size_t index, char* decoded) {
  if (!is_lz4_) {
    const int n = blosc_decompress_ctx(stored_.data(), decoded, size_,
                                       /*numinternalthreads=*/1);
    if (n >= 0 && static_cast<size_t>(n) == size_) return absl::OkStatus();
    return Damaged(absl::StrCat("error ", n));
  }
  const Part& part = parts_[index];
  const size_t end =
      index + 1 < parts_.size() ? parts_[index + 1].begin : size_;
  const size_t size = end - part.begin;
  char* const to = decoded + part.begin;
  if (shuffled_ == 0) return DecodeStreams(part, size, to);
  // A block stays in the processor's cache from one step to the other.
  const Scratch<BloscFrame> block(size);
  if (absl::Status status = DecodeStreams(part, size, block.data());
      !status.ok()) {
    return status;
  }
  blosc_internal_unshuffle(shuffled_, size,
                           reinterpret_cast<const uint8_t*>(block.data()),
                           reinterpret_cast<const uint8_t*>(to));
  return absl::OkStatus();
}

absl::Status BloscFrame::DecodeStreams(const Part& part, size_t size,
                                       char* to) const {
  const size_t each = size / part.streams;
  const char* from = stored_.data() + part.offset;
  for (size_t stream = 0; stream < part.streams; ++stream, to += each) {
    const size_t stored_size = absl::little_endian::Load32(from);
    from += sizeof(uint32_t);
    if (stored_size == each) {
      std::memcpy(to, from, each);
    } else {
      const int n = LZ4_decompress_safe(
          from, to, static_cast<int>(stored_size), static_cast<int>(each));
      if (n < 0 || static_cast<size_t>(n) != each) {
        return Damaged("a stream of LZ4 cannot be decoded");
      }
    }
    from += stored_size;
  }
  return absl::OkStatus();
}

}  // namespace ats::engine
