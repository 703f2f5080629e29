// A sequence of shared blocks of bytes.
#ifndef RIEGELI_BASE_CHAIN_H_
#define RIEGELI_BASE_CHAIN_H_

#include <stddef.h>

#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/cord.h"

namespace riegeli {

// Callers that have a Chain in their interface see this type; it is an
// `absl::Cord` inside, so both convert to one another without copying bytes.
class Chain {
 public:
  Chain() = default;
  explicit Chain(absl::Cord cord) : cord_(std::move(cord)) {}

  size_t size() const { return cord_.size(); }
  // The bytes where they are one piece.
  std::optional<std::string_view> TryFlat() const { return cord_.TryFlat(); }

  const absl::Cord& cord() const& { return cord_; }
  absl::Cord&& cord() && { return std::move(cord_); }

 private:
  absl::Cord cord_;
};

}  // namespace riegeli

#endif  // RIEGELI_BASE_CHAIN_H_
