// For ZSTD_c_stableInBuffer, which every version of the library that has it
// accepts with this number, linked statically or not.
#define ZSTD_STATIC_LINKING_ONLY

#include "riegeli/zstd/zstd_writer.h"

#include <stddef.h>
#include <stdint.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "riegeli/base/recycler.h"
#include "riegeli/base/types.h"
#include "riegeli/codec/compressing_writer.h"
#include "riegeli/codec/encoder.h"

namespace riegeli {
namespace {

// A context that has grown beyond this is not kept for reuse.
constexpr size_t kMaxIdleSize = size_t{16} << 20;

struct CompressionState {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ~CompressionState() { ZSTD_freeCCtx(context); }
};

class ZstdEncoder final : public Encoder {
 public:
  explicit ZstdEncoder(const ZstdWriterBase::Options& options)
      : options_(options) {}
  ~ZstdEncoder() override {
    if (state_ != nullptr &&
        ZSTD_sizeof_CCtx(state_->context) <= kMaxIdleSize) {
      Recycler<CompressionState>::Give(std::move(state_));
    }
  }

  absl::Status Start() override {
    state_ = Recycler<CompressionState>::Take([](auto&) { return true; });
    if (state_ == nullptr) state_ = std::make_unique<CompressionState>();
    ZSTD_CCtx* const context = state_->context;
    if (context == nullptr) {
      return absl::ResourceExhaustedError("ZSTD_createCCtx() failed");
    }
    ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters);
    size_t result = ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel,
                                           options_.compression_level());
    if (!ZSTD_isError(result)) {
      result = ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag,
                                      options_.store_checksum() ? 1 : 0);
    }
    if (!ZSTD_isError(result) && options_.pledged_size().has_value()) {
      result =
          ZSTD_CCtx_setPledgedSrcSize(context, *options_.pledged_size());
    }
    return ZSTD_isError(result) ? Failure(result) : absl::OkStatus();
  }

  Step Encode(std::string_view src, bool finish, char* dest,
              size_t dest_size) override {
    ZSTD_CCtx* const context = state_->context;
    if (finish && last_.data() == nullptr) {
      last_ = src;
      // All of the data in one piece that stays in place: no need to copy it
      // to a window first.
      if (!started_) ZSTD_CCtx_setParameter(context, ZSTD_c_stableInBuffer, 1);
    }
    started_ = true;
    const std::string_view input_bytes = finish ? last_ : src;
    const size_t before = input_bytes.size() - src.size();
    ZSTD_inBuffer input = {input_bytes.data(), input_bytes.size(), before};
    ZSTD_outBuffer output = {dest, dest_size, 0};
    const size_t result = ZSTD_compressStream2(
        context, &output, &input, finish ? ZSTD_e_end : ZSTD_e_continue);
    Step step;
    step.consumed = input.pos - before;
    step.produced = output.pos;
    if (ZSTD_isError(result)) {
      step.status = Failure(result);
    } else {
      step.stream_end = finish && result == 0;
    }
    return step;
  }

  bool EndsAt(Position size) const override {
    return options_.pledged_size() == size;
  }

 private:
  static absl::Status Failure(size_t result) {
    const auto message = absl::StrCat("zstd compression failed: ",
                                      ZSTD_getErrorName(result));
    return ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation
               ? absl::ResourceExhaustedError(message)
               : absl::InvalidArgumentError(message);
  }

  ZstdWriterBase::Options options_;
  std::unique_ptr<CompressionState> state_;
  bool started_ = false;
  // The bytes that came with `finish`, as a whole.
  std::string_view last_;
};

}  // namespace

ZstdWriterBase::ZstdWriterBase(const Options& options)
    : CompressingWriter(std::make_unique<ZstdEncoder>(options)) {}

}  // namespace riegeli
