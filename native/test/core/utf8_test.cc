#include "core/utf8.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace ats::core {
namespace {

using namespace std::string_literals;

TEST(IsUtf8, TakesEveryCharacterOfEachLength) {
  for (const auto& text :
       {""s, "plain ASCII, longer than the words that are looked at together"s,
        "\xC2\x80"s, "\xDF\xBF"s, "\xE0\xA0\x80"s, "\xED\x9F\xBF"s,
        "\xEE\x80\x80"s, "\xEF\xBF\xBF"s, "\xF0\x90\x80\x80"s,
        "\xF4\x8F\xBF\xBF"s, "a\0b"s}) {
    EXPECT_TRUE(IsUtf8(text)) << text;
    EXPECT_TRUE(IsUtf8(std::string(31, 'x') + text + "y")) << text;
  }
}

TEST(IsUtf8, RefusesWhatIsNoCharacter) {
  for (const auto& bytes :
       {"\x80"s, "\xBF"s, "\xC0\x80"s, "\xC1\xBF"s, "\xC2"s, "\xC2x"s,
        "\xE0\x9F\xBF"s, "\xE2\x82"s, "\xED\xA0\x80"s, "\xED\xBF\xBF"s,
        "\xF0\x8F\xBF\xBF"s, "\xF0\x90\x80"s, "\xF4\x90\x80\x80"s, "\xF5"s,
        "\xFF"s}) {
    EXPECT_FALSE(IsUtf8(bytes));
    EXPECT_FALSE(IsUtf8(std::string(40, 'x') + bytes));
    EXPECT_FALSE(IsUtf8(bytes + std::string(40, 'x')));
  }
}

TEST(Utf32, GoesBothWaysInEitherOrder) {
  const std::string text = "aü漢😀\xF4\x8F\xBF\xBF";
  for (const ByteOrder order : {ByteOrder::kLittle, ByteOrder::kBig}) {
    std::string units(7 * 4, '\0');
    ASSERT_TRUE(WriteUtf32(text, 7, order, units.data()));
    EXPECT_EQ(units[order == ByteOrder::kBig ? 3 : 0], 'a');
    std::string back = "> ";
    ASSERT_TRUE(AppendUtf32(units.data(), 7, order, back));
    EXPECT_EQ(back, "> " + text);
  }
  EXPECT_EQ(CountCodePoints(text), 5);
}

TEST(Utf32, KeepsNulsWithinAndDropsThoseThatPad) {
  std::string units(5 * 4, '\0'), back;
  ASSERT_TRUE(WriteUtf32("a\0b"s, 5, ByteOrder::kLittle, units.data()));
  ASSERT_TRUE(AppendUtf32(units.data(), 5, ByteOrder::kLittle, back));
  EXPECT_EQ(back, "a\0b"s);
}

TEST(Utf32, RefusesWhatDoesNotFitOrIsNoCodePoint) {
  std::string units(2 * 4, '\0'), back;
  EXPECT_FALSE(WriteUtf32("abc", 2, ByteOrder::kLittle, units.data()));
  for (const auto& unit : {"\0\xD8\0\0"s, "\xFF\xDF\0\0"s, "\0\0\x11\0"s,
                           "\xFF\xFF\xFF\xFF"s}) {
    EXPECT_FALSE(AppendUtf32(unit.data(), 1, ByteOrder::kLittle, back));
  }
}

}  // namespace
}  // namespace ats::core
