#include <stddef.h>
#include <stdint.h>

#include <limits>
#include <string>
#include <string_view>

#include "absl/strings/cord.h"
#include "gtest/gtest.h"
#include "riegeli/base/arithmetic.h"
#include "riegeli/bytes/cord_reader.h"
#include "riegeli/bytes/string_reader.h"
#include "riegeli/bytes/string_writer.h"
#include "riegeli/endian/endian_reading.h"
#include "riegeli/endian/endian_writing.h"
#include "riegeli/varint/varint_reading.h"
#include "riegeli/varint/varint_writing.h"
#include "streams.h"

namespace riegeli_test {
namespace {

using std::string_view_literals::operator""sv;

TEST(Arithmetic, TakesTheSmallerInTheNarrowerType) {
  EXPECT_EQ(riegeli::UnsignedMin(uint32_t{5}, ~uint64_t{0}), 5u);
  EXPECT_EQ(riegeli::UnsignedMin(~uint32_t{0}, uint64_t{7}), 7u);
  static_assert(sizeof(riegeli::UnsignedMin(uint32_t{1}, uint64_t{1})) == 4);
}

TEST(Arithmetic, SaturatesInsteadOfWrapping) {
  EXPECT_EQ(riegeli::SaturatingAdd(uint64_t{2}, uint64_t{3}), 5);
  EXPECT_EQ(riegeli::SaturatingAdd(~uint64_t{0}, uint64_t{1}), ~uint64_t{0});
}

TEST(Endian, BytesAreInTheOrderOfTheName) {
  std::string text;
  riegeli::StringWriter writer(&text);
  ASSERT_TRUE(riegeli::WriteLittleEndian<uint32_t>(0x01020384, writer));
  ASSERT_TRUE(riegeli::WriteBigEndian<uint32_t>(0x01020384, writer));
  ASSERT_TRUE(riegeli::WriteLittleEndian<int64_t>(-2, writer));
  ASSERT_TRUE(riegeli::WriteBigEndian<uint16_t>(0xff01, writer));
  ASSERT_TRUE(writer.Close());
  EXPECT_EQ(text,
            "\x84\x03\x02\x01\x01\x02\x03\x84"
            "\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01"sv);
  const absl::Cord cord = Fragmented(text, 3);
  riegeli::CordReader reader(&cord);
  uint32_t little, big;
  int64_t negative;
  uint16_t small;
  ASSERT_TRUE(riegeli::ReadLittleEndian<uint32_t>(reader, little));
  ASSERT_TRUE(riegeli::ReadBigEndian<uint32_t>(reader, big));
  ASSERT_TRUE(riegeli::ReadLittleEndian<int64_t>(reader, negative));
  ASSERT_TRUE(riegeli::ReadBigEndian<uint16_t>(reader, small));
  EXPECT_EQ(little, 0x01020384);
  EXPECT_EQ(big, 0x01020384);
  EXPECT_EQ(negative, -2);
  EXPECT_EQ(small, 0xff01);
  EXPECT_FALSE(riegeli::ReadBigEndian<uint16_t>(reader, small));
  EXPECT_TRUE(reader.ok());
}

TEST(Endian, ATruncatedNumberIsNotRead) {
  riegeli::StringReader<> reader("abc");
  uint32_t value;
  EXPECT_FALSE(riegeli::ReadLittleEndian<uint32_t>(reader, value));
  EXPECT_EQ(reader.pos(), 0);
}

TEST(Varint, RoundTripsThroughPieces) {
  for (uint64_t value : {uint64_t{0}, uint64_t{1}, uint64_t{127},
                         uint64_t{128}, uint64_t{300}, uint64_t{1} << 32,
                         std::numeric_limits<uint64_t>::max()}) {
    std::string text;
    riegeli::StringWriter writer(&text);
    ASSERT_TRUE(riegeli::WriteVarint64(value, writer));
    ASSERT_TRUE(writer.Close());
    DripReader reader(text + "x", 1);
    uint64_t got = 0;
    ASSERT_TRUE(riegeli::ReadVarint64(reader, got));
    EXPECT_EQ(got, value);
    EXPECT_EQ(reader.pos(), text.size());
  }
}

TEST(Varint, HasTheEncodingOfProtocolBuffers) {
  std::string text;
  riegeli::StringWriter writer(&text);
  ASSERT_TRUE(riegeli::WriteVarint32(300, writer));
  ASSERT_TRUE(riegeli::WriteVarint32(~uint32_t{0}, writer));
  ASSERT_TRUE(writer.Close());
  EXPECT_EQ(text, "\xac\x02\xff\xff\xff\xff\x0f"sv);
}

TEST(Varint, ATruncatedOrTooLargeOneIsNotRead) {
  uint32_t small = 9;
  uint64_t large = 9;
  for (std::string_view bad : {""sv, "\x80"sv, "\xff\xff\xff\xff"sv,
                               "\xff\xff\xff\xff\x10"sv,
                               "\xff\xff\xff\xff\xff\x01"sv}) {
    riegeli::StringReader<> reader(bad);
    EXPECT_FALSE(riegeli::ReadVarint32(reader, small));
    EXPECT_EQ(reader.pos(), 0);
    EXPECT_TRUE(reader.ok());
  }
  riegeli::StringReader<> reader("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"sv);
  EXPECT_FALSE(riegeli::ReadVarint64(reader, large));
  EXPECT_EQ(small, 9);
  EXPECT_EQ(large, 9);
}

}  // namespace
}  // namespace riegeli_test
