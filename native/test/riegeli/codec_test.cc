#include <stddef.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "codecs.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "riegeli/bytes/cord_reader.h"
#include "riegeli/bytes/limiting_reader.h"
#include "riegeli/bytes/read_all.h"
#include "riegeli/bytes/string_reader.h"
#include "riegeli/bytes/string_writer.h"
#include "streams.h"

namespace riegeli_test {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using Limit = riegeli::LimitingReaderBase::Options;

class CodecTest : public ::testing::TestWithParam<Codec> {};

INSTANTIATE_TEST_SUITE_P(
    All, CodecTest, ::testing::ValuesIn(AllCodecs()),
    [](const auto& info) { return info.param.name; });

// Decodes to the end of the stream and verifies that the source ends there.
absl::Status Decode(const Codec& codec, riegeli::Reader& src,
                    std::string& dest, bool concatenate = false) {
  auto reader = codec.reader(&src, concatenate);
  absl::Status status = riegeli::ReadAll(std::move(reader), dest);
  if (status.ok() && !src.VerifyEndAndClose()) status = src.status();
  return status;
}

TEST_P(CodecTest, RoundTripsEverySize) {
  for (size_t size : {0, 1, 100, 4095, 4096, 65'535, 65'536, 65'537, 1'000'000,
                      5'000'000}) {
    const std::string data = Sample(size);
    const std::string compressed = Compress(GetParam(), data);
    ASSERT_FALSE(compressed.empty());
    riegeli::StringReader<> src(compressed);
    std::string got;
    ASSERT_EQ(Decode(GetParam(), src, got), absl::OkStatus()) << size;
    EXPECT_TRUE(got == data) << size;
  }
}

TEST_P(CodecTest, RoundTripsThroughSmallPiecesOnBothSides) {
  const std::string data = Sample(200'000);
  std::string compressed;
  riegeli::StringWriter dest(&compressed);
  auto writer = GetParam().writer(&dest);
  for (size_t begin = 0, step = 1; begin < data.size(); begin += step) {
    step = std::min<size_t>(begin % 9'000 + 1, data.size() - begin);
    ASSERT_TRUE(writer->Write(std::string_view(data).substr(begin, step)));
  }
  ASSERT_TRUE(writer->Close());
  ASSERT_TRUE(dest.Close());
  for (size_t piece : {1, 3, 1000}) {
    DripReader src(compressed, piece);
    auto reader = GetParam().reader(&src, false);
    std::string got;
    while (reader->Pull()) {
      std::string part;
      reader->Read(piece * 7, part);
      got += part;
    }
    EXPECT_TRUE(got == data) << piece;
    EXPECT_TRUE(reader->VerifyEndAndClose()) << reader->status();
  }
}

TEST_P(CodecTest, ReadsAFragmentedCordStraightToTheDestination) {
  const std::string data = Sample(1'000'000);
  const absl::Cord compressed = Fragmented(Compress(GetParam(), data), 1000);
  riegeli::CordReader src(&compressed);
  auto reader = GetParam().reader(&src, false);
  std::string got(data.size(), '\0');
  ASSERT_TRUE(reader->Read(10, got.data()));
  ASSERT_TRUE(reader->Read(got.size() - 10, got.data() + 10));
  EXPECT_TRUE(got == data);
  EXPECT_TRUE(reader->VerifyEndAndClose());
  EXPECT_TRUE(src.VerifyEndAndClose());
}

TEST_P(CodecTest, LeavesTheSourceAtTheEndOfTheStream) {
  const std::string data = Sample(100'000);
  const std::string compressed = Compress(GetParam(), data);
  const absl::Cord cord = Fragmented(compressed + "what follows", 512);
  riegeli::CordReader src(&cord);
  std::string got;
  ASSERT_EQ(riegeli::ReadAll(GetParam().reader(&src, false), got),
            absl::OkStatus());
  EXPECT_TRUE(got == data);
  EXPECT_EQ(src.pos(), compressed.size());
  EXPECT_FALSE(src.VerifyEnd());
}

TEST_P(CodecTest, AnOwnerVerifiesTheEndOfItsSource) {
  const std::string compressed = Compress(GetParam(), "data");
  const std::string longer = compressed + "x";
  for (const std::string* text : {&compressed, &longer}) {
    auto reader = GetParam().owning_reader(
        std::make_unique<riegeli::StringReader<>>(*text));
    std::string got;
    const absl::Status status = riegeli::ReadAll(std::move(reader), got);
    EXPECT_EQ(got, "data");
    EXPECT_EQ(status.ok(), text == &compressed);
  }
}

TEST_P(CodecTest, EveryTruncationIsAFailure) {
  const std::string data = Sample(3'000);
  const std::string compressed = Compress(GetParam(), data);
  for (size_t length = 0; length < compressed.size(); ++length) {
    riegeli::StringReader<> src(std::string_view(compressed).substr(0, length));
    std::string got;
    const absl::Status status = Decode(GetParam(), src, got);
    ASSERT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << length;
    ASSERT_THAT(status.message(), HasSubstr("Truncated")) << length;
    ASSERT_THAT(status.message(),
                HasSubstr("at byte " + std::to_string(length) + ";"));
  }
}

TEST_P(CodecTest, TruncationIsSeenByADirectReadOfAllBytes) {
  const std::string data = Sample(100'000);
  const std::string compressed = Compress(GetParam(), data);
  for (size_t missing : {1, 4, 5'000}) {
    riegeli::StringReader<> src(
        std::string_view(compressed).substr(0, compressed.size() - missing));
    auto reader = GetParam().reader(&src, false);
    std::string got(data.size(), '\0');
    reader->Read(got.size(), got.data());
    EXPECT_FALSE(reader->VerifyEndAndClose()) << missing;
    EXPECT_THAT(reader->status().message(), HasSubstr("Truncated"));
  }
}

// A flipped bit may be harmless (as in the time stamp of gzip), but it must
// never give other bytes and success, nor any failure but InvalidArgument (or
// ResourceExhausted where a size was hit).
TEST_P(CodecTest, NoFlippedBitGivesWrongBytesAndSuccess) {
  const std::string data = Sample(600);
  const std::string compressed = Compress(GetParam(), data);
  const bool checked = GetParam().name != "deflate";
  size_t failures = 0;
  for (size_t bit = 0; bit < compressed.size() * 8; ++bit) {
    std::string corrupt = compressed;
    corrupt[bit / 8] ^= static_cast<char>(1 << (bit % 8));
    riegeli::StringReader<> src(corrupt);
    std::string got;
    const absl::Status status = Decode(GetParam(), src, got);
    if (status.ok()) {
      EXPECT_TRUE(got == data || !checked) << bit;
    } else {
      ++failures;
      EXPECT_THAT(status.code(),
                  AnyOf(absl::StatusCode::kInvalidArgument,
                        absl::StatusCode::kResourceExhausted));
    }
  }
  EXPECT_GT(failures, compressed.size());
}

TEST_P(CodecTest, GarbageAndEmptyInputAreFailures) {
  for (std::string_view text : {"", "\xff", "certainly not compressed data",
                                "\xff\xff\xff\xff\xff\xff\xff\xff"}) {
    riegeli::StringReader<> src(text);
    std::string got;
    EXPECT_EQ(Decode(GetParam(), src, got).code(),
              absl::StatusCode::kInvalidArgument)
        << text;
  }
}

TEST_P(CodecTest, CorruptionTravelsThroughNestedReaders) {
  const std::string data = Sample(50'000);
  std::string compressed = Compress(GetParam(), data);
  // Not one bit, and far from the begin: every codec stumbles within.
  for (size_t i = compressed.size() / 2; i < compressed.size() / 2 + 64; ++i) {
    compressed[i] = static_cast<char>(~compressed[i]);
  }
  const absl::Cord cord = Fragmented("head" + compressed + "tail", 100);
  riegeli::CordReader base(&cord);
  ASSERT_TRUE(base.Skip(4));
  riegeli::LimitingReader limited(&base,
                                  Limit().set_exact_length(compressed.size()));
  auto reader = GetParam().reader(&limited, false);
  riegeli::LimitingReader outer(reader.get(),
                                Limit().set_exact_length(data.size()));
  absl::Cord got;
  // As TensorStore does: read what is needed, then verify each reader's end.
  const bool read = outer.Read(data.size(), got);
  const bool closed = outer.VerifyEndAndClose();
  EXPECT_EQ(closed, read);
  const bool verified = reader->VerifyEndAndClose();
  if (GetParam().name == "deflate" && verified) {
    // Without a checksum, wrong bytes of the right number pass.
    EXPECT_TRUE(read);
    EXPECT_NE(got, data);
  } else {
    EXPECT_FALSE(verified);
    EXPECT_EQ(reader->status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(reader->status().message(), HasSubstr("at byte "));
    EXPECT_THAT(reader->status().message(), HasSubstr("at uncompressed byte "));
  }
  EXPECT_TRUE(read || outer.status() == reader->status());
  // The readers below have not failed and stand within the compressed data.
  EXPECT_TRUE(limited.ok());
  EXPECT_TRUE(limited.Close());
  EXPECT_GE(base.pos(), 4);
  EXPECT_LE(base.pos(), 4 + compressed.size());
}

TEST_P(CodecTest, AFailureOfTheSourceTravelsThroughNestedReaders) {
  const std::string data = Sample(200'000);
  const std::string compressed = Compress(GetParam(), data);
  DripReader base(compressed.substr(0, compressed.size() / 2), 100,
                  absl::UnavailableError("connection lost"));
  riegeli::LimitingReader limited(&base,
                                  Limit().set_exact_length(compressed.size()));
  auto reader = GetParam().reader(&limited, false);
  std::string got;
  EXPECT_FALSE(reader->Read(data.size(), got));
  for (riegeli::Reader* each :
       {reader.get(), static_cast<riegeli::Reader*>(&limited),
        static_cast<riegeli::Reader*>(&base)}) {
    EXPECT_EQ(each->status().code(), absl::StatusCode::kUnavailable);
    EXPECT_THAT(each->status().message(), HasSubstr("connection lost"));
    EXPECT_FALSE(each->Close());
  }
}

TEST_P(CodecTest, ASourceCutByALimitIsNotEnoughData) {
  const std::string data = Sample(100'000);
  const std::string compressed = Compress(GetParam(), data);
  const absl::Cord cord = Fragmented(
      std::string_view(compressed).substr(0, compressed.size() - 10), 999);
  riegeli::CordReader base(&cord);
  auto limited = std::make_unique<riegeli::LimitingReader<>>(
      &base, Limit().set_exact_length(compressed.size()));
  auto reader = GetParam().owning_reader(std::move(limited));
  std::string got;
  const absl::Status status = riegeli::ReadAll(std::move(reader), got);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(status.message(), HasSubstr("Not enough data"));
}

TEST_P(CodecTest, ReadsOneStreamOrAllOfThem) {
  const std::string first = Sample(100'000);
  const std::string second = "second";
  const std::string compressed = Compress(GetParam(), first) +
                                 Compress(GetParam(), "") +
                                 Compress(GetParam(), second);
  {
    DripReader src(compressed, 11);
    std::string got;
    EXPECT_EQ(Decode(GetParam(), src, got, true), absl::OkStatus());
    EXPECT_TRUE(got == first + second);
  }
  {
    riegeli::StringReader<> src(compressed);
    std::string got;
    EXPECT_EQ(Decode(GetParam(), src, got, true), absl::OkStatus());
    EXPECT_TRUE(got == first + second);
  }
  {
    // All of the source shows, and the size at its end is of another stream.
    riegeli::StringReader<> src(compressed);
    std::string got;
    EXPECT_FALSE(Decode(GetParam(), src, got, false).ok());
    EXPECT_TRUE(got == first);
  }
  {
    DripReader src(compressed, 11);
    std::string got;
    EXPECT_THAT(Decode(GetParam(), src, got, false).message(),
                HasSubstr("End of data expected"));
    EXPECT_TRUE(got == first);
  }
  {
    riegeli::StringReader<> src(
        std::string_view(compressed).substr(0, compressed.size() - 3));
    std::string got;
    EXPECT_EQ(Decode(GetParam(), src, got, true).code(),
              absl::StatusCode::kInvalidArgument);
  }
  {
    const std::string trailing = compressed + "garbage!";
    riegeli::StringReader<> src(trailing);
    std::string got;
    EXPECT_FALSE(Decode(GetParam(), src, got, true).ok());
  }
}

TEST_P(CodecTest, SeeksByDecodingAgain) {
  const std::string data = Sample(300'000);
  const absl::Cord cord = Fragmented("xx" + Compress(GetParam(), data), 5'000);
  riegeli::CordReader src(&cord);
  ASSERT_TRUE(src.Skip(2));
  auto reader = GetParam().reader(&src, false);
  ASSERT_TRUE(reader->SupportsRewind());
  for (size_t pos : {250'000, 10, 299'999, 0, 65'536, 300'000, 1}) {
    ASSERT_TRUE(reader->Seek(pos));
    ASSERT_EQ(reader->pos(), pos);
    char c = 0;
    ASSERT_EQ(reader->Read(c), pos < data.size());
    ASSERT_EQ(c, pos < data.size() ? data[pos] : 0);
  }
  EXPECT_FALSE(reader->Seek(300'001));
  EXPECT_EQ(reader->pos(), 300'000);
  EXPECT_TRUE(reader->ok());
}

TEST_P(CodecTest, CannotGoBackWhereItsSourceCannot) {
  DripReader src(Compress(GetParam(), Sample(300'000)), 100);
  auto reader = GetParam().reader(&src, false);
  EXPECT_FALSE(reader->SupportsRewind());
  ASSERT_TRUE(reader->Seek(200'000));
  EXPECT_FALSE(reader->Seek(0));
  EXPECT_EQ(reader->status().code(), absl::StatusCode::kUnimplemented);
}

TEST_P(CodecTest, AFullDestinationFailsTheWriter) {
  CountingWriter dest(1000);
  auto writer = GetParam().writer(&dest);
  const bool written = writer->Write(Sample(5'000'000));
  EXPECT_FALSE(writer->Close());
  EXPECT_EQ(writer->status().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(writer->status().message(), HasSubstr("disk full"));
  EXPECT_FALSE(written && writer->not_failed());
}

TEST_P(CodecTest, AFailedDestinationOrSourceFailsAtOnce) {
  CountingWriter dest;
  dest.Fail(absl::DataLossError("broken before"));
  EXPECT_FALSE(GetParam().writer(&dest)->Write(Sample(10)));
  DripReader src("", 1);
  src.Fail(absl::DataLossError("broken before"));
  auto reader = GetParam().reader(&src, false);
  EXPECT_EQ(reader->status(), src.status());
}

TEST_P(CodecTest, ReusedContextsStartAfresh) {
  const std::string good = Compress(GetParam(), Sample(5'000));
  for (int round = 0; round < 5; ++round) {
    // One that ends in the middle, one that fails, one writer that is dropped.
    riegeli::StringReader<> half(std::string_view(good).substr(0, 100));
    std::string got;
    EXPECT_FALSE(Decode(GetParam(), half, got).ok());
    riegeli::StringReader<> unfinished(good);
    EXPECT_TRUE(GetParam().reader(&unfinished, false)->Read(10, got));
    CountingWriter dest;
    EXPECT_TRUE(GetParam().writer(&dest)->Write(Sample(200'000)));
    EXPECT_EQ(Compress(GetParam(), Sample(5'000)), good);
    riegeli::StringReader<> src(good);
    EXPECT_EQ(Decode(GetParam(), src, got), absl::OkStatus());
    EXPECT_TRUE(got == Sample(5'000));
  }
}

}  // namespace
}  // namespace riegeli_test
