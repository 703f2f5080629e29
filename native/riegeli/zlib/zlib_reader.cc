#include "riegeli/zlib/zlib_reader.h"

#include <libdeflate.h>
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "riegeli/base/recycler.h"
#include "riegeli/base/types.h"
#include "riegeli/codec/decoder.h"
#include "riegeli/codec/decompressing_reader.h"

namespace riegeli {
namespace {

// zlib counts in 32 bits; longer pieces take several steps.
constexpr size_t kMaxPiece = size_t{1} << 30;
// Deflate makes at most 258 bytes of two bits.
constexpr size_t kMaxRatio = 1032;

struct InflateState {
  z_stream stream = {};
  bool initialized = false;
  ~InflateState() {
    if (initialized) inflateEnd(&stream);
  }
};

struct WholeState {
  libdeflate_decompressor* decompressor = libdeflate_alloc_decompressor();
  ~WholeState() { libdeflate_free_decompressor(decompressor); }
};

// The decoded size (modulo 2^32) in the last bytes of a gzip file.
uint32_t GzipTrailerSize(std::string_view src) {
  if (src.size() < 4) return 0;
  const auto* end = reinterpret_cast<const uint8_t*>(src.data()) + src.size();
  return end[-4] | end[-3] << 8 | end[-2] << 16 | uint32_t{end[-1]} << 24;
}

// The argument of inflateInit2: the window size, and a code for the header.
int WindowBits(ZlibReaderBase::Header header) {
  switch (header) {
    case ZlibReaderBase::Header::kZlib:
      return MAX_WBITS;
    case ZlibReaderBase::Header::kGzip:
      return MAX_WBITS + 16;
    case ZlibReaderBase::Header::kZlibOrGzip:
      return MAX_WBITS + 32;
    case ZlibReaderBase::Header::kRaw:
      return -MAX_WBITS;
  }
  return MAX_WBITS;
}

class ZlibDecoder final : public Decoder {
 public:
  explicit ZlibDecoder(const ZlibReaderBase::Options& options)
      : header_(options.header()) {}
  ~ZlibDecoder() override {
    if (state_ != nullptr) Recycler<InflateState>::Give(std::move(state_));
  }

  std::string_view name() const override {
    switch (header_) {
      case ZlibReaderBase::Header::kGzip:
        return "gzip";
      case ZlibReaderBase::Header::kRaw:
        return "Deflate";
      default:
        return "zlib";
    }
  }

  absl::Status Start() override {
    if (state_ == nullptr) {
      state_ = Recycler<InflateState>::Take([](auto&) { return true; });
    }
    int result;
    if (state_ != nullptr) {
      result = inflateReset2(&state_->stream, WindowBits(header_));
    } else {
      auto state = std::make_unique<InflateState>();
      result = inflateInit2(&state->stream, WindowBits(header_));
      state->initialized = result == Z_OK;
      if (state->initialized) state_ = std::move(state);
    }
    at_start_ = true;
    if (result == Z_OK) return absl::OkStatus();
    return absl::ResourceExhaustedError("inflateInit2() failed");
  }

  std::optional<Position> StatedSize(std::string_view src,
                                     bool src_ended) const override {
    if (!src_ended || !IsGzip(src)) return std::nullopt;
    const uint32_t size = GzipTrailerSize(src);
    if (size / kMaxRatio > src.size()) return std::nullopt;
    return size;
  }

  Step Decode(std::string_view src, bool src_ended, char* dest,
              size_t dest_size) override {
    if (at_start_ && src_ended) {
      const Step whole = DecodeWhole(src, dest, dest_size);
      if (whole.stream_end) return whole;
    }
    if (!src.empty()) at_start_ = false;
    z_stream& stream = state_->stream;
    const auto src_piece = static_cast<uInt>(std::min(src.size(), kMaxPiece));
    const auto dest_piece = static_cast<uInt>(std::min(dest_size, kMaxPiece));
    stream.next_in =
        const_cast<Bytef*>(reinterpret_cast<const Bytef*>(src.data()));
    stream.avail_in = src_piece;
    stream.next_out = reinterpret_cast<Bytef*>(dest);
    stream.avail_out = dest_piece;
    const int result = inflate(&stream, Z_NO_FLUSH);
    Step step;
    step.consumed = src_piece - stream.avail_in;
    step.produced = dest_piece - stream.avail_out;
    step.stream_end = result == Z_STREAM_END;
    if (result == Z_MEM_ERROR) {
      step.status = absl::ResourceExhaustedError("inflate() lacks memory");
    } else if (result != Z_OK && result != Z_STREAM_END &&
               result != Z_BUF_ERROR) {
      const char* why = result == Z_NEED_DICT     ? "dictionary required"
                        : stream.msg != nullptr ? stream.msg
                                                : "corrupt data";
      step.status = absl::InvalidArgumentError(absl::StrCat(
          "Decoding ", name(), "-compressed stream failed: ", why));
    }
    return step;
  }

 private:
  bool IsGzip(std::string_view src) const {
    return (header_ == ZlibReaderBase::Header::kGzip ||
            header_ == ZlibReaderBase::Header::kZlibOrGzip) &&
           src.substr(0, 2) == "\x1f\x8b";
  }

  // Decodes in one go, by libdeflate, which is more than twice as fast as zlib
  // but knows no pieces. Where the stream is not complete, not intact or does
  // not fit, nothing has happened: zlib will tell what is the matter.
  Step DecodeWhole(std::string_view src, char* dest, size_t dest_size) {
    const bool gzip = IsGzip(src);
    if (!gzip && header_ == ZlibReaderBase::Header::kGzip) return Step();
    // Not worth a try where the content will hardly fit.
    if (dest_size < (gzip ? GzipTrailerSize(src) : src.size())) return Step();
    std::unique_ptr<WholeState> state =
        Recycler<WholeState>::Take([](auto&) { return true; });
    if (state == nullptr) state = std::make_unique<WholeState>();
    if (state->decompressor == nullptr) return Step();
    const auto decompress = gzip ? &libdeflate_gzip_decompress_ex
                            : header_ == ZlibReaderBase::Header::kRaw
                                ? &libdeflate_deflate_decompress_ex
                                : &libdeflate_zlib_decompress_ex;
    Step step;
    step.stream_end =
        decompress(state->decompressor, src.data(), src.size(), dest,
                   dest_size, &step.consumed,
                   &step.produced) == LIBDEFLATE_SUCCESS;
    Recycler<WholeState>::Give(std::move(state));
    return step;
  }

  ZlibReaderBase::Header header_;
  std::unique_ptr<InflateState> state_;
  bool at_start_ = true;
};

}  // namespace

ZlibReaderBase::ZlibReaderBase(const Options& options)
    : DecompressingReader(std::make_unique<ZlibDecoder>(options),
                          options.concatenate()) {}

}  // namespace riegeli
