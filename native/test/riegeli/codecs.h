// The codecs as values, so that one test covers all of them.
#ifndef ATS_TEST_RIEGELI_CODECS_H_
#define ATS_TEST_RIEGELI_CODECS_H_

#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "riegeli/bytes/reader.h"
#include "riegeli/bytes/string_writer.h"
#include "riegeli/bytes/write.h"
#include "riegeli/bytes/writer.h"
#include "riegeli/bzip2/bzip2_reader.h"
#include "riegeli/bzip2/bzip2_writer.h"
#include "riegeli/xz/xz_reader.h"
#include "riegeli/xz/xz_writer.h"
#include "riegeli/zlib/zlib_reader.h"
#include "riegeli/zlib/zlib_writer.h"
#include "riegeli/zstd/zstd_reader.h"
#include "riegeli/zstd/zstd_writer.h"

namespace riegeli_test {

struct Codec {
  std::string name;
  std::unique_ptr<riegeli::Reader> (*reader)(riegeli::Reader*,
                                             bool concatenate);
  // The same, closing its source.
  std::unique_ptr<riegeli::Reader> (*owning_reader)(
      std::unique_ptr<riegeli::Reader>);
  std::unique_ptr<riegeli::Writer> (*writer)(riegeli::Writer*);
};

inline void PrintTo(const Codec& codec, std::ostream* os) { *os << codec.name; }

// `edit_reader` and `edit_writer` set the options of both sides.
template <template <typename> class ReaderOf,
          template <typename> class WriterOf, auto edit_reader,
          auto edit_writer>
Codec MakeCodec(std::string name) {
  using riegeli::Reader;
  using riegeli::Writer;
  return {std::move(name),
          [](Reader* src, bool concatenate) -> std::unique_ptr<Reader> {
            typename ReaderOf<Reader*>::Options options;
            edit_reader(options);
            options.set_concatenate(concatenate);
            return std::make_unique<ReaderOf<Reader*>>(src, options);
          },
          [](std::unique_ptr<Reader> src) -> std::unique_ptr<Reader> {
            typename ReaderOf<std::unique_ptr<Reader>>::Options options;
            edit_reader(options);
            return std::make_unique<ReaderOf<std::unique_ptr<Reader>>>(
                std::move(src), options);
          },
          [](Writer* dest) -> std::unique_ptr<Writer> {
            typename WriterOf<Writer*>::Options options;
            edit_writer(options);
            return std::make_unique<WriterOf<Writer*>>(dest, options);
          }};
}

template <auto header>
constexpr auto kSetHeader = [](auto& options) { options.set_header(header); };
constexpr auto kKeep = [](auto&) {};
constexpr auto kSetChecksum = [](auto& options) {
  options.set_store_checksum(true);
};

inline std::vector<Codec> AllCodecs() {
  using riegeli::Bzip2Reader;
  using riegeli::Bzip2Writer;
  using riegeli::XzReader;
  using riegeli::XzWriter;
  using riegeli::ZlibReader;
  using riegeli::ZlibWriter;
  using riegeli::ZstdReader;
  using riegeli::ZstdWriter;
  using In = riegeli::ZlibReaderBase::Header;
  using Out = riegeli::ZlibWriterBase::Header;
  return {
      MakeCodec<ZlibReader, ZlibWriter, kSetHeader<In::kZlib>,
                kSetHeader<Out::kZlib>>("zlib"),
      MakeCodec<ZlibReader, ZlibWriter, kSetHeader<In::kGzip>,
                kSetHeader<Out::kGzip>>("gzip"),
      MakeCodec<ZlibReader, ZlibWriter, kSetHeader<In::kRaw>,
                kSetHeader<Out::kRaw>>("deflate"),
      MakeCodec<ZstdReader, ZstdWriter, kKeep, kSetChecksum>("zstd"),
      MakeCodec<Bzip2Reader, Bzip2Writer, kKeep, kKeep>("bzip2"),
      MakeCodec<XzReader, XzWriter, kKeep, kKeep>("xz"),
  };
}

// `data` as one compressed stream.
inline std::string Compress(const Codec& codec, std::string_view data) {
  std::string compressed;
  riegeli::StringWriter dest(&compressed);
  std::unique_ptr<riegeli::Writer> writer = codec.writer(&dest);
  if (!writer->Write(data) || !writer->Close() || !dest.Close()) return "";
  return compressed;
}

}  // namespace riegeli_test

#endif  // ATS_TEST_RIEGELI_CODECS_H_
