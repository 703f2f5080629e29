#include <stddef.h>
#include <stdint.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "riegeli/base/maker.h"
#include "riegeli/bytes/cord_reader.h"
#include "riegeli/bytes/cord_writer.h"
#include "riegeli/bytes/limiting_reader.h"
#include "riegeli/bytes/limiting_writer.h"
#include "riegeli/bytes/prefix_limiting_reader.h"
#include "riegeli/bytes/read_all.h"
#include "riegeli/bytes/string_reader.h"
#include "riegeli/bytes/string_writer.h"
#include "riegeli/bytes/wrapping_writer.h"
#include "riegeli/digests/crc32_digester.h"
#include "riegeli/digests/crc32c_digester.h"
#include "riegeli/digests/digesting_reader.h"
#include "riegeli/digests/digesting_writer.h"
#include "streams.h"

namespace riegeli_test {
namespace {

using ::testing::HasSubstr;
using Limit = riegeli::LimitingReaderBase::Options;

TEST(LimitingReader, EndsAtItsLimitAndLeavesTheSourceThere) {
  const std::string data = Sample(1000);
  const absl::Cord cord = Fragmented(data, 64);
  riegeli::CordReader src(&cord);
  ASSERT_TRUE(src.Seek(100));
  riegeli::LimitingReader reader(&src, Limit().set_exact_length(300));
  EXPECT_EQ(reader.pos(), 100);
  EXPECT_EQ(reader.max_pos(), 400);
  EXPECT_EQ(reader.Size(), 400);
  std::string got;
  EXPECT_FALSE(reader.Read(500, got));
  EXPECT_EQ(got, data.substr(100, 300));
  EXPECT_TRUE(reader.VerifyEndAndClose());
  EXPECT_EQ(src.pos(), 400);
}

TEST(LimitingReader, SeeksWithinItsLimit) {
  const std::string data = Sample(1000);
  const absl::Cord cord = Fragmented(data, 64);
  riegeli::CordReader src(&cord);
  riegeli::LimitingReader reader(&src, Limit().set_exact_length(500));
  ASSERT_TRUE(reader.Seek(450));
  ASSERT_TRUE(reader.Seek(10));
  std::string got;
  ASSERT_TRUE(reader.Read(5, got));
  EXPECT_EQ(got, data.substr(10, 5));
  EXPECT_FALSE(reader.Seek(501));
  EXPECT_EQ(reader.pos(), 500);
  ASSERT_TRUE(reader.Seek(reader.max_pos()));
  EXPECT_TRUE(reader.Close());
  EXPECT_EQ(src.pos(), 500);
}

TEST(LimitingReader, ASourceThatEndsBeforeIsAFailure) {
  for (int how = 0; how < 4; ++how) {
    riegeli::StringReader<> src("abcde");
    riegeli::LimitingReader reader(&src, Limit().set_exact_length(8));
    char dest[8];
    absl::Cord cord;
    switch (how) {
      case 0:
        EXPECT_FALSE(reader.Pull(8));
        break;
      case 1:
        EXPECT_FALSE(reader.Read(8, dest));
        break;
      case 2:
        EXPECT_FALSE(reader.Read(8, cord));
        EXPECT_EQ(cord, "abcde");
        break;
      case 3:
        EXPECT_FALSE(reader.Seek(8));
        break;
    }
    EXPECT_EQ(reader.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(reader.status().message(), HasSubstr("Not enough data"));
    EXPECT_TRUE(src.ok());
  }
}

TEST(LimitingReader, WithoutALimitShowsAllOfTheSource) {
  riegeli::StringReader<> src("abcde");
  riegeli::LimitingReader<> reader(&src);
  EXPECT_EQ(reader.Size(), 5);
  std::string got;
  EXPECT_TRUE(riegeli::ReadAll(reader, got).ok());
  EXPECT_EQ(got, "abcde");
}

TEST(LimitingReader, AFailureOfTheSourceBecomesItsOwn) {
  DripReader src("abcde", 2, absl::UnavailableError("lost"));
  riegeli::LimitingReader inner(&src, Limit().set_exact_length(9));
  riegeli::PrefixLimitingReader outer(&inner);
  std::string got;
  EXPECT_FALSE(outer.Read(9, got));
  EXPECT_EQ(outer.status(), absl::UnavailableError("lost; at byte 5"));
  EXPECT_FALSE(outer.Close());
}

TEST(LimitingReader, FailingItLeavesTheSourceAtThePosition) {
  riegeli::StringReader<> src("abcdefgh");
  riegeli::LimitingReader reader(&src, Limit().set_exact_length(6));
  ASSERT_TRUE(reader.Skip(3));
  reader.Fail(absl::DataLossError("bad byte"));
  EXPECT_EQ(reader.status(), absl::DataLossError("bad byte; at byte 3"));
  EXPECT_EQ(src.pos(), 3);
  EXPECT_TRUE(src.ok());
}

TEST(LimitingReader, OnAClosedSourceFails) {
  riegeli::StringReader<> src("abc");
  src.Close();
  riegeli::LimitingReader<> reader(&src);
  EXPECT_FALSE(reader.ok());
}

TEST(LimitingReader, LimitsAreNested) {
  const std::string data = Sample(100);
  riegeli::StringReader<> src(data);
  riegeli::LimitingReader outer(&src, Limit().set_exact_length(50));
  ASSERT_TRUE(outer.Skip(10));
  std::string got;
  {
    riegeli::LimitingReader inner(&outer, Limit().set_exact_length(20));
    EXPECT_FALSE(inner.Read(30, got));
    EXPECT_EQ(got, data.substr(10, 20));
    EXPECT_TRUE(inner.Close());
  }
  EXPECT_EQ(outer.pos(), 30);
  EXPECT_FALSE(outer.Read(30, got));
  EXPECT_EQ(got, data.substr(30, 20));
}

TEST(PrefixLimitingReader, CountsFromItsBase) {
  const std::string data = Sample(1000);
  auto src = std::make_unique<riegeli::StringReader<>>(data);
  ASSERT_TRUE(src->Seek(200));
  using Prefix =
      riegeli::PrefixLimitingReader<std::unique_ptr<riegeli::Reader>>;
  Prefix reader(std::move(src), Prefix::Options().set_base_pos(100));
  EXPECT_EQ(reader.pos(), 100);
  EXPECT_EQ(reader.Size(), 900);
  ASSERT_TRUE(reader.Seek(0));
  std::string got;
  ASSERT_TRUE(reader.Read(3, got));
  EXPECT_EQ(got, data.substr(100, 3));
  EXPECT_FALSE(reader.Seek(901));
  EXPECT_EQ(reader.pos(), 900);
  EXPECT_TRUE(reader.Close());
}

TEST(WrappingWriter, ClosingItLeavesTheDestinationOpen) {
  absl::Cord cord;
  riegeli::CordWriter dest(&cord);
  ASSERT_TRUE(dest.Write("a"));
  {
    riegeli::WrappingWriter writer(&dest);
    EXPECT_EQ(writer.pos(), 1);
    EXPECT_TRUE(writer.Write("b"));
    EXPECT_TRUE(writer.Write(absl::Cord(std::string(1000, 'c'))));
    EXPECT_TRUE(writer.Close());
  }
  EXPECT_TRUE(dest.Write("d"));
  EXPECT_TRUE(dest.Close());
  EXPECT_EQ(cord, "ab" + std::string(1000, 'c') + "d");
}

TEST(WrappingWriter, AFailureOfTheDestinationBecomesItsOwn) {
  CountingWriter dest(1000);
  riegeli::WrappingWriter writer(&dest);
  EXPECT_FALSE(writer.Write(Sample(2000)));
  EXPECT_EQ(writer.status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_FALSE(writer.Close());
}

TEST(LimitingWriter, AcceptsExactlyItsLength) {
  using Options = riegeli::LimitingWriterBase::Options;
  std::string text;
  riegeli::StringWriter dest(&text);
  {
    riegeli::LimitingWriter writer(&dest, Options().set_exact_length(5));
    EXPECT_TRUE(writer.Write("abcde"));
    EXPECT_TRUE(writer.Close());
  }
  {
    riegeli::LimitingWriter writer(&dest, Options().set_exact_length(5));
    EXPECT_TRUE(writer.Write("fgh"));
    EXPECT_FALSE(writer.Write("ijk"));
    EXPECT_EQ(writer.status().code(), absl::StatusCode::kResourceExhausted);
  }
  {
    riegeli::LimitingWriter writer(&dest, Options().set_exact_length(5));
    EXPECT_FALSE(writer.Write(absl::Cord(Sample(6'000))));
    EXPECT_FALSE(writer.Push(6));
  }
  {
    riegeli::LimitingWriter writer(&dest, Options().set_exact_length(5));
    EXPECT_TRUE(writer.Write("z"));
    EXPECT_FALSE(writer.Close());
    EXPECT_THAT(writer.status().message(), HasSubstr("Not enough data"));
  }
  ASSERT_TRUE(dest.Close());
  EXPECT_EQ(text, "abcdefghz");
}

// The check values of the catalogue of CRC algorithms, for "123456789".
TEST(Digesters, GiveTheKnownValues) {
  riegeli::Crc32Digester crc32;
  EXPECT_EQ(crc32.Digest(), 0);
  crc32.Write("");
  crc32.Write("1234");
  crc32.Write("56789");
  EXPECT_EQ(crc32.Digest(), 0xcbf43926);
  riegeli::Crc32cDigester crc32c;
  EXPECT_EQ(crc32c.Digest(), 0);
  crc32c.Write("12345");
  crc32c.Write("6789");
  EXPECT_EQ(crc32c.Digest(), 0xe3069283);
}

uint32_t Crc32c(std::string_view data) {
  riegeli::Crc32cDigester digester;
  digester.Write(data);
  return digester.Digest();
}

TEST(DigestingReader, SeesEachByteOnceHoweverItIsRead) {
  const std::string data = Sample(100'000);
  const absl::Cord cord = Fragmented(data, 777);
  riegeli::CordReader src(&cord);
  riegeli::DigestingReader<riegeli::Crc32cDigester> reader(&src);
  std::string text;
  absl::Cord part;
  char c;
  ASSERT_TRUE(reader.Read(c));
  ASSERT_TRUE(reader.Pull(2000));
  ASSERT_TRUE(reader.Read(10'000, text));
  ASSERT_TRUE(reader.Read(50'000, part));
  ASSERT_TRUE(reader.Skip(5'000));
  absl::Cord copied;
  riegeli::CordWriter writer(&copied);
  ASSERT_TRUE(reader.Copy(20'000, writer));
  ASSERT_TRUE(writer.Close());
  EXPECT_EQ(copied, data.substr(65'001, 20'000));
  ASSERT_TRUE(reader.Close());
  EXPECT_EQ(reader.Digest(), Crc32c(data.substr(0, 85'001)));
  EXPECT_EQ(src.pos(), 85'001);
}

TEST(DigestingReader, CannotGoBackToWhatItHasSeen) {
  const std::string data = Sample(10'000);
  riegeli::StringReader<> src(data);
  riegeli::DigestingReader<riegeli::Crc32Digester> reader(&src);
  EXPECT_FALSE(reader.SupportsRewind());
  absl::Cord cord;
  ASSERT_TRUE(riegeli::ReadAll(reader, cord).ok());
  EXPECT_FALSE(reader.Seek(4));
  EXPECT_EQ(reader.status().code(), absl::StatusCode::kUnimplemented);
}

TEST(DigestingReader, OpensLaterOverAReaderOfItsOwn) {
  using Inner = riegeli::LimitingReader<>;
  riegeli::StringReader<> src("abcdef");
  riegeli::DigestingReader<riegeli::Crc32cDigester, Inner> reader(
      riegeli::kClosed);
  EXPECT_FALSE(reader.Pull());
  riegeli::Reader* address = &src;
  reader.Reset(riegeli::Maker(address, Limit().set_exact_length(4)));
  std::string got;
  EXPECT_TRUE(riegeli::ReadAll(reader, got).ok());
  EXPECT_EQ(got, "abcd");
  EXPECT_EQ(reader.src().max_pos(), 4);
  EXPECT_EQ(reader.src().src(), &src);
  EXPECT_TRUE(reader.Close());
  EXPECT_EQ(reader.Digest(), Crc32c("abcd"));
  EXPECT_EQ(src.pos(), 4);
}

TEST(DigestingWriter, SeesEachByteOnceHoweverItIsWritten) {
  const std::string data = Sample(100'000);
  absl::Cord cord;
  riegeli::CordWriter dest(&cord);
  riegeli::DigestingWriter<riegeli::Crc32cDigester> writer(&dest);
  ASSERT_TRUE(writer.Write(data[0]));
  ASSERT_TRUE(writer.Write(std::string_view(data).substr(1, 10)));
  ASSERT_TRUE(writer.Push(3000));
  ASSERT_TRUE(writer.Write(Fragmented(data.substr(11, 50'000), 999)));
  ASSERT_TRUE(writer.Write(std::string(data.substr(50'011))));
  ASSERT_TRUE(writer.Close());
  EXPECT_EQ(writer.Digest(), Crc32c(data));
  ASSERT_TRUE(dest.Close());
  EXPECT_EQ(cord, data);
}

}  // namespace
}  // namespace riegeli_test
