// Moving bytes within elements: the shuffle filter undone, byte order.
#include <cstdint>
#include <cstring>

#include "hdf5/codecs.h"

namespace ats::hdf5::reader {
namespace {

// Elements that are put together at a time: what is read of each plane and
// what is written stay in the nearest cache.
constexpr size_t kBlock = 1024;

// `kSize` is known when compiled, so that the planes of a block are
// interleaved by vector instructions.
template <size_t kSize>
void UnshuffleBlocks(const std::byte* in, size_t count, std::byte* out) {
  for (size_t begin = 0; begin < count; begin += kBlock) {
    const size_t end = begin + kBlock < count ? begin + kBlock : count;
    for (size_t i = begin; i < end; ++i) {
      for (size_t b = 0; b < kSize; ++b) {
        out[i * kSize + b] = in[b * count + i];
      }
    }
  }
}

template <typename T>
T Reversed(T value) {
  if constexpr (sizeof(T) == 2) return __builtin_bswap16(value);
  if constexpr (sizeof(T) == 4) return __builtin_bswap32(value);
  if constexpr (sizeof(T) == 8) return __builtin_bswap64(value);
}

template <typename T>
void SwapEach(Output bytes) {
  for (size_t at = 0; at + sizeof(T) <= bytes.size(); at += sizeof(T)) {
    T value;
    std::memcpy(&value, bytes.data() + at, sizeof(T));
    value = Reversed(value);
    std::memcpy(bytes.data() + at, &value, sizeof(T));
  }
}

}  // namespace

void Unshuffle(Input in, size_t element_size, Output out) {
  const size_t count = element_size == 0 ? 0 : in.size() / element_size;
  switch (element_size) {
    case 2:
      UnshuffleBlocks<2>(in.data(), count, out.data());
      break;
    case 4:
      UnshuffleBlocks<4>(in.data(), count, out.data());
      break;
    case 8:
      UnshuffleBlocks<8>(in.data(), count, out.data());
      break;
    case 16:
      UnshuffleBlocks<16>(in.data(), count, out.data());
      break;
    default:
      for (size_t b = 0; b < element_size; ++b) {
        for (size_t i = 0; i < count; ++i) {
          out[i * element_size + b] = in[b * count + i];
        }
      }
  }
  const size_t done = count * element_size;
  if (done < in.size()) {
    std::memcpy(out.data() + done, in.data() + done, in.size() - done);
  }
}

void SwapBytes(Output bytes, size_t width) {
  if (width == 2) SwapEach<uint16_t>(bytes);
  if (width == 4) SwapEach<uint32_t>(bytes);
  if (width == 8) SwapEach<uint64_t>(bytes);
}

}  // namespace ats::hdf5::reader
