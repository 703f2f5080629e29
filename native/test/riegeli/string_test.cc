#include <stddef.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "gtest/gtest.h"
#include "riegeli/base/byte_fill.h"
#include "riegeli/bytes/string_reader.h"
#include "riegeli/bytes/string_writer.h"
#include "riegeli/bytes/write.h"
#include "streams.h"

namespace riegeli_test {
namespace {

TEST(StringReader, ReadsSeeksAndEnds) {
  const std::string data = Sample(1000);
  riegeli::StringReader reader(&data);
  EXPECT_EQ(reader.Size(), 1000);
  EXPECT_EQ(reader.cursor(), data.data());
  ASSERT_TRUE(reader.Seek(900));
  ASSERT_TRUE(reader.Seek(1));
  std::string_view view;
  ASSERT_TRUE(reader.Read(999, view));
  EXPECT_EQ(view.data(), data.data() + 1);
  EXPECT_FALSE(reader.Pull());
  EXPECT_TRUE(reader.VerifyEndAndClose());
  EXPECT_FALSE(reader.Seek(1));
}

TEST(StringReader, SeekingBeyondTheEndStopsThere) {
  riegeli::StringReader reader("abc", 3);
  EXPECT_FALSE(reader.Seek(4));
  EXPECT_EQ(reader.pos(), 3);
  EXPECT_TRUE(reader.ok());
}

TEST(StringWriter, WritesAllKindsOfThings) {
  std::string text = "old";
  riegeli::StringWriter writer(&text);
  ASSERT_TRUE(writer.WriteByte(0xff));
  ASSERT_TRUE(writer.Write("abc"));
  ASSERT_TRUE(writer.Write(Fragmented("defghi", 2)));
  ASSERT_TRUE(writer.Write(riegeli::ByteFill(100'000, 'f')));
  ASSERT_TRUE(writer.Write(std::string(1000, 'g')));
  EXPECT_EQ(writer.pos(), 101'010);
  ASSERT_TRUE(writer.Close());
  EXPECT_EQ(text, "\xff" "abcdefghi" + std::string(100'000, 'f') +
                      std::string(1000, 'g'));
}

TEST(StringWriter, HasTheExactSizeAfterAHint) {
  std::string text;
  riegeli::StringWriter writer(&text);
  ASSERT_TRUE(writer.Write("head"));
  writer.SetWriteSizeHint(1'000'000);
  ASSERT_TRUE(writer.Write("tail"));
  ASSERT_TRUE(writer.Close());
  EXPECT_EQ(text, "headtail");
  EXPECT_GE(text.capacity(), 1'000'000);
}

TEST(StringWriter, RefusesMoreThanAStringHolds) {
  std::string text;
  riegeli::StringWriter writer(&text);
  EXPECT_FALSE(writer.Push(~size_t{0}));
  EXPECT_EQ(writer.status().code(), absl::StatusCode::kResourceExhausted);
}

TEST(Write, ClosesOnlyWhatItIsGiven) {
  std::string text;
  riegeli::StringWriter writer(&text);
  EXPECT_TRUE(riegeli::Write("abc", writer).ok());
  EXPECT_TRUE(writer.is_open());
  EXPECT_TRUE(riegeli::Write(absl::Cord("def"), &writer).ok());
  EXPECT_TRUE(riegeli::Write(std::string("ghi"), std::move(writer)).ok());
  EXPECT_FALSE(writer.is_open());
  EXPECT_EQ(text, "abcdefghi");
}

TEST(Write, ReportsTheFailureOfTheDestination) {
  EXPECT_EQ(riegeli::Write(Sample(100), CountingWriter(50)).code(),
            absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace riegeli_test
