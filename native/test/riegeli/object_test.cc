#include "riegeli/base/object.h"

#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "riegeli/bytes/string_reader.h"
#include "riegeli/bytes/string_writer.h"
#include "streams.h"

namespace riegeli_test {
namespace {

using ::testing::HasSubstr;

TEST(Object, IsOkUntilItIsClosed) {
  riegeli::StringReader<> reader("abc");
  EXPECT_TRUE(reader.ok());
  EXPECT_TRUE(reader.status().ok());
  EXPECT_TRUE(reader.Close());
  EXPECT_TRUE(reader.Close());
  EXPECT_FALSE(reader.ok());
  EXPECT_TRUE(reader.not_failed());
  EXPECT_EQ(reader.status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(Object, KeepsTheFirstFailureWithItsPosition) {
  riegeli::StringReader<> reader("abcdef");
  ASSERT_TRUE(reader.Seek(4));
  EXPECT_FALSE(reader.Fail(absl::DataLossError("first")));
  EXPECT_FALSE(reader.Fail(absl::InternalError("second")));
  EXPECT_EQ(reader.status(), absl::DataLossError("first; at byte 4"));
  EXPECT_EQ(reader.pos(), 4);
  EXPECT_FALSE(reader.Pull());
  EXPECT_FALSE(reader.Close());
  EXPECT_EQ(reader.status(), absl::DataLossError("first; at byte 4"));
}

TEST(Object, FailingKeepsPayloads) {
  riegeli::StringReader<> reader("abc");
  absl::Status status = absl::NotFoundError("gone");
  status.SetPayload("type/x", absl::Cord("y"));
  reader.Fail(status);
  EXPECT_EQ(reader.status().GetPayload("type/x"), absl::Cord("y"));
}

TEST(Object, AClosedOneCanFailButHasNoPosition) {
  riegeli::StringReader<> reader("abc");
  ASSERT_TRUE(reader.Close());
  reader.Fail(absl::DataLossError("late"));
  EXPECT_EQ(reader.status(), absl::DataLossError("late"));
  EXPECT_FALSE(reader.Close());
}

TEST(Object, AMovedOneIsClosed) {
  DripReader first("abcdef", 2);
  ASSERT_TRUE(first.Pull());
  std::string text;
  riegeli::StringWriter writer(&text);
  ASSERT_TRUE(writer.Write("hello"));
  riegeli::StringWriter moved(std::move(writer));
  EXPECT_FALSE(writer.is_open());
  EXPECT_TRUE(moved.Write(" world"));
  EXPECT_TRUE(moved.Close());
  EXPECT_EQ(text, "hello world");
}

TEST(Object, VerifyEndFailsWhereBytesAreLeft) {
  riegeli::StringReader<> reader("ab");
  char c;
  ASSERT_TRUE(reader.Read(c));
  EXPECT_FALSE(reader.VerifyEndAndClose());
  EXPECT_EQ(reader.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(reader.status().message(), HasSubstr("End of data expected"));
  EXPECT_THAT(reader.status().message(), HasSubstr("at byte 1"));
}

}  // namespace
}  // namespace riegeli_test
