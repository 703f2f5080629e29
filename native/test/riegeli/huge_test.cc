// More than 4 GiB, which is where 32-bit counts in compression libraries wrap.
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "gtest/gtest.h"
#include "riegeli/base/byte_fill.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/copy_all.h"
#include "riegeli/bytes/cord_reader.h"
#include "riegeli/bytes/cord_writer.h"
#include "riegeli/bytes/limiting_reader.h"
#include "riegeli/bytes/prefix_limiting_reader.h"
#include "riegeli/bytes/string_reader.h"
#include "riegeli/bytes/string_writer.h"
#include "riegeli/bytes/write.h"
#include "riegeli/digests/crc32_digester.h"
#include "riegeli/digests/digesting_reader.h"
#include "riegeli/zlib/zlib_reader.h"
#include "riegeli/zlib/zlib_writer.h"
#include "riegeli/zstd/zstd_reader.h"
#include "riegeli/zstd/zstd_writer.h"
#include "streams.h"

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace riegeli_test {
namespace {

using riegeli::Position;

constexpr Position kHuge = (Position{1} << 32) + 12'345;

// CRC-32 of `length` zeros, by combining powers of two.
uint32_t CrcOfZeros(Position length) {
  uLong power = crc32(0, reinterpret_cast<const Bytef*>("\0"), 1);
  uLong crc = 0;
  for (Position size = 1; size <= length; size *= 2) {
    const auto count = static_cast<z_off_t>(size);
    if (length & size) crc = crc32_combine(crc, power, count);
    power = crc32_combine(power, power, count);
  }
  return static_cast<uint32_t>(crc);
}

TEST(Huge, PositionsOfReadersDoNotWrap) {
  ZeroReader src(kHuge);
  EXPECT_EQ(src.Size(), kHuge);
  ASSERT_TRUE(src.Seek(kHuge - 10));
  char bytes[20];
  size_t length_read;
  EXPECT_FALSE(src.Read(20, bytes, &length_read));
  EXPECT_EQ(length_read, 10);
  EXPECT_EQ(src.pos(), kHuge);
  ASSERT_TRUE(src.Seek(5));
  riegeli::LimitingReader limited(
      &src, riegeli::LimitingReaderBase::Options().set_exact_length(kHuge - 6));
  EXPECT_EQ(limited.max_pos(), kHuge - 1);
  riegeli::PrefixLimitingReader prefix(&limited);
  EXPECT_EQ(prefix.Size(), kHuge - 6);
  ASSERT_TRUE(prefix.Seek(kHuge - 7));
  EXPECT_TRUE(prefix.Read(bytes[0]));
  EXPECT_FALSE(prefix.Read(bytes[0]));
  EXPECT_TRUE(prefix.VerifyEndAndClose());
  EXPECT_EQ(limited.pos(), kHuge - 1);
}

TEST(Huge, ACordIsReadCopiedAndSeeked) {
  const absl::Cord cord(riegeli::ByteFill(kHuge, 'h'));
  riegeli::CordReader reader(&cord);
  ASSERT_TRUE(reader.Seek(kHuge - 3));
  std::string tail;
  ASSERT_TRUE(reader.Read(3, tail));
  EXPECT_EQ(tail, "hhh");
  ASSERT_TRUE(reader.Seek(0));
  absl::Cord copied;
  riegeli::CordWriter writer(&copied);
  ASSERT_TRUE(riegeli::CopyAll(reader, writer, kHuge).ok());
  EXPECT_EQ(writer.pos(), kHuge);
  ASSERT_TRUE(writer.Close());
  EXPECT_EQ(copied.size(), kHuge);
}

TEST(Huge, CopiesAndDigestsAStream) {
  ZeroReader src(kHuge);
  riegeli::DigestingReader<riegeli::Crc32Digester> reader(&src);
  CountingWriter writer;
  ASSERT_TRUE(riegeli::CopyAll(reader, writer).ok());
  EXPECT_EQ(writer.pos(), kHuge);
  ASSERT_TRUE(reader.Close());
  EXPECT_EQ(reader.Digest(), CrcOfZeros(kHuge));
}

TEST(Huge, ZstdCarriesTheSizeAndTheBytes) {
  std::string compressed;
  {
    ZeroReader src(kHuge);
    riegeli::StringWriter dest(&compressed);
    riegeli::ZstdWriter writer(&dest, riegeli::ZstdWriterBase::Options()
                                          .set_compression_level(-5)
                                          .set_store_checksum(true)
                                          .set_pledged_size(kHuge));
    ASSERT_TRUE(riegeli::CopyAll(src, writer).ok());
    ASSERT_TRUE(writer.Close()) << writer.status();
    ASSERT_TRUE(dest.Close());
  }
  riegeli::StringReader<> src(compressed);
  EXPECT_EQ(riegeli::ZstdUncompressedSize(src), kHuge);
  riegeli::ZstdReader reader(&src);
  EXPECT_FALSE(reader.Seek(kHuge + 1));
  EXPECT_EQ(reader.pos(), kHuge);
  EXPECT_TRUE(reader.VerifyEndAndClose()) << reader.status();
  EXPECT_TRUE(src.VerifyEnd());
}

#ifdef __linux__

// Zeros that take address space and no memory.
class ZeroPages {
 public:
  explicit ZeroPages(size_t size)
      : size_(size),
        data_(mmap(nullptr, size, PROT_READ,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)) {}
  ~ZeroPages() { munmap(data_, size_); }
  std::string_view view() const {
    return std::string_view(static_cast<const char*>(data_), size_);
  }

 private:
  size_t size_;
  void* data_;
};

TEST(Huge, ZlibTakesAWriteBeyondItsOwnCounts) {
  const ZeroPages pages(kHuge);
  absl::Cord compressed;
  const auto options =
      riegeli::ZlibWriterBase::Options()
          .set_compression_level(1)
          .set_header(riegeli::ZlibWriterBase::Header::kGzip);
  ASSERT_TRUE(riegeli::Write(pages.view(),
                             riegeli::ZlibWriter(
                                 riegeli::CordWriter(&compressed), options))
                  .ok());
  riegeli::CordReader src(&compressed);
  riegeli::ZlibReader reader(&src);
  EXPECT_FALSE(reader.Seek(kHuge + 1));
  EXPECT_EQ(reader.pos(), kHuge);
  EXPECT_TRUE(reader.VerifyEndAndClose()) << reader.status();
  EXPECT_TRUE(src.VerifyEndAndClose());
}

#endif  // __linux__

}  // namespace
}  // namespace riegeli_test
