#ifdef __linux__
#include <malloc.h>
#endif
#include <stddef.h>
#include <string.h>

#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "gtest/gtest.h"
#include "riegeli/base/byte_fill.h"
#include "riegeli/base/chain.h"
#include "riegeli/base/external_ref.h"
#include "riegeli/bytes/cord_reader.h"
#include "riegeli/bytes/cord_writer.h"
#include "riegeli/bytes/copy_all.h"
#include "riegeli/bytes/read_all.h"
#include "riegeli/bytes/write.h"
#include "streams.h"

namespace riegeli_test {
namespace {

TEST(CordReader, ReadsAFragmentedCordInEveryPieceSize) {
  const std::string data = Sample(1000);
  for (size_t piece : {1, 2, 3, 7, 100, 999, 1000, 2000}) {
    const absl::Cord cord = Fragmented(data, piece);
    for (size_t step : {1, 5, 64, 333, 1000}) {
      riegeli::CordReader reader(&cord);
      std::string got;
      while (reader.Pull(1)) {
        std::string part;
        reader.Read(step, part);
        got += part;
      }
      EXPECT_EQ(got, data) << piece << " " << step;
      EXPECT_TRUE(reader.VerifyEndAndClose());
    }
  }
}

TEST(CordReader, PullsAcrossPiecesAndGoesOnBehindThem) {
  const std::string data = Sample(500);
  const absl::Cord cord = Fragmented(data, 7);
  riegeli::CordReader reader(&cord);
  size_t pos = 0;
  for (size_t length : {3, 10, 1, 50, 7, 6, 100, 2}) {
    ASSERT_TRUE(reader.Pull(length));
    ASSERT_EQ(reader.pos(), pos);
    ASSERT_EQ(std::string_view(reader.cursor(), length),
              std::string_view(data).substr(pos, length));
    reader.move_cursor(length - 1);
    pos += length - 1;
  }
  std::string rest;
  ASSERT_TRUE(riegeli::ReadAll(reader, rest).ok());
  EXPECT_EQ(rest, data.substr(pos));
}

TEST(CordReader, DoesNotCopyPieces) {
  const std::string data = Sample(5000);
  const absl::Cord cord = Fragmented(data, 1000);
  std::vector<const char*> pieces;
  for (std::string_view chunk : cord.Chunks()) pieces.push_back(chunk.data());
  riegeli::CordReader reader(&cord);
  for (const char* piece : pieces) {
    ASSERT_TRUE(reader.Pull());
    EXPECT_EQ(reader.cursor(), piece);
    reader.move_cursor(reader.available());
  }
  EXPECT_FALSE(reader.Pull());
}

TEST(CordReader, SeeksEverywhere) {
  const std::string data = Sample(777);
  const absl::Cord cord = Fragmented(data, 50);
  riegeli::CordReader reader(&cord);
  for (size_t pos : {0, 776, 49, 50, 51, 700, 0, 777, 3, 400, 399}) {
    ASSERT_TRUE(reader.Seek(pos));
    EXPECT_EQ(reader.pos(), pos);
    char c = 0;
    ASSERT_EQ(reader.Read(c), pos < data.size());
    EXPECT_EQ(c, pos < data.size() ? data[pos] : 0);
    reader.Pull(60);
  }
  EXPECT_FALSE(reader.Seek(778));
  EXPECT_EQ(reader.pos(), 777);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(reader.Size(), 777);
}

TEST(CordReader, SharesMemoryWithTheCordThatIsRead) {
  const std::string data = Sample(100'000);
  const absl::Cord cord = Fragmented(data, 100'000);
  riegeli::CordReader reader(&cord);
  absl::Cord all;
  ASSERT_TRUE(riegeli::ReadAll(reader, all).ok());
  EXPECT_EQ(all.TryFlat()->data(), cord.TryFlat()->data());
  ASSERT_TRUE(reader.Seek(500));
  absl::Cord part;
  ASSERT_TRUE(reader.Read(50'000, part));
  EXPECT_EQ(part.TryFlat()->data(), cord.TryFlat()->data() + 500);
  EXPECT_EQ(reader.pos(), 50'500);
}

TEST(CordReader, OwnsACordAndCanBeMoved) {
  for (const std::string& data : {std::string("short"), Sample(10'000)}) {
    riegeli::CordReader first{absl::Cord(data)};
    std::string head;
    ASSERT_TRUE(first.Read(2, head));
    riegeli::CordReader second(std::move(first));
    EXPECT_FALSE(first.is_open());
    std::string rest;
    ASSERT_TRUE(riegeli::ReadAll(second, rest).ok());
    EXPECT_EQ(head + rest, data);
    ASSERT_TRUE(second.Seek(1));
    riegeli::CordReader<absl::Cord> third(riegeli::kClosed);
    EXPECT_FALSE(third.Pull());
    third = std::move(second);
    ASSERT_TRUE(riegeli::ReadAll(third, rest).ok());
    EXPECT_EQ(rest, data.substr(1));
    third.Reset(absl::Cord("again"));
    ASSERT_TRUE(riegeli::ReadAll(third, rest).ok());
    EXPECT_EQ(rest, "again");
  }
}

TEST(CordReader, OfAnEmptyCordIsAtItsEnd) {
  const absl::Cord cord;
  riegeli::CordReader reader(&cord);
  EXPECT_FALSE(reader.Pull());
  EXPECT_TRUE(reader.Seek(0));
  EXPECT_FALSE(reader.Seek(1));
  EXPECT_TRUE(reader.VerifyEndAndClose());
}

TEST(CordWriter, WritesSmallAndLargeThings) {
  const std::string data = Sample(3'000'000);
  absl::Cord cord;
  riegeli::CordWriter writer(&cord);
  std::string expected;
  for (size_t begin = 0, length = 1; begin < data.size(); length *= 3) {
    const std::string part = data.substr(begin, length);
    ASSERT_TRUE(writer.Write(part));
    expected += part;
    ASSERT_EQ(writer.pos(), expected.size());
    ASSERT_TRUE(writer.Write('x'));
    expected += 'x';
    ASSERT_TRUE(writer.Write(absl::Cord(part)));
    expected += part;
    ASSERT_TRUE(writer.Write(riegeli::Chain(absl::Cord("chain"))));
    expected += "chain";
    ASSERT_TRUE(writer.Write(riegeli::ByteFill(length, 'f')));
    expected.append(length, 'f');
    ASSERT_TRUE(writer.Write(std::string(part)));
    expected += part;
    begin += length;
  }
  ASSERT_TRUE(writer.Close());
  EXPECT_EQ(cord, expected);
}

TEST(CordWriter, PushGivesRoomInOnePiece) {
  absl::Cord cord;
  riegeli::CordWriter writer(&cord);
  ASSERT_TRUE(writer.Write("head"));
  ASSERT_TRUE(writer.Push(10'000'000));
  ASSERT_GE(writer.available(), 10'000'000);
  memset(writer.cursor(), 'z', 9'000'000);
  writer.move_cursor(9'000'000);
  ASSERT_TRUE(writer.Close());
  EXPECT_EQ(cord.size(), 9'000'004);
  EXPECT_EQ(cord.Subcord(0, 6), "headzz");
}

TEST(CordWriter, SharesExternalBytesAndReleasesThem) {
  auto bytes = std::make_shared<const std::string>(Sample(100'000));
  const std::weak_ptr<const std::string> watch = bytes;
  const char* const address = bytes->data();
  absl::Cord cord;
  riegeli::CordWriter writer(&cord);
  const std::string_view view = *bytes;
  ASSERT_TRUE(writer.Write(riegeli::ExternalRef(std::move(bytes), view)));
  ASSERT_TRUE(writer.Close());
  EXPECT_EQ(cord.TryFlat()->data(), address);
  EXPECT_FALSE(watch.expired());
  cord.Clear();
  EXPECT_TRUE(watch.expired());
}

TEST(CordWriter, CopiesSmallExternalBytes) {
  auto bytes = std::make_shared<const std::string>("small");
  absl::Cord cord;
  riegeli::CordWriter writer(&cord);
  ASSERT_TRUE(writer.Write(riegeli::ExternalRef(bytes, *bytes)));
  ASSERT_TRUE(writer.Close());
  EXPECT_EQ(bytes.use_count(), 1);
  EXPECT_EQ(cord, "small");
}

TEST(CordWriter, SharesFrom256BytesOn) {
  for (size_t size : {255, 256}) {
    auto bytes = std::make_shared<const std::string>(size, 'x');
    absl::Cord cord;
    riegeli::CordWriter writer(&cord);
    ASSERT_TRUE(writer.Write(riegeli::ExternalRef(bytes, *bytes)));
    ASSERT_TRUE(writer.Close());
    EXPECT_EQ(cord.TryFlat()->data() == bytes->data(), size == 256);
  }
}

TEST(CordWriter, ReplacesOrAppends) {
  absl::Cord cord("old");
  EXPECT_TRUE(riegeli::Write("new", riegeli::CordWriter(&cord)).ok());
  EXPECT_EQ(cord, "new");
  riegeli::CordWriter writer(
      &cord, riegeli::CordWriterBase::Options().set_append(true));
  EXPECT_EQ(writer.pos(), 3);
  EXPECT_TRUE(writer.Write("er"));
  EXPECT_TRUE(writer.Close());
  EXPECT_EQ(cord, "newer");
}

TEST(CordWriter, OwnsACordOfOneBlockOnRequest) {
  riegeli::CordWriter<absl::Cord> writer(
      riegeli::CordWriterBase::Options().set_max_block_size(
          std::numeric_limits<size_t>::max()));
  const std::string data = Sample(5'000'000);
  ASSERT_TRUE(writer.Write(data));
  ASSERT_TRUE(writer.Close());
  EXPECT_EQ(writer.dest().TryFlat(), data);
}

#ifdef __linux__
TEST(CordWriter, GivesUnusedMemoryOfABlockBack) {
  absl::Cord cord;
  riegeli::CordWriter writer(&cord);
  ASSERT_TRUE(writer.Push(1'000'000));
  memset(writer.cursor(), 'a', 2000);
  writer.move_cursor(2000);
  ASSERT_TRUE(writer.Close());
  ASSERT_EQ(cord.size(), 2000);
  EXPECT_LT(malloc_usable_size(const_cast<char*>(cord.TryFlat()->data())),
            10'000);
}
#endif

TEST(CopyAll, FromCordToCordSharesMemory) {
  const absl::Cord src = Fragmented(Sample(100'000), 30'000);
  absl::Cord dest;
  riegeli::CordReader reader(&src);
  riegeli::CordWriter writer(&dest);
  EXPECT_TRUE(riegeli::CopyAll(reader, writer, src.size()).ok());
  ASSERT_TRUE(writer.Close());
  EXPECT_EQ(dest, src);
  EXPECT_EQ(dest.chunk_begin()->data(), src.chunk_begin()->data());
}

TEST(ByteFill, MakesACordThatSharesOneBlock) {
  const absl::Cord cord(riegeli::ByteFill(1'000'000, 'X'));
  EXPECT_EQ(cord, std::string(1'000'000, 'X'));
  EXPECT_LT(cord.EstimatedMemoryUsage(
                absl::CordMemoryAccounting::kTotalMorePrecise),
            200'000);
  EXPECT_EQ(absl::Cord(riegeli::ByteFill(0)), "");
}

}  // namespace
}  // namespace riegeli_test
