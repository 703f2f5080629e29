#include "riegeli/xz/xz_writer.h"

#include <lzma.h>
#include <stddef.h>
#include <stdint.h>

#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "riegeli/codec/compressing_writer.h"
#include "riegeli/codec/encoder.h"

namespace riegeli {
namespace {

class XzEncoder final : public Encoder {
 public:
  explicit XzEncoder(const XzWriterBase::Options& options)
      : options_(options) {}
  ~XzEncoder() override { lzma_end(&stream_); }

  absl::Status Start() override {
    uint32_t preset = static_cast<uint32_t>(options_.compression_level());
    if (options_.extreme()) preset |= LZMA_PRESET_EXTREME;
    const lzma_ret result = lzma_easy_encoder(
        &stream_, preset, static_cast<lzma_check>(options_.check()));
    if (result == LZMA_OK) return absl::OkStatus();
    if (result == LZMA_MEM_ERROR) {
      return absl::ResourceExhaustedError("lzma_easy_encoder() lacks memory");
    }
    return absl::InvalidArgumentError(
        absl::StrCat("Invalid xz compression level ",
                     options_.compression_level(), " or check ",
                     static_cast<int>(options_.check())));
  }

  Step Encode(std::string_view src, bool finish, char* dest,
              size_t dest_size) override {
    stream_.next_in = reinterpret_cast<const uint8_t*>(src.data());
    stream_.avail_in = src.size();
    stream_.next_out = reinterpret_cast<uint8_t*>(dest);
    stream_.avail_out = dest_size;
    const lzma_ret result =
        lzma_code(&stream_, finish ? LZMA_FINISH : LZMA_RUN);
    Step step;
    step.consumed = src.size() - stream_.avail_in;
    step.produced = dest_size - stream_.avail_out;
    step.stream_end = result == LZMA_STREAM_END;
    if (result == LZMA_MEM_ERROR) {
      step.status = absl::ResourceExhaustedError("xz lacks memory");
    } else if (result != LZMA_OK && result != LZMA_STREAM_END &&
               result != LZMA_BUF_ERROR) {
      step.status = absl::InternalError(
          absl::StrCat("lzma_code() failed with code ", result));
    }
    return step;
  }

 private:
  XzWriterBase::Options options_;
  lzma_stream stream_ = LZMA_STREAM_INIT;
};

}  // namespace

XzWriterBase::XzWriterBase(const Options& options)
    : CompressingWriter(std::make_unique<XzEncoder>(options)) {}

}  // namespace riegeli
