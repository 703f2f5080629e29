#include "core/utf8_chunk.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace ats::core {
namespace {

using namespace std::string_literals;
using Kind = TextFormat::Kind;

const std::vector<std::string> kTexts = {"", "a", "naïve", "漢字", "a\0b"s,
                                         std::string(300, 'x'), "😀"};

std::string Encoded(const TextFormat& format) {
  std::string bytes;
  const Fault fault = EncodeText(
      format, kTexts.size(),
      [](int64_t i) -> std::string_view { return kTexts[i]; }, bytes);
  EXPECT_TRUE(fault.ok());
  return bytes;
}

FaultKind Decoded(const TextFormat& format, int64_t count, std::string bytes) {
  TextChunk chunk;
  return DecodeText(format, count, std::move(bytes), chunk).kind;
}

const TextFormat kFormats[] = {{},
                               {Kind::kUtf32, 300, ByteOrder::kLittle},
                               {Kind::kUtf32, 301, ByteOrder::kBig},
                               {Kind::kBytes, 300, ByteOrder::kLittle}};

TEST(TextChunk, GoesBothWays) {
  for (const TextFormat& format : kFormats) {
    TextChunk chunk;
    ASSERT_TRUE(
        DecodeText(format, kTexts.size(), Encoded(format), chunk).ok());
    ASSERT_EQ(chunk.spans.size(), kTexts.size());
    for (size_t i = 0; i < kTexts.size(); ++i) EXPECT_EQ(chunk[i], kTexts[i]);
  }
}

TEST(TextChunk, NamesEveryCutAndWhatIsLeftOver) {
  for (const TextFormat& format : kFormats) {
    const std::string sound = Encoded(format);
    for (size_t size = 0; size < sound.size(); size += 7) {
      EXPECT_NE(Decoded(format, kTexts.size(), sound.substr(0, size)),
                FaultKind::kNone);
    }
    EXPECT_EQ(Decoded(format, kTexts.size(), sound + "x"),
              FaultKind::kTextRest);
    EXPECT_NE(Decoded(format, kTexts.size() + 1, sound), FaultKind::kNone);
  }
}

TEST(TextChunk, SurvivesAnyFlippedByte) {
  std::mt19937 random(7);
  for (const TextFormat& format : kFormats) {
    const std::string sound = Encoded(format);
    for (int i = 0; i < 2000; ++i) {
      std::string bytes = sound;
      bytes[random() % bytes.size()] ^= 1 << random() % 8;
      TextChunk chunk;
      // Whatever it says: no string leaves the buffer.
      if (!DecodeText(format, kTexts.size(), bytes, chunk).ok()) continue;
      for (const auto& span : chunk.spans) {
        ASSERT_LE(uint64_t{span.start} + span.length, chunk.buffer.size());
      }
    }
  }
}

TEST(TextChunk, SaysWhichStringIsWrong) {
  const std::string two = "\2\0\0\0\1\0\0\0a"s;
  TextChunk chunk;
  Fault fault = DecodeText({}, 2, two + "\xFF\xFF\xFF\xFF"s, chunk);
  EXPECT_EQ(fault.kind, FaultKind::kTextLength);
  EXPECT_EQ(fault.position, 1);
  fault = DecodeText({}, 2, two + "\1\0\0\0\xC3"s, chunk);
  EXPECT_EQ(fault.kind, FaultKind::kUtf8);
  EXPECT_EQ(fault.position, 1);
  EXPECT_EQ(DecodeText({}, 3, two, chunk).kind, FaultKind::kTextCount);
}

TEST(TextChunk, DoesNotBelieveACountThatItsBytesCannotHold) {
  EXPECT_EQ(Decoded({}, 0xFFFFFFFF, "\xFF\xFF\xFF\xFF"s),
            FaultKind::kTextLength);
}

TEST(TextChunk, RefusesTextsThatAFixedLengthCannotHold) {
  std::string bytes;
  const auto fault = [&](const TextFormat& format, std::string_view text) {
    return EncodeText(format, 1, [&](int64_t) { return text; }, bytes).kind;
  };
  const TextFormat bytes3{Kind::kBytes, 3, ByteOrder::kLittle};
  const TextFormat units3{Kind::kUtf32, 3, ByteOrder::kLittle};
  EXPECT_EQ(fault(bytes3, "abc"), FaultKind::kNone);
  EXPECT_EQ(fault(bytes3, "abü"), FaultKind::kTextLength);
  EXPECT_EQ(fault(units3, "abü"), FaultKind::kNone);
  EXPECT_EQ(fault(units3, "abcd"), FaultKind::kTextLength);
  EXPECT_EQ(fault(units3, "a\0"s), FaultKind::kTextLength);
  EXPECT_EQ(fault({}, "\xFF"), FaultKind::kUtf8);
}

}  // namespace
}  // namespace ats::core
