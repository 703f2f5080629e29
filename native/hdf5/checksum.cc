#include "hdf5/checksum.h"

#include <algorithm>
#include <bit>

namespace ats::hdf5::reader {
namespace {

// The three words that lookup3 works on.
struct Words {
  uint32_t a, b, c;

  void Mix() {
    Turn(a, c, b, 4);
    Turn(b, a, c, 6);
    Turn(c, b, a, 8);
    Turn(a, c, b, 16);
    Turn(b, a, c, 19);
    Turn(c, b, a, 4);
  }

  void Finish() {
    Fold(c, b, 14);
    Fold(a, c, 11);
    Fold(b, a, 25);
    Fold(c, b, 16);
    Fold(a, c, 4);
    Fold(b, a, 14);
    Fold(c, b, 24);
  }

 private:
  static void Turn(uint32_t& x, uint32_t& y, uint32_t& z, int bits) {
    x -= y;
    x ^= std::rotl(y, bits);
    y += z;
  }
  static void Fold(uint32_t& x, uint32_t y, int bits) {
    x ^= y;
    x -= std::rotl(y, bits);
  }
};

// Up to four bytes as a little-endian word.
uint32_t Word(std::span<const std::byte> bytes, size_t at) {
  uint32_t word = 0;
  const size_t end = std::min(bytes.size(), at + 4);
  for (size_t i = at; i < end; ++i) {
    word |= static_cast<uint32_t>(bytes[i]) << (8 * (i - at));
  }
  return word;
}

}  // namespace

uint32_t Lookup3(std::span<const std::byte> bytes) {
  const uint32_t start = 0xdeadbeefu + static_cast<uint32_t>(bytes.size());
  Words words{start, start, start};
  while (bytes.size() > 12) {
    words.a += Word(bytes, 0);
    words.b += Word(bytes, 4);
    words.c += Word(bytes, 8);
    words.Mix();
    bytes = bytes.subspan(12);
  }
  if (bytes.empty()) return words.c;
  words.a += Word(bytes, 0);
  words.b += Word(bytes, 4);
  words.c += Word(bytes, 8);
  words.Finish();
  return words.c;
}

absl::Status CheckBlock(std::span<const std::byte> block) {
  if (block.size() >= 4 &&
      Lookup3(block.first(block.size() - 4)) == Word(block, block.size() - 4)) {
    return absl::OkStatus();
  }
  return absl::DataLossError("The checksum of a metadata block does not match");
}

uint32_t Fletcher32(std::span<const std::byte> bytes) {
  // So many words can be added before 32 bits overflow.
  constexpr size_t kWords = 360;
  uint32_t low = 0, high = 0;
  const auto fold = [](uint32_t sum) { return (sum & 0xffff) + (sum >> 16); };
  size_t at = 0;
  for (size_t words = bytes.size() / 2; words > 0;) {
    const size_t count = std::min(words, kWords);
    for (size_t i = 0; i < count; ++i, at += 2) {
      low += static_cast<uint32_t>(bytes[at]) << 8 |
             static_cast<uint32_t>(bytes[at + 1]);
      high += low;
    }
    words -= count;
    low = fold(low);
    high = fold(high);
  }
  if (bytes.size() % 2 != 0) {
    low += static_cast<uint32_t>(bytes[at]) << 8;
    high += low;
    low = fold(low);
    high = fold(high);
  }
  low = fold(low);
  high = fold(high);
  return high << 16 | low;
}

}  // namespace ats::hdf5::reader
