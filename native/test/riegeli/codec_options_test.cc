#include <lzma.h>
#include <stddef.h>

#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "codecs.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "riegeli/bytes/cord_reader.h"
#include "riegeli/bytes/cord_writer.h"
#include "riegeli/bytes/read_all.h"
#include "riegeli/bytes/string_reader.h"
#include "riegeli/bytes/string_writer.h"
#include "riegeli/bytes/write.h"
#include "streams.h"

namespace riegeli_test {
namespace {

using ::testing::HasSubstr;
using riegeli::Bzip2Writer;
using riegeli::StringReader;
using riegeli::StringWriter;
using riegeli::XzReader;
using riegeli::XzWriter;
using riegeli::ZlibReader;
using riegeli::ZlibWriter;
using riegeli::ZstdReader;
using riegeli::ZstdWriter;
using ZlibOptions = riegeli::ZlibWriterBase::Options;
using ZstdOptions = riegeli::ZstdWriterBase::Options;
using XzOptions = riegeli::XzWriterBase::Options;

template <template <typename> class WriterOf, typename Options>
std::string CompressWith(std::string_view data, const Options& options) {
  std::string compressed;
  const absl::Status status = riegeli::Write(
      data, WriterOf<StringWriter>(StringWriter(&compressed), options));
  EXPECT_TRUE(status.ok()) << status;
  return compressed;
}

// Text of numbers, where searching longer for matches pays.
std::string Numbers() {
  std::string text;
  for (int i = 0; i < 30'000; ++i) absl::StrAppend(&text, i * i % 9973, ",");
  return text;
}

TEST(ZlibWriter, LevelsAreInEffect) {
  const std::string data = Numbers();
  const auto size = [&](int level) {
    return CompressWith<ZlibWriter>(
               data, ZlibOptions().set_compression_level(level))
        .size();
  };
  EXPECT_GT(size(0), data.size());
  EXPECT_LT(size(9), size(1));
  EXPECT_EQ(size(-1), size(6));
}

TEST(ZlibWriter, HeadersAreThoseOfTheFormats) {
  using Header = riegeli::ZlibWriterBase::Header;
  const auto head = [](Header header) {
    return CompressWith<ZlibWriter>("x", ZlibOptions().set_header(header))
        .substr(0, 2);
  };
  EXPECT_EQ(head(Header::kZlib), "\x78\x9c");
  EXPECT_EQ(head(Header::kGzip), "\x1f\x8b");
  EXPECT_EQ(head(Header::kRaw), std::string("\xab\0", 2));
}

TEST(ZlibReader, RecognisesBothHeadersOnRequestOnly) {
  using Out = riegeli::ZlibWriterBase::Header;
  using In = riegeli::ZlibReaderBase::Header;
  for (Out out : {Out::kZlib, Out::kGzip}) {
    const std::string compressed =
        CompressWith<ZlibWriter>("hello", ZlibOptions().set_header(out));
    for (In in : {In::kZlib, In::kGzip, In::kZlibOrGzip}) {
      std::string got;
      const absl::Status status = riegeli::ReadAll(
          ZlibReader(StringReader<>(compressed),
                     riegeli::ZlibReaderBase::Options().set_header(in)),
          got);
      const bool matches = in == In::kZlibOrGzip ||
                           (in == In::kZlib) == (out == Out::kZlib);
      EXPECT_EQ(status.ok(), matches);
      EXPECT_EQ(got, matches ? "hello" : "");
    }
  }
}

TEST(ZlibWriter, RefusesALevelThatDoesNotExist) {
  std::string compressed;
  StringWriter dest(&compressed);
  ZlibWriter writer(&dest, ZlibOptions().set_compression_level(10));
  EXPECT_EQ(writer.status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(ZstdWriter, StoresAPledgedSizeOnly) {
  const std::string data = Sample(100'000);
  for (bool pledged : {false, true}) {
    ZstdOptions options;
    if (pledged) options.set_pledged_size(data.size());
    const absl::Cord compressed =
        Fragmented(CompressWith<ZstdWriter>(data, options), 3);
    riegeli::CordReader reader(&compressed);
    EXPECT_EQ(riegeli::ZstdUncompressedSize(reader),
              pledged ? std::optional<riegeli::Position>(data.size())
                      : std::nullopt);
    EXPECT_EQ(reader.pos(), 0);
  }
  StringReader<> garbage("garbage of some length");
  EXPECT_EQ(riegeli::ZstdUncompressedSize(garbage), std::nullopt);
}

TEST(ZstdWriter, APledgeCoversPiecesAndNothing) {
  for (size_t size : {0, 1, 100'000, 3'000'000}) {
    const std::string data = Sample(size);
    std::string compressed;
    StringWriter dest(&compressed);
    ZstdWriter writer(&dest, ZstdOptions().set_pledged_size(size));
    for (size_t begin = 0; begin < size; begin += 70'001) {
      ASSERT_TRUE(writer.Write(std::string_view(data).substr(begin, 70'001)));
    }
    ASSERT_TRUE(writer.Close()) << writer.status();
    ASSERT_TRUE(dest.Close());
    std::string got;
    EXPECT_TRUE(
        riegeli::ReadAll(ZstdReader(StringReader<>(compressed)), got).ok());
    EXPECT_TRUE(got == data);
  }
}

TEST(ZstdWriter, ABrokenPledgeIsAFailure) {
  for (size_t size : {99, 101, 300'000}) {
    std::string compressed;
    StringWriter dest(&compressed);
    ZstdWriter writer(&dest, ZstdOptions().set_pledged_size(100));
    writer.Write(Sample(size));
    EXPECT_FALSE(writer.Close()) << size;
    EXPECT_EQ(writer.status().code(), absl::StatusCode::kInvalidArgument);
  }
}

TEST(ZstdWriter, LevelsAreInEffect) {
  const std::string data = Numbers();
  const auto size = [&](int level) {
    return CompressWith<ZstdWriter>(
               data, ZstdOptions().set_compression_level(level))
        .size();
  };
  EXPECT_LT(size(1), size(ZstdOptions::kMinCompressionLevel));
  EXPECT_LT(size(ZstdOptions::kMaxCompressionLevel), size(6));
  EXPECT_EQ(size(0), size(ZstdOptions::kDefaultCompressionLevel));
}

TEST(ZstdWriter, AChecksumIsFourBytes) {
  const std::string data = Sample(1000);
  EXPECT_EQ(
      CompressWith<ZstdWriter>(data, ZstdOptions().set_store_checksum(true))
              .size() -
          CompressWith<ZstdWriter>(data, ZstdOptions()).size(),
      4);
}

TEST(ZstdReader, ReadAllToACordIsOneBlockWhereTheSizeIsStored) {
  const std::string data = Sample(3'000'000);
  const std::string compressed = CompressWith<ZstdWriter>(
      data, ZstdOptions().set_pledged_size(data.size()));
  absl::Cord got;
  ASSERT_TRUE(
      riegeli::ReadAll(ZstdReader(StringReader<>(compressed)), got).ok());
  ASSERT_TRUE(got.TryFlat().has_value());
  EXPECT_TRUE(got == data);
}

TEST(ZstdReader, ReadAllToACordIsFewBlocksElsewhere) {
  const std::string data = Sample(3'000'000);
  const std::string compressed =
      CompressWith<ZstdWriter>(data, ZstdOptions());
  absl::Cord got;
  ASSERT_TRUE(
      riegeli::ReadAll(ZstdReader(StringReader<>(compressed)), got).ok());
  EXPECT_TRUE(got == data);
  EXPECT_LE(std::distance(got.chunk_begin(), got.chunk_end()), 8);
}

TEST(ZlibReader, ReadAllOfAGzipFileToACordIsOneBlock) {
  const std::string data = Sample(3'000'000);
  const std::string compressed = CompressWith<ZlibWriter>(
      data, ZlibOptions().set_header(riegeli::ZlibWriterBase::Header::kGzip));
  absl::Cord got;
  ASSERT_TRUE(
      riegeli::ReadAll(ZlibReader(StringReader<>(compressed)), got).ok());
  ASSERT_TRUE(got.TryFlat().has_value());
  EXPECT_TRUE(got == data);
}

// A frame that promises 2^62 bytes: the promise must not be allocated.
TEST(ZstdReader, DoesNotBelieveAnAbsurdSize) {
  std::string frame("\x28\xb5\x2f\xfd\xe0\0\0\0\0\0\0\0\x40\x01\0\0", 16);
  absl::Cord got;
  const absl::Status status =
      riegeli::ReadAll(ZstdReader(StringReader<>(frame)), got);
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(got, "");
}

TEST(Bzip2Writer, RefusesALevelThatDoesNotExist) {
  std::string compressed;
  StringWriter dest(&compressed);
  Bzip2Writer writer(
      &dest, riegeli::Bzip2WriterBase::Options().set_compression_level(10));
  EXPECT_EQ(writer.status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(XzWriter, ChecksAndPresetsAreInEffect) {
  using Check = riegeli::XzWriterBase::Check;
  const std::string data = Sample(1000);
  const auto size = [&](Check check) {
    return CompressWith<XzWriter>(data, XzOptions().set_check(check)).size();
  };
  EXPECT_EQ(size(Check::kCrc32) - size(Check::kNone), 4);
  EXPECT_EQ(size(Check::kCrc64) - size(Check::kNone), 8);
  EXPECT_EQ(size(Check::kSha256) - size(Check::kNone), 32);
  std::string compressed;
  StringWriter dest(&compressed);
  EXPECT_FALSE(XzWriter(&dest, XzOptions().set_compression_level(10)).ok());
  EXPECT_TRUE(
      XzWriter(&dest, XzOptions().set_compression_level(9).set_extreme(true))
          .ok());
}

TEST(XzReader, SkipsPaddingBetweenStreams) {
  const std::string one = CompressWith<XzWriter>("one", XzOptions());
  const std::string padded = one + std::string(8, '\0') + one;
  std::string got;
  const auto options = riegeli::XzReaderBase::Options().set_concatenate(true);
  EXPECT_TRUE(
      riegeli::ReadAll(XzReader(StringReader<>(padded), options), got).ok());
  EXPECT_EQ(got, "oneone");
  const std::string odd = one + std::string(3, '\0');
  EXPECT_FALSE(
      riegeli::ReadAll(XzReader(StringReader<>(odd), options), got).ok());
}

TEST(XzReader, ReadsTheOldFormatOnRequestOnly) {
  lzma_options_lzma preset;
  lzma_lzma_preset(&preset, 6);
  lzma_stream stream = LZMA_STREAM_INIT;
  ASSERT_EQ(lzma_alone_encoder(&stream, &preset), LZMA_OK);
  const std::string data = Sample(1000);
  std::string compressed(2000, '\0');
  stream.next_in = reinterpret_cast<const uint8_t*>(data.data());
  stream.avail_in = data.size();
  stream.next_out = reinterpret_cast<uint8_t*>(compressed.data());
  stream.avail_out = compressed.size();
  ASSERT_EQ(lzma_code(&stream, LZMA_FINISH), LZMA_STREAM_END);
  compressed.resize(stream.total_out);
  lzma_end(&stream);
  using Container = riegeli::XzReaderBase::Container;
  for (Container container : {Container::kXz, Container::kXzOrLzma}) {
    std::string got;
    EXPECT_EQ(riegeli::ReadAll(
                  XzReader(StringReader<>(compressed),
                           riegeli::XzReaderBase::Options().set_container(
                               container)),
                  got)
                  .ok(),
              container == Container::kXzOrLzma);
  }
}

TEST(Codecs, AReaderMayEndOnAnotherThread) {
  for (const Codec& codec : AllCodecs()) {
    const std::string data = Sample(50'000);
    const std::string compressed = Compress(codec, data);
    StringReader<> src(compressed);
    auto reader = codec.reader(&src, false);
    std::string head, rest;
    ASSERT_TRUE(reader->Read(100, head));
    std::thread([&] {
      EXPECT_TRUE(riegeli::ReadAll(std::move(reader), rest).ok());
      reader.reset();
    }).join();
    EXPECT_TRUE(head + rest == data);
  }
}

}  // namespace
}  // namespace riegeli_test
