#include "riegeli/xz/xz_reader.h"

#include <lzma.h>
#include <stddef.h>
#include <stdint.h>

#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "riegeli/codec/decoder.h"
#include "riegeli/codec/decompressing_reader.h"

namespace riegeli {
namespace {

// A dictionary may need 4 GiB; the densest preset needs 65 MiB.
constexpr uint64_t kMemoryLimit = uint64_t{1} << 30;

class XzDecoder final : public Decoder {
 public:
  explicit XzDecoder(const XzReaderBase::Options& options)
      : options_(options) {}
  ~XzDecoder() override { lzma_end(&stream_); }

  std::string_view name() const override { return "xz"; }

  absl::Status Start() override {
    // Streams that follow one another are left to the library, since there may
    // be padding between them.
    const uint32_t flags = options_.concatenate() ? LZMA_CONCATENATED : 0;
    const lzma_ret result =
        options_.container() == XzReaderBase::Container::kXz
            ? lzma_stream_decoder(&stream_, kMemoryLimit, flags)
            : lzma_auto_decoder(&stream_, kMemoryLimit, flags);
    if (result == LZMA_OK) return absl::OkStatus();
    return absl::ResourceExhaustedError("Starting an xz decoder failed");
  }

  Step Decode(std::string_view src, bool src_ended, char* dest,
              size_t dest_size) override {
    stream_.next_in = reinterpret_cast<const uint8_t*>(src.data());
    stream_.avail_in = src.size();
    stream_.next_out = reinterpret_cast<uint8_t*>(dest);
    stream_.avail_out = dest_size;
    const lzma_ret result =
        lzma_code(&stream_, src_ended ? LZMA_FINISH : LZMA_RUN);
    Step step;
    step.consumed = src.size() - stream_.avail_in;
    step.produced = dest_size - stream_.avail_out;
    step.stream_end = result == LZMA_STREAM_END;
    if (result == LZMA_MEM_ERROR || result == LZMA_MEMLIMIT_ERROR) {
      step.status = absl::ResourceExhaustedError(
          "Decoding xz-compressed stream takes too much memory");
    } else if (result != LZMA_OK && result != LZMA_STREAM_END &&
               result != LZMA_BUF_ERROR) {
      step.status = absl::InvalidArgumentError(absl::StrCat(
          "Decoding xz-compressed stream failed: ", Describe(result)));
    }
    return step;
  }

 private:
  static std::string_view Describe(lzma_ret result) {
    switch (result) {
      case LZMA_FORMAT_ERROR:
        return "not xz data";
      case LZMA_OPTIONS_ERROR:
        return "unsupported options";
      default:
        return "corrupt data";
    }
  }

  XzReaderBase::Options options_;
  lzma_stream stream_ = LZMA_STREAM_INIT;
};

}  // namespace

XzReaderBase::XzReaderBase(const Options& options)
    : DecompressingReader(std::make_unique<XzDecoder>(options),
                          /*concatenate=*/false) {}

}  // namespace riegeli
