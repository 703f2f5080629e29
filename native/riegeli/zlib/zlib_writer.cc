#include "riegeli/zlib/zlib_writer.h"

#include <stddef.h>
#include <zlib.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "riegeli/base/recycler.h"
#include "riegeli/codec/compressing_writer.h"
#include "riegeli/codec/encoder.h"

namespace riegeli {
namespace {

// zlib counts in 32 bits; longer pieces take several steps.
constexpr size_t kMaxPiece = size_t{1} << 30;
constexpr int kMemLevel = 8;

struct DeflateState {
  z_stream stream = {};
  bool initialized = false;
  int level = 0;
  int window_bits = 0;
  ~DeflateState() {
    if (initialized) deflateEnd(&stream);
  }
};

// The argument of deflateInit2: the window size, and a code for the header.
int WindowBits(ZlibWriterBase::Header header) {
  switch (header) {
    case ZlibWriterBase::Header::kZlib:
      return MAX_WBITS;
    case ZlibWriterBase::Header::kGzip:
      return MAX_WBITS + 16;
    case ZlibWriterBase::Header::kRaw:
      return -MAX_WBITS;
  }
  return MAX_WBITS;
}

class ZlibEncoder final : public Encoder {
 public:
  explicit ZlibEncoder(const ZlibWriterBase::Options& options)
      : level_(options.compression_level()),
        window_bits_(WindowBits(options.header())) {}
  ~ZlibEncoder() override {
    if (state_ != nullptr) Recycler<DeflateState>::Give(std::move(state_));
  }

  absl::Status Start() override {
    state_ = Recycler<DeflateState>::Take([this](const DeflateState& state) {
      return state.level == level_ && state.window_bits == window_bits_;
    });
    if (state_ != nullptr && deflateReset(&state_->stream) == Z_OK) {
      return absl::OkStatus();
    }
    auto state = std::make_unique<DeflateState>();
    const int result = deflateInit2(&state->stream, level_, Z_DEFLATED,
                                    window_bits_, kMemLevel,
                                    Z_DEFAULT_STRATEGY);
    if (result == Z_STREAM_ERROR) {
      return absl::InvalidArgumentError(
          absl::StrCat("Invalid zlib compression level ", level_));
    }
    if (result != Z_OK) {
      return absl::ResourceExhaustedError("deflateInit2() failed");
    }
    state->initialized = true;
    state->level = level_;
    state->window_bits = window_bits_;
    state_ = std::move(state);
    return absl::OkStatus();
  }

  Step Encode(std::string_view src, bool finish, char* dest,
              size_t dest_size) override {
    z_stream& stream = state_->stream;
    const auto src_piece = static_cast<uInt>(std::min(src.size(), kMaxPiece));
    const auto dest_piece = static_cast<uInt>(std::min(dest_size, kMaxPiece));
    stream.next_in =
        const_cast<Bytef*>(reinterpret_cast<const Bytef*>(src.data()));
    stream.avail_in = src_piece;
    stream.next_out = reinterpret_cast<Bytef*>(dest);
    stream.avail_out = dest_piece;
    const bool last = finish && src_piece == src.size();
    const int result = deflate(&stream, last ? Z_FINISH : Z_NO_FLUSH);
    Step step;
    step.consumed = src_piece - stream.avail_in;
    step.produced = dest_piece - stream.avail_out;
    step.stream_end = result == Z_STREAM_END;
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
      step.status = absl::InternalError(
          absl::StrCat("deflate() failed with code ", result));
    }
    return step;
  }

 private:
  int level_;
  int window_bits_;
  std::unique_ptr<DeflateState> state_;
};

}  // namespace

ZlibWriterBase::ZlibWriterBase(const Options& options)
    : CompressingWriter(std::make_unique<ZlibEncoder>(options)) {}

}  // namespace riegeli
