// A writer of compressed data, for any codec.
#ifndef RIEGELI_CODEC_COMPRESSING_WRITER_H_
#define RIEGELI_CODEC_COMPRESSING_WRITER_H_

#include <memory>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "riegeli/bytes/buffered_writer.h"
#include "riegeli/bytes/writer.h"
#include "riegeli/codec/encoder.h"

namespace riegeli {

// Compresses what is written to it into one compressed stream on a writer of
// compressed bytes. The stream is complete after `Close`.
class CompressingWriter : public BufferedWriter {
 public:
  CompressingWriter(CompressingWriter&&) = delete;

 protected:
  explicit CompressingWriter(std::unique_ptr<Encoder> encoder)
      : encoder_(std::move(encoder)) {}

  // The writer of compressed bytes, which this one closes where it owns it.
  virtual Writer* DestWriter() const = 0;
  virtual bool OwnsDest() const = 0;

  // Called by constructors.
  void Initialize();

  bool WriteInternal(std::string_view src) override;
  void Done() override;
  absl::Status AnnotateStatusImpl(absl::Status status) override;

 private:
  // Encodes all of `src`, and the end of the stream where `finish` is set.
  bool Encode(std::string_view src, bool finish);

  std::unique_ptr<Encoder> encoder_;
  bool finished_ = false;
};

}  // namespace riegeli

#endif  // RIEGELI_CODEC_COMPRESSING_WRITER_H_
