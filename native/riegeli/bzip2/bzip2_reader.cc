#include "riegeli/bzip2/bzip2_reader.h"

#include <bzlib.h>
#include <stddef.h>

#include <algorithm>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "riegeli/codec/decoder.h"
#include "riegeli/codec/decompressing_reader.h"

namespace riegeli {
namespace {

// libbz2 counts in 32 bits; longer pieces take several steps.
constexpr size_t kMaxPiece = size_t{1} << 30;

class Bzip2Decoder final : public Decoder {
 public:
  ~Bzip2Decoder() override { End(); }

  std::string_view name() const override { return "bzip2"; }

  absl::Status Start() override {
    End();
    stream_ = bz_stream();
    initialized_ =
        BZ2_bzDecompressInit(&stream_, /*verbosity=*/0, /*small=*/0) == BZ_OK;
    if (initialized_) return absl::OkStatus();
    return absl::ResourceExhaustedError("BZ2_bzDecompressInit() failed");
  }

  Step Decode(std::string_view src, bool /*src_ended*/, char* dest,
              size_t dest_size) override {
    const auto src_piece =
        static_cast<unsigned int>(std::min(src.size(), kMaxPiece));
    const auto dest_piece =
        static_cast<unsigned int>(std::min(dest_size, kMaxPiece));
    stream_.next_in = const_cast<char*>(src.data());
    stream_.avail_in = src_piece;
    stream_.next_out = dest;
    stream_.avail_out = dest_piece;
    const int result = BZ2_bzDecompress(&stream_);
    Step step;
    step.consumed = src_piece - stream_.avail_in;
    step.produced = dest_piece - stream_.avail_out;
    step.stream_end = result == BZ_STREAM_END;
    if (result == BZ_MEM_ERROR) {
      step.status = absl::ResourceExhaustedError("bzip2 lacks memory");
    } else if (result != BZ_OK && result != BZ_STREAM_END) {
      step.status = absl::InvalidArgumentError(absl::StrCat(
          "Decoding bzip2-compressed stream failed: ",
          result == BZ_DATA_ERROR_MAGIC ? "not bzip2 data" : "corrupt data"));
    }
    return step;
  }

 private:
  void End() {
    if (initialized_) BZ2_bzDecompressEnd(&stream_);
    initialized_ = false;
  }

  bz_stream stream_ = {};
  bool initialized_ = false;
};

}  // namespace

Bzip2ReaderBase::Bzip2ReaderBase(const Options& options)
    : DecompressingReader(std::make_unique<Bzip2Decoder>(),
                          options.concatenate()) {}

}  // namespace riegeli
