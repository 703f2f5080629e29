#include "hdf5/pipeline.h"

#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hdf5/checksum.h"
#include "hdf5/codecs.h"
#include "hdf5/cursor.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

constexpr size_t kChecksumBytes = 4;

// The registered numbers of filters.
enum FilterId : uint16_t {
  kDeflate = 1,
  kShuffle = 2,
  kFletcher32 = 3,
  kLzf = 32000,
  kBlosc = 32001,
  kLz4 = 32004,
  kZstd = 32015,
};

// HDF5 before 1.6.3 added bytes in another order on some machines, and readers
// take both: the two bytes of each half may be swapped.
bool IsChecksum(uint32_t stored, uint32_t computed) {
  const uint32_t swapped =
      (computed & 0x00ff00ff) << 8 | (computed & 0xff00ff00) >> 8;
  return stored == computed || stored == swapped;
}

// The content of a chunk that ends with its checksum.
Result<std::span<const std::byte>> WithoutChecksum(
    std::span<const std::byte> data) {
  if (data.size() < kChecksumBytes) {
    return absl::DataLossError("A chunk is shorter than its checksum");
  }
  const auto content = data.first(data.size() - kChecksumBytes);
  const uint32_t stored = Cursor(data.subspan(content.size())).U32();
  if (!IsChecksum(stored, Fletcher32(content))) {
    return absl::DataLossError("The checksum of a chunk does not match");
  }
  return content;
}

}  // namespace

Result<Pipeline::Step> Pipeline::StepFor(const Filter& filter) {
  switch (filter.id) {
    case kShuffle: {
      const uint32_t size = filter.parameters.empty() ? 0 : filter.parameters[0];
      if (size == 0) return absl::UnimplementedError("A shuffle of no elements");
      return Step{Kind::kShuffle, size, nullptr};
    }
    case kFletcher32:
      return Step{Kind::kFletcher, 0, nullptr};
    case kDeflate:
      return Step{Kind::kCompress, 0, DecodeDeflate};
    case kLzf:
      return Step{Kind::kCompress, 0, DecodeLzf};
    case kBlosc:
      return Step{Kind::kCompress, 0, DecodeBlosc};
    case kLz4:
      return Step{Kind::kCompress, 0, DecodeLz4};
    case kZstd:
      return Step{Kind::kCompress, 0, DecodeZstd};
    default:
      return absl::UnimplementedError(absl::StrCat("Filter ", filter.id));
  }
}

Result<Pipeline> Pipeline::Make(std::vector<Filter> filters,
                                uint64_t chunk_bytes) {
  Pipeline pipeline;
  pipeline.chunk_bytes_ = chunk_bytes;
  int compressors = 0;
  for (const Filter& filter : filters) {
    TENSORSTORE_ASSIGN_OR_RETURN(Step step, StepFor(filter));
    compressors += step.kind == Kind::kCompress;
    pipeline.steps_.push_back(step);
  }
  if (compressors > 1) {
    return absl::UnimplementedError("Chunks that are compressed twice");
  }
  return pipeline;
}

uint64_t Pipeline::SizeBefore(size_t step, uint32_t mask) const {
  uint64_t size = chunk_bytes_;
  for (size_t i = 0; i < step; ++i) {
    if ((mask >> i & 1) == 0 && steps_[i].kind == Kind::kFletcher) {
      size += kChecksumBytes;
    }
  }
  return size;
}

absl::Status Pipeline::Decode(std::span<const std::byte> in, uint32_t mask,
                              std::span<std::byte> out, Buffer& scratch) const {
  // Two places for what lies between the filters, used in turn. A chunk and
  // one checksum per filter are the most that a filter makes.
  const size_t place =
      std::max<size_t>(in.size(), out.size() + kChecksumBytes * steps_.size());
  const auto places = steps_.size() > 1 ? scratch.Get(2 * place)
                                        : std::span<std::byte>();
  size_t turn = 0;
  std::span<const std::byte> data = in;
  for (size_t i = steps_.size(); i-- > 0;) {
    if ((mask >> i & 1) != 0) continue;
    const Step& step = steps_[i];
    if (step.kind == Kind::kFletcher) {
      TENSORSTORE_ASSIGN_OR_RETURN(data, WithoutChecksum(data));
      continue;
    }
    const size_t size =
        step.kind == Kind::kCompress ? SizeBefore(i, mask) : data.size();
    // The last filter of all writes to where the chunk is wanted.
    const bool last = i == 0 && size == out.size();
    if (!last) turn ^= 1;
    const auto to = last ? out : places.subspan(turn * place, size);
    if (step.kind == Kind::kCompress) {
      TENSORSTORE_RETURN_IF_ERROR(step.decoder(data, to));
    } else {
      Unshuffle(data, step.element_size, to);
    }
    data = to;
  }
  if (data.size() != out.size()) {
    return absl::DataLossError(absl::StrCat(
        "A chunk decodes to ", data.size(), " bytes, not ", out.size()));
  }
  if (data.data() != out.data()) {
    std::memcpy(out.data(), data.data(), out.size());
  }
  return absl::OkStatus();
}

}  // namespace ats::hdf5::reader
