#include "hdf5/codecs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <numeric>
#include <random>
#include <string_view>
#include <vector>

#include "hdf5/checksum.h"
#include "hdf5/pipeline.h"

namespace ats::hdf5::reader {
namespace {

using Vector = std::vector<std::byte>;

Vector Of(std::string_view text) {
  const auto* data = reinterpret_cast<const std::byte*>(text.data());
  return {data, data + text.size()};
}

Vector Random(size_t size, int values) {
  std::mt19937 random(7);
  Vector bytes(size);
  for (std::byte& byte : bytes) {
    byte = static_cast<std::byte>(random() % values);
  }
  return bytes;
}

Vector Deflated(const Vector& bytes) {
  uLongf size = compressBound(bytes.size());
  Vector out(size);
  compress2(reinterpret_cast<Bytef*>(out.data()), &size,
            reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 4);
  out.resize(size);
  return out;
}

Vector Shuffled(const Vector& bytes, size_t size) {
  const size_t count = bytes.size() / size;
  Vector out = bytes;
  for (size_t i = 0; i < count; ++i) {
    for (size_t b = 0; b < size; ++b) out[b * count + i] = bytes[i * size + b];
  }
  return out;
}

Vector WithChecksum(Vector bytes) {
  const uint32_t sum = Fletcher32(bytes);
  for (int i = 0; i < 4; ++i) {
    bytes.push_back(static_cast<std::byte>(sum >> (8 * i)));
  }
  return bytes;
}

TEST(Lookup3Test, IsTheHashOfItsPublishedVectors) {
  EXPECT_EQ(Lookup3({}), 0xdeadbeef);
  EXPECT_EQ(Lookup3(Of("Four score and seven years ago")), 0x17770551);
}

TEST(Fletcher32Test, CountsAnOddByteAsTheHighOne) {
  EXPECT_EQ(Fletcher32(Of("abcde")), Fletcher32(Of(std::string_view("abcde\0", 6))));
  EXPECT_NE(Fletcher32(Of("abcde")), Fletcher32(Of("abced")));
  // 0xffff is 0 in one's complement, however often it is added.
  EXPECT_EQ(Fletcher32(Vector(4000, std::byte{0xff})), 0xffffffff);
}

TEST(DeflateTest, FillsExactlyOrFails) {
  const Vector bytes = Random(10'000, 5);
  const Vector stored = Deflated(bytes);
  Vector out(bytes.size());
  EXPECT_TRUE(DecodeDeflate(stored, out).ok());
  EXPECT_EQ(out, bytes);
  Vector shorter(bytes.size() - 1), longer(bytes.size() + 1);
  EXPECT_FALSE(DecodeDeflate(stored, shorter).ok());
  EXPECT_FALSE(DecodeDeflate(stored, longer).ok());
  Vector damaged = stored;
  damaged.back() ^= std::byte{1};
  EXPECT_FALSE(DecodeDeflate(damaged, out).ok());
}

TEST(LzfTest, CopiesLiteralsAndReferencesThatOverlap) {
  // "ab", then 9 bytes from two back: a run of length 7 + 2.
  const Vector stored = Of(std::string_view("\x01"
                                            "ab\xe0\x00\x01",
                                            6));
  Vector out(11);
  EXPECT_TRUE(DecodeLzf(stored, out).ok());
  EXPECT_EQ(out, Of("abababababa"));
}

TEST(LzfTest, EveryCutAndEveryFlippedByteEndsInBounds) {
  const Vector stored = Of(std::string_view("\x04hello\x60\x04\xe0\x03\x02", 11));
  for (size_t size : {0, 5, 20, 4000}) {
    Vector out(size);
    for (size_t cut = 0; cut <= stored.size(); ++cut) {
      DecodeLzf(std::span(stored).first(cut), out).IgnoreError();
    }
    for (size_t at = 0; at < stored.size(); ++at) {
      for (int value = 0; value < 256; ++value) {
        Vector changed = stored;
        changed[at] = static_cast<std::byte>(value);
        DecodeLzf(changed, out).IgnoreError();
      }
    }
  }
}

TEST(Lz4Test, RefusesSizesThatLie) {
  Vector out(8);
  EXPECT_FALSE(DecodeLz4(Of(std::string_view("\0\0\0\0\0\0\0\x08\0\0\0\0", 12)), out).ok());
  EXPECT_FALSE(DecodeLz4(Of(std::string_view("\0\0\0\0\0\0\0\x09\0\0\0\x08", 12)), out).ok());
  EXPECT_FALSE(DecodeLz4(Of(std::string_view("\0\0\0\0\0\0\0\x08\0\0\0\x08\xff\xff\xff\xff", 16)), out).ok());
  EXPECT_TRUE(DecodeLz4(Of(std::string_view("\0\0\0\0\0\0\0\x08\0\0\0\x08\0\0\0\x08"
                                            "unpacked",
                                            24)),
                        out)
                  .ok());
  EXPECT_EQ(out, Of("unpacked"));
}

TEST(BloscAndZstdTest, RefuseWhatIsNone) {
  Vector out(100);
  for (size_t size : {0, 1, 15, 16, 17, 100}) {
    EXPECT_FALSE(DecodeBlosc(Random(size, 256), out).ok());
    EXPECT_FALSE(DecodeZstd(Random(size, 256), out).ok());
  }
}

TEST(UnshuffleTest, UndoesAShuffleOfEverySizeAndLength) {
  for (size_t size : {1, 2, 3, 4, 7, 8, 16, 33}) {
    for (size_t length : {0, 1, 31, 32, 1000, 8 * 4097}) {
      const Vector bytes = Random(length, 256);
      Vector out(length);
      Unshuffle(Shuffled(bytes, size), size, out);
      EXPECT_EQ(out, bytes) << size << " × " << length;
    }
  }
}

TEST(SwapBytesTest, ReversesEveryNumber) {
  for (size_t width : {2, 4, 8}) {
    Vector bytes(3 * width);
    for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i);
    SwapBytes(bytes, width);
    for (size_t i = 0; i < bytes.size(); ++i) {
      EXPECT_EQ(static_cast<size_t>(bytes[i]),
                i / width * width + width - 1 - i % width);
    }
  }
}

constexpr uint16_t kDeflate = 1, kShuffle = 2, kFletcher = 3;

TEST(PipelineTest, UndoesFiltersInAnyOrder) {
  const Vector bytes = Random(4096, 9);
  Buffer scratch;
  const struct {
    std::vector<Filter> filters;
    Vector stored;
  } cases[] = {
      {{}, bytes},
      {{{kShuffle, {4}}}, Shuffled(bytes, 4)},
      {{{kShuffle, {4}}, {kDeflate, {}}}, Deflated(Shuffled(bytes, 4))},
      {{{kShuffle, {8}}, {kDeflate, {}}, {kFletcher, {}}},
       WithChecksum(Deflated(Shuffled(bytes, 8)))},
      {{{kFletcher, {}}, {kShuffle, {4}}, {kDeflate, {}}},
       Deflated(Shuffled(WithChecksum(bytes), 4))},
      {{{kDeflate, {}}, {kShuffle, {4}}}, Shuffled(Deflated(bytes), 4)},
      {{{kShuffle, {4}}, {kShuffle, {2}}, {kShuffle, {8}}},
       Shuffled(Shuffled(Shuffled(bytes, 4), 2), 8)},
  };
  for (const auto& [filters, stored] : cases) {
    auto pipeline = Pipeline::Make(filters, bytes.size());
    ASSERT_TRUE(pipeline.ok());
    Vector out(bytes.size());
    EXPECT_TRUE(pipeline->Decode(stored, 0, out, scratch).ok());
    EXPECT_EQ(out, bytes);
  }
}

TEST(PipelineTest, LeavesOutWhatTheMaskSays) {
  const Vector bytes = Random(4096, 9);
  Buffer scratch;
  auto pipeline =
      Pipeline::Make({{kShuffle, {4}}, {kDeflate, {}}}, bytes.size());
  ASSERT_TRUE(pipeline.ok());
  Vector out(bytes.size());
  EXPECT_TRUE(pipeline->Decode(Shuffled(bytes, 4), 2, out, scratch).ok());
  EXPECT_EQ(out, bytes);
  EXPECT_TRUE(pipeline->Decode(Deflated(bytes), 1, out, scratch).ok());
  EXPECT_EQ(out, bytes);
  EXPECT_TRUE(pipeline->Decode(bytes, 3, out, scratch).ok());
  EXPECT_EQ(out, bytes);
  EXPECT_FALSE(
      pipeline->Decode(std::span(bytes).first(4095), 3, out, scratch).ok());
}

TEST(PipelineTest, RefusesWhatItCannotSize) {
  EXPECT_FALSE(Pipeline::Make({{kDeflate, {}}, {kDeflate, {}}}, 10).ok());
  EXPECT_FALSE(Pipeline::Make({{kShuffle, {}}}, 10).ok());
  EXPECT_FALSE(Pipeline::Make({{32008, {}}}, 10).ok());
}

}  // namespace
}  // namespace ats::hdf5::reader
