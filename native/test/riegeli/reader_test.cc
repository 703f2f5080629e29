#include "riegeli/bytes/reader.h"

#include <stddef.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "gtest/gtest.h"
#include "riegeli/bytes/copy_all.h"
#include "riegeli/bytes/read_all.h"
#include "riegeli/bytes/string_reader.h"
#include "riegeli/bytes/string_writer.h"
#include "streams.h"

namespace riegeli_test {
namespace {

TEST(Reader, GathersAReadFromManyPieces) {
  const std::string data = Sample(10'000);
  DripReader reader(data, 7);
  std::string dest(9'000, '\0');
  EXPECT_TRUE(reader.Read(9'000, dest.data()));
  EXPECT_EQ(dest, data.substr(0, 9'000));
  EXPECT_EQ(reader.pos(), 9'000);
}

TEST(Reader, AShortReadGivesWhatThereIsAndStaysOk) {
  DripReader reader("abcdef", 4);
  char dest[10] = {};
  size_t length_read = 99;
  EXPECT_FALSE(reader.Read(10, dest, &length_read));
  EXPECT_EQ(length_read, 6);
  EXPECT_EQ(std::string_view(dest), "abcdef");
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(reader.pos(), 6);
  EXPECT_TRUE(reader.VerifyEnd());
}

TEST(Reader, AShortReadToEachKindOfDestination) {
  std::string text = "old";
  absl::Cord cord("old");
  std::string_view view;
  size_t length_read = 0;
  EXPECT_FALSE(DripReader("abc", 2).Read(5, text, &length_read));
  EXPECT_EQ(text, "abc");
  EXPECT_EQ(length_read, 3);
  EXPECT_FALSE(DripReader("abc", 2).Read(5, cord, &length_read));
  EXPECT_EQ(cord, "abc");
  EXPECT_EQ(length_read, 3);
  DripReader reader("abc", 2);
  EXPECT_FALSE(reader.Read(5, view, &length_read));
  EXPECT_EQ(view, "abc");
  EXPECT_EQ(length_read, 3);
  EXPECT_TRUE(DripReader("abc", 2).ReadAndAppend(2, text));
  EXPECT_EQ(text, "abcab");
}

TEST(Reader, AFailureOfTheSourceIsNotAnEnd) {
  DripReader reader("abcdef", 4, absl::UnavailableError("lost"));
  std::string dest;
  EXPECT_FALSE(reader.Read(10, dest));
  EXPECT_EQ(reader.status(), absl::UnavailableError("lost; at byte 6"));
  EXPECT_FALSE(reader.Seek(6));
  EXPECT_FALSE(reader.Read(1, dest));
}

TEST(Reader, SkipsForwardOverPieces) {
  DripReader reader("0123456789", 3);
  EXPECT_TRUE(reader.Skip(8));
  char c;
  EXPECT_TRUE(reader.Read(c));
  EXPECT_EQ(c, '8');
  EXPECT_FALSE(reader.Skip(5));
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(reader.pos(), 10);
}

TEST(Reader, SkippingByAHugeLengthEndsAtTheEnd) {
  riegeli::StringReader<> reader("abc");
  ASSERT_TRUE(reader.Skip(1));
  EXPECT_FALSE(reader.Skip(~riegeli::Position{0}));
  EXPECT_EQ(reader.pos(), 3);
}

TEST(Reader, GoingBackWhereThatIsImpossibleIsAFailure) {
  DripReader reader("0123456789", 3);
  ASSERT_TRUE(reader.Seek(5));
  EXPECT_FALSE(reader.Seek(1));
  EXPECT_EQ(reader.status().code(), absl::StatusCode::kUnimplemented);
}

TEST(Reader, AskingForAnUnknownSizeIsAFailure) {
  DripReader reader("abc", 1);
  EXPECT_FALSE(reader.SupportsSize());
  EXPECT_EQ(reader.Size(), std::nullopt);
  EXPECT_EQ(reader.status().code(), absl::StatusCode::kUnimplemented);
}

TEST(Reader, PullOfMoreThanThereIsShowsTheRest) {
  DripReader reader("abcdef", 2);
  ASSERT_TRUE(reader.Skip(1));
  EXPECT_FALSE(reader.Pull(10));
  EXPECT_EQ(std::string_view(reader.cursor(), reader.available()), "bcdef");
  EXPECT_TRUE(reader.ok());
}

TEST(ReadAll, ReadsToEachKindOfDestination) {
  const std::string data = Sample(300'000);
  std::string text = "old";
  EXPECT_TRUE(riegeli::ReadAll(DripReader(data, 1000), text).ok());
  EXPECT_EQ(text, data);
  absl::Cord cord("old");
  EXPECT_TRUE(riegeli::ReadAll(DripReader(data, 1000), cord).ok());
  EXPECT_EQ(cord, data);
  EXPECT_TRUE(riegeli::ReadAndAppendAll(DripReader("more", 1), cord).ok());
  EXPECT_EQ(cord, data + "more");
  DripReader reader(data, 1000);
  std::string_view view;
  EXPECT_TRUE(riegeli::ReadAll(reader, view).ok());
  EXPECT_EQ(view, data);
}

TEST(ReadAll, OfNothingIsEmpty) {
  std::string text = "old";
  EXPECT_TRUE(riegeli::ReadAll(DripReader("", 1), text).ok());
  EXPECT_EQ(text, "");
  absl::Cord cord("old");
  EXPECT_TRUE(riegeli::ReadAll(riegeli::StringReader<>(""), cord).ok());
  EXPECT_EQ(cord, "");
  riegeli::StringReader<> reader("");
  std::string_view view = "old";
  EXPECT_TRUE(riegeli::ReadAll(reader, view).ok());
  EXPECT_EQ(view, "");
}

TEST(ReadAll, ReportsAFailureAfterWhatWasRead) {
  absl::Cord cord;
  const absl::Status status = riegeli::ReadAll(
      DripReader("abc", 2, absl::DataLossError("bad")), cord);
  EXPECT_EQ(status, absl::DataLossError("bad; at byte 3"));
}

TEST(ReadAll, ClosesOnlyWhatItIsGiven) {
  riegeli::StringReader<> reader("abc");
  std::string text;
  EXPECT_TRUE(riegeli::ReadAll(reader, text).ok());
  EXPECT_TRUE(reader.is_open());
  EXPECT_TRUE(riegeli::ReadAll(&reader, text).ok());
  EXPECT_EQ(text, "");
  EXPECT_TRUE(reader.is_open());
  EXPECT_TRUE(riegeli::ReadAll(std::move(reader), text).ok());
  EXPECT_FALSE(reader.is_open());
}

TEST(CopyAll, CopiesUpToAMaximum) {
  std::string text;
  {
    DripReader reader("abcdef", 4);
    riegeli::StringWriter writer(&text);
    EXPECT_TRUE(riegeli::CopyAll(reader, writer, 6).ok());
    ASSERT_TRUE(writer.Close());
    EXPECT_EQ(text, "abcdef");
  }
  {
    DripReader reader("abcdef", 4);
    riegeli::StringWriter writer(&text);
    EXPECT_EQ(riegeli::CopyAll(reader, writer, 5).code(),
              absl::StatusCode::kResourceExhausted);
    ASSERT_TRUE(writer.Close());
    EXPECT_EQ(text, "abcde");
  }
}

TEST(CopyAll, ReportsTheSideThatFailed) {
  {
    DripReader reader(Sample(100), 4, absl::UnavailableError("lost"));
    CountingWriter writer;
    EXPECT_EQ(riegeli::CopyAll(reader, writer).code(),
              absl::StatusCode::kUnavailable);
    EXPECT_TRUE(writer.ok());
  }
  {
    DripReader reader(Sample(100), 4);
    CountingWriter writer(50);
    EXPECT_EQ(riegeli::CopyAll(reader, writer).code(),
              absl::StatusCode::kResourceExhausted);
    EXPECT_TRUE(reader.ok());
  }
}

}  // namespace
}  // namespace riegeli_test
