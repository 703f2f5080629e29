#include "riegeli/bzip2/bzip2_writer.h"

#include <bzlib.h>
#include <stddef.h>

#include <algorithm>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "riegeli/codec/compressing_writer.h"
#include "riegeli/codec/encoder.h"

namespace riegeli {
namespace {

// libbz2 counts in 32 bits; longer pieces take several steps.
constexpr size_t kMaxPiece = size_t{1} << 30;

class Bzip2Encoder final : public Encoder {
 public:
  explicit Bzip2Encoder(const Bzip2WriterBase::Options& options)
      : level_(options.compression_level()) {}
  ~Bzip2Encoder() override {
    if (initialized_) BZ2_bzCompressEnd(&stream_);
  }

  absl::Status Start() override {
    const int result = BZ2_bzCompressInit(&stream_, level_, /*verbosity=*/0,
                                          /*workFactor=*/0);
    initialized_ = result == BZ_OK;
    if (initialized_) return absl::OkStatus();
    if (result == BZ_PARAM_ERROR) {
      return absl::InvalidArgumentError(
          absl::StrCat("Invalid bzip2 compression level ", level_));
    }
    return absl::ResourceExhaustedError("BZ2_bzCompressInit() failed");
  }

  Step Encode(std::string_view src, bool finish, char* dest,
              size_t dest_size) override {
    const auto src_piece =
        static_cast<unsigned int>(std::min(src.size(), kMaxPiece));
    const auto dest_piece =
        static_cast<unsigned int>(std::min(dest_size, kMaxPiece));
    stream_.next_in = const_cast<char*>(src.data());
    stream_.avail_in = src_piece;
    stream_.next_out = dest;
    stream_.avail_out = dest_piece;
    // The number of bytes must not change once BZ_FINISH has been asked for.
    const bool last = finish && src_piece == src.size();
    const int result = BZ2_bzCompress(&stream_, last ? BZ_FINISH : BZ_RUN);
    Step step;
    step.consumed = src_piece - stream_.avail_in;
    step.produced = dest_piece - stream_.avail_out;
    step.stream_end = result == BZ_STREAM_END;
    if (result < 0) {
      step.status = absl::InternalError(
          absl::StrCat("BZ2_bzCompress() failed with code ", result));
    }
    return step;
  }

 private:
  int level_;
  bz_stream stream_ = {};
  bool initialized_ = false;
};

}  // namespace

Bzip2WriterBase::Bzip2WriterBase(const Options& options)
    : CompressingWriter(std::make_unique<Bzip2Encoder>(options)) {}

}  // namespace riegeli
