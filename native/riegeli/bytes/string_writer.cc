#include "riegeli/bytes/string_writer.h"

#include <stddef.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "riegeli/base/arithmetic.h"
#include "riegeli/base/types.h"

namespace riegeli {
namespace {

constexpr size_t kMinCapacity = 64;

}  // namespace

void StringWriter::Done() {
  dest_->resize(static_cast<size_t>(pos()));
  Writer::Done();
}

bool StringWriter::PushSlow(size_t min_length, size_t recommended_length) {
  const size_t used = static_cast<size_t>(pos());
  if (min_length > dest_->max_size() - used) {
    return Fail(absl::ResourceExhaustedError("String size overflow"));
  }
  const size_t growth = std::max(
      {min_length, std::min(recommended_length, dest_->max_size() - used),
       std::min(std::max(used, kMinCapacity), dest_->max_size() - used)});
  dest_->resize(std::max(used + growth, dest_->capacity()));
  set_buffer(dest_->data(), dest_->size(), used);
  set_start_pos(0);
  return true;
}

void StringWriter::SetWriteSizeHintImpl(
    std::optional<Position> write_size_hint) {
  if (!write_size_hint.has_value()) return;
  const size_t used = static_cast<size_t>(pos());
  dest_->resize(used);
  dest_->reserve(used +
                 UnsignedMin(*write_size_hint, dest_->max_size() - used));
  set_buffer(dest_->data(), used, used);
  set_start_pos(0);
}

}  // namespace riegeli
