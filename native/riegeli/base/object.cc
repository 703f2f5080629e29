#include "riegeli/base/object.h"

#include <cassert>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"

namespace riegeli {

absl::Status Object::status() const {
  if (!status_.ok() || is_open_) return status_;
  return absl::FailedPreconditionError("Object closed");
}

bool Object::Close() {
  if (is_open_) {
    Done();
    is_open_ = false;
  }
  return status_.ok();
}

bool Object::Fail(absl::Status status) {
  return FailWithoutAnnotation(AnnotateStatus(std::move(status)));
}

bool Object::FailWithoutAnnotation(absl::Status status) {
  assert(!status.ok());
  if (status_.ok()) {
    status_ = std::move(status);
    OnFail();
  }
  return false;
}

absl::Status Object::AnnotateStatus(absl::Status status) {
  return is_open_ ? AnnotateStatusImpl(std::move(status)) : status;
}

absl::Status WithDetail(const absl::Status& status, std::string_view detail) {
  if (status.ok()) return status;
  absl::Status result(status.code(),
                      absl::StrCat(status.message(), "; ", detail));
  status.ForEachPayload([&](std::string_view type, const absl::Cord& payload) {
    result.SetPayload(type, payload);
  });
  return result;
}

}  // namespace riegeli
