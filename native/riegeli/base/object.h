// The life of a reader or writer: open, possibly failed, closed.
#ifndef RIEGELI_BASE_OBJECT_H_
#define RIEGELI_BASE_OBJECT_H_

#include <string_view>
#include <utility>

#include "absl/status/status.h"

namespace riegeli {

// Tag: construct an object that is closed from the start and owns nothing. It
// may be opened later with `Reset`.
struct Closed {
  explicit Closed() = default;
};
inline constexpr Closed kClosed{};

// Base of everything with a sticky error and an explicit end.
//
// The first failure stays; later ones are ignored. `Close` finishes the work
// and is the only place where an error of the last bytes can be seen, so code
// that drops a writer without closing it loses data.
class Object {
 public:
  virtual ~Object() = default;

  // Open and not failed: the object can be used.
  bool ok() const { return is_open_ && status_.ok(); }
  bool is_open() const { return is_open_; }
  // True until the first failure, whether open or closed.
  bool not_failed() const { return status_.ok(); }

  // The first failure; FailedPrecondition where the object is closed without
  // one; OK while it is open.
  absl::Status status() const;

  // Finishes (once) and returns whether nothing ever failed.
  bool Close();

  // Records `status`, with the position where it happened, unless the object
  // has failed before. Returns false, so that callers can return the call.
  bool Fail(absl::Status status);
  // The same, for a status that says already where it happened.
  bool FailWithoutAnnotation(absl::Status status);

  // `status` with the current position added to its message, while open.
  absl::Status AnnotateStatus(absl::Status status);

 protected:
  Object() = default;
  explicit Object(Closed) : is_open_(false) {}
  // A moved-from object is closed.
  Object(Object&& that) noexcept
      : is_open_(std::exchange(that.is_open_, false)),
        status_(std::exchange(that.status_, absl::OkStatus())) {}
  Object& operator=(Object&& that) noexcept {
    is_open_ = std::exchange(that.is_open_, false);
    status_ = std::exchange(that.status_, absl::OkStatus());
    return *this;
  }

  // Makes the object open (or closed) again, without any failure.
  void ResetObject(bool is_open) {
    is_open_ = is_open;
    status_ = absl::OkStatus();
  }

  // Finishes the work; called by `Close` while the object is still open. An
  // override calls the one of its base class.
  virtual void Done() {}
  // Called once, after the first failure was recorded.
  virtual void OnFail() {}
  // Adds the position to a status; the object is open.
  virtual absl::Status AnnotateStatusImpl(absl::Status status) {
    return status;
  }

 private:
  bool is_open_ = true;
  absl::Status status_;
};

// `status` with `"; " + detail` appended to its message; payloads stay.
absl::Status WithDetail(const absl::Status& status, std::string_view detail);

}  // namespace riegeli

#endif  // RIEGELI_BASE_OBJECT_H_
