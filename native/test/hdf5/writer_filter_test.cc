#include "hdf5/writer_filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libdeflate.h>

#include <random>
#include <string_view>

#include "hdf5/writer_lzf.h"

namespace ats::hdf5 {
namespace {

using Bytes = std::vector<uint8_t>;

Bytes BytesOf(std::string_view text) { return {text.begin(), text.end()}; }

Bytes Noise(size_t size, int distinct) {
  std::mt19937 random(static_cast<unsigned>(size) + distinct);
  Bytes bytes(size);
  for (auto& byte : bytes) byte = static_cast<uint8_t>(random() % distinct);
  return bytes;
}

TEST(WriterLzfTest, GivesBackWhatItEncoded) {
  for (const size_t size : {4, 33, 300, 8193, 100'000}) {
    for (const int distinct : {1, 2, 5}) {
      const Bytes raw = Noise(size, distinct);
      Bytes packed(size), back(size);
      const size_t used = EncodeLzf(raw, packed);
      if (size <= 33 && used == 0) continue;
      ASSERT_GT(used, 0) << size << " " << distinct;
      EXPECT_LT(used, size);
      ASSERT_EQ(DecodeLzf({packed.data(), used}, back), size);
      EXPECT_EQ(back, raw);
    }
  }
}

TEST(WriterLzfTest, SaysSoWhereNothingShrinks) {
  const Bytes raw = Noise(5000, 256);
  Bytes packed(raw.size());
  EXPECT_EQ(EncodeLzf(raw, packed), 0);
  EXPECT_EQ(EncodeLzf(BytesOf("ab"), packed), 3) << "two literals and a count";
  EXPECT_EQ(EncodeLzf(BytesOf(""), packed), 0);
}

TEST(WriterLzfTest, RefusesDamagedStreams) {
  Bytes out(16);
  EXPECT_EQ(DecodeLzf(Bytes{5, 'a'}, out), 0) << "literals that are not there";
  EXPECT_EQ(DecodeLzf(Bytes{0, 'a', 0x20, 9}, out), 0) << "a match before all";
  EXPECT_EQ(DecodeLzf(Bytes{0, 'a', 0xe0}, out), 0) << "half a match";
  EXPECT_EQ(DecodeLzf(Bytes{0, 'a', 0xe0, 255, 0}, out), 0) << "too long";
}

TEST(WriterFilterTest, ShufflesBytesByRankAndKeepsTheRest) {
  const Bytes in = BytesOf("abcdefghijk");
  for (const auto& [size, want] :
       {std::pair<size_t, std::string_view>{2, "acegibdfhjk"},
        {3, "adgbehcfijk"}, {4, "aebfcgdhijk"}, {8, "abcdefghijk"}}) {
    Bytes out(in.size());
    Shuffle(in, size, out.data());
    EXPECT_EQ(out, BytesOf(want)) << size;
  }
}

TEST(WriterFilterTest, EncodesWhatZlibDecodes) {
  const Bytes raw = Noise(4096, 3);
  ChunkEncoder encoder({FilterSpec::Compressor::kDeflate, 4, true}, 4);
  Bytes out;
  for (int round = 0; round < 2; ++round) {
    const EncodedChunk chunk = encoder.Encode(raw, out);
    EXPECT_EQ(chunk.mask, 0);
    Bytes shuffled(raw.size()), back(raw.size());
    auto* decompressor = libdeflate_alloc_decompressor();
    EXPECT_EQ(libdeflate_zlib_decompress(decompressor, chunk.bytes.data(),
                                         chunk.bytes.size(), back.data(),
                                         back.size(), nullptr),
              LIBDEFLATE_SUCCESS);
    libdeflate_free_decompressor(decompressor);
    Shuffle(raw, 4, shuffled.data());
    EXPECT_EQ(back, shuffled);
  }
}

TEST(WriterFilterTest, LeavesTheLastFilterOutWhereLzfDoesNotShrink) {
  const Bytes raw = Noise(4096, 256);
  Bytes out;
  ChunkEncoder plain({FilterSpec::Compressor::kLzf, 0, false}, 4);
  EXPECT_EQ(plain.Encode(raw, out).mask, 1);
  ChunkEncoder shuffling({FilterSpec::Compressor::kLzf, 0, true}, 4);
  EXPECT_EQ(shuffling.Encode(raw, out).mask, 2);
}

TEST(WriterFilterTest, GivesTheChunkItselfWithoutFilters) {
  const Bytes raw = Noise(64, 256);
  Bytes out;
  ChunkEncoder encoder({}, 4);
  EXPECT_EQ(encoder.Encode(raw, out).bytes.data(), raw.data());
}

}  // namespace
}  // namespace ats::hdf5
