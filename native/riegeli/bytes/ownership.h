// How functions take a reader or writer: lent, or to be closed by them.
#ifndef RIEGELI_BYTES_OWNERSHIP_H_
#define RIEGELI_BYTES_OWNERSHIP_H_

#include <memory>
#include <type_traits>

namespace riegeli {

// For the deduced type of a `Stream&&` parameter: an rvalue (a stream or a
// unique_ptr to one) is the function's to close, an lvalue or pointer is lent.
template <typename Stream>
inline constexpr bool kIsGiven =
    !std::is_lvalue_reference_v<Stream> &&
    !std::is_pointer_v<std::remove_reference_t<Stream>>;

// The stream itself.
template <typename Stream>
Stream& Deref(Stream* stream) {
  return *stream;
}
template <typename Stream, typename Deleter>
Stream& Deref(std::unique_ptr<Stream, Deleter>& stream) {
  return *stream;
}
template <typename Stream,
          std::enable_if_t<!std::is_pointer_v<Stream>, int> = 0>
Stream& Deref(Stream& stream) {
  return stream;
}

}  // namespace riegeli

#endif  // RIEGELI_BYTES_OWNERSHIP_H_
