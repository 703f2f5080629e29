// Bytes together with what keeps them alive.
#ifndef RIEGELI_BASE_EXTERNAL_REF_H_
#define RIEGELI_BASE_EXTERNAL_REF_H_

#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/strings/cord.h"

namespace riegeli {

// A parameter of `Writer::Write`: the bytes may be copied or, where that is
// cheaper, shared by taking over their owner. Valid until the end of the full
// expression that made it.
class ExternalRef {
 public:
  // `owner` keeps `bytes` valid for as long as it (or what is moved or copied
  // from it) lives.
  template <typename Owner>
  ExternalRef(Owner&& owner, std::string_view bytes)
      : bytes_(bytes),
        owner_(const_cast<void*>(static_cast<const void*>(&owner))),
        share_([](void* source, std::string_view shared) {
          return absl::MakeCordFromExternal(
              shared, [kept = std::decay_t<Owner>(std::forward<Owner>(
                           *static_cast<std::remove_reference_t<Owner>*>(
                               source)))] {});
        }) {}

  std::string_view bytes() const { return bytes_; }
  size_t size() const { return bytes_.size(); }

  // Takes the owner: a Cord of one piece that shares the bytes. Call once.
  absl::Cord ToCord() && { return share_(owner_, bytes_); }

 private:
  std::string_view bytes_;
  void* owner_;
  absl::Cord (*share_)(void*, std::string_view);
};

}  // namespace riegeli

#endif  // RIEGELI_BASE_EXTERNAL_REF_H_
