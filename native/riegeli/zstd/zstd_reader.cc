#include "riegeli/zstd/zstd_reader.h"

#include <stddef.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "riegeli/base/arithmetic.h"
#include "riegeli/base/recycler.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/codec/decoder.h"
#include "riegeli/codec/decompressing_reader.h"

namespace riegeli {
namespace {

// The longest frame header (RFC 8878, 3.1.1): magic number 4, descriptor 1,
// window 1, dictionary 4, content size 8 bytes.
constexpr size_t kMaxHeaderSize = 18;
// A context that has grown beyond this is not kept for reuse.
constexpr size_t kMaxIdleSize = size_t{8} << 20;

struct DecompressionState {
  ZSTD_DCtx* context = ZSTD_createDCtx();
  ~DecompressionState() { ZSTD_freeDCtx(context); }
};

std::optional<Position> StatedFrameSize(std::string_view head) {
  const unsigned long long size =
      ZSTD_getFrameContentSize(head.data(), head.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR) {
    return std::nullopt;
  }
  return Position{size};
}

class ZstdDecoder final : public Decoder {
 public:
  ~ZstdDecoder() override {
    if (state_ != nullptr &&
        ZSTD_sizeof_DCtx(state_->context) <= kMaxIdleSize) {
      Recycler<DecompressionState>::Give(std::move(state_));
    }
  }

  std::string_view name() const override { return "zstd"; }

  absl::Status Start() override {
    if (state_ == nullptr) {
      state_ = Recycler<DecompressionState>::Take([](auto&) { return true; });
    }
    if (state_ == nullptr) state_ = std::make_unique<DecompressionState>();
    if (state_->context == nullptr) {
      return absl::ResourceExhaustedError("ZSTD_createDCtx() failed");
    }
    ZSTD_DCtx_reset(state_->context, ZSTD_reset_session_only);
    return absl::OkStatus();
  }

  // Where `src` holds the whole frame and the content fits, the library decodes
  // it in one go, without a window buffer of its own.
  Step Decode(std::string_view src, bool /*src_ended*/, char* dest,
              size_t dest_size) override {
    ZSTD_inBuffer input = {src.data(), src.size(), 0};
    ZSTD_outBuffer output = {dest, dest_size, 0};
    const size_t result =
        ZSTD_decompressStream(state_->context, &output, &input);
    Step step;
    step.consumed = input.pos;
    step.produced = output.pos;
    if (ZSTD_isError(result)) {
      step.status = Failure(result);
    } else {
      step.stream_end = result == 0;
    }
    return step;
  }

  size_t HeadSize() const override { return kMaxHeaderSize; }
  std::optional<Position> StatedSize(std::string_view src,
                                     bool /*src_ended*/) const override {
    return StatedFrameSize(src);
  }

 private:
  static absl::Status Failure(size_t result) {
    const auto message =
        absl::StrCat("Decoding zstd-compressed stream failed: ",
                     ZSTD_getErrorName(result));
    switch (ZSTD_getErrorCode(result)) {
      case ZSTD_error_memory_allocation:
      case ZSTD_error_frameParameter_windowTooLarge:
        return absl::ResourceExhaustedError(message);
      default:
        return absl::InvalidArgumentError(message);
    }
  }

  std::unique_ptr<DecompressionState> state_;
};

}  // namespace

ZstdReaderBase::ZstdReaderBase(const Options& options)
    : DecompressingReader(std::make_unique<ZstdDecoder>(),
                          options.concatenate()) {}

std::optional<Position> ZstdUncompressedSize(Reader& src) {
  src.Pull(kMaxHeaderSize);
  return StatedFrameSize(std::string_view(
      src.cursor(), UnsignedMin(src.available(), kMaxHeaderSize)));
}

}  // namespace riegeli
