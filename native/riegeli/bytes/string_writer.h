// A writer to a string.
#ifndef RIEGELI_BYTES_STRING_WRITER_H_
#define RIEGELI_BYTES_STRING_WRITER_H_

#include <stddef.h>

#include <optional>
#include <string>

#include "riegeli/base/types.h"
#include "riegeli/bytes/writer.h"

namespace riegeli {

// Writes within the memory of the string, which is cleared first and has its
// final size after `Close`.
class StringWriter : public Writer {
 public:
  explicit StringWriter(std::string* dest) : dest_(dest) { dest_->clear(); }
  StringWriter(StringWriter&&) noexcept = default;
  StringWriter& operator=(StringWriter&&) noexcept = default;

  std::string* dest() const { return dest_; }

 protected:
  void Done() override;
  bool PushSlow(size_t min_length, size_t recommended_length) override;
  void SetWriteSizeHintImpl(std::optional<Position> write_size_hint) override;

 private:
  std::string* dest_;
};

}  // namespace riegeli

#endif  // RIEGELI_BYTES_STRING_WRITER_H_
