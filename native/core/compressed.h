// A compressed sparse matrix of `major` × `minor`: CSR with rows as the major
// axis, CSC with columns. The arrays come from files, so that every access is
// checked against them: a damaged indptr or index is a Fault, never a read
// outside.

#ifndef ATS_CORE_COMPRESSED_H_
#define ATS_CORE_COMPRESSED_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <type_traits>

#include "core/fault.h"

namespace ats::core {

// Starts of the major positions: `major + 1` numbers of 32 or 64 bits. Borrows
// them.
class Indptr {
 public:
  explicit Indptr(std::span<const int32_t> values)
      : size_(values.size()), narrow_(values.data()) {}
  explicit Indptr(std::span<const int64_t> values)
      : size_(values.size()), wide_(values.data()) {}

  // The number of major positions; -1 where even the leading 0 is missing.
  int64_t major() const { return static_cast<int64_t>(size_) - 1; }
  int64_t operator[](int64_t i) const {
    return narrow_ != nullptr ? narrow_[i] : wide_[i];
  }

 private:
  size_t size_;
  const int32_t* narrow_ = nullptr;
  const int64_t* wide_ = nullptr;
};

// The same, to be filled.
class MutableIndptr {
 public:
  explicit MutableIndptr(std::span<int32_t> values)
      : size_(values.size()), narrow_(values.data()) {}
  explicit MutableIndptr(std::span<int64_t> values)
      : size_(values.size()), wide_(values.data()) {}

  int64_t major() const { return static_cast<int64_t>(size_) - 1; }
  int64_t operator[](int64_t i) const {
    return narrow_ != nullptr ? narrow_[i] : wide_[i];
  }
  void Set(int64_t i, int64_t value) {
    if (narrow_ != nullptr) {
      narrow_[i] = static_cast<int32_t>(value);
    } else {
      wide_[i] = value;
    }
  }
  // Notes that major position `i` has `count` values, for Accumulate; false
  // where the type cannot hold it.
  bool SetCount(int64_t i, int64_t count) {
    Set(i + 1, count);
    return Holds(count);
  }
  // Whether the type can hold `value`.
  bool Holds(int64_t value) const {
    return value >= 0 &&
           (narrow_ == nullptr || value <= std::numeric_limits<int32_t>::max());
  }
  // Turns the counts of all major positions into starts. kValueRange where the
  // sum does not fit.
  Fault Accumulate();

 private:
  size_t size_;
  int32_t* narrow_ = nullptr;
  int64_t* wide_ = nullptr;
};

// Stored values of one major position: [begin, end).
struct Extent {
  int64_t begin;
  int64_t end;
  int64_t size() const { return end - begin; }
};

// `Index` is int32_t or int64_t. Borrows everything; `values` holds
// indices.size() items of whatever size the kernel knows.
template <typename Index>
struct Compressed {
  using IndexType = Index;

  Indptr indptr;
  std::span<const Index> indices;
  const std::byte* values;
  int64_t minor;

  int64_t nnz() const { return static_cast<int64_t>(indices.size()); }

  // Sets `extent` to where major position `i` is stored; a fault where that is
  // not within the stored values. `i` must be in [0, indptr.major()).
  Fault ExtentOf(int64_t i, Extent& extent) const {
    extent = {indptr[i], indptr[i + 1]};
    if (extent.begin < 0) return {FaultKind::kIndptrStart, i};
    if (extent.begin > extent.end) return {FaultKind::kIndptrOrder, i};
    if (extent.end > nnz()) return {FaultKind::kIndptrEnd, i};
    return Ok();
  }

  // Whether `index` is on the minor axis.
  bool Contains(Index index) const {
    return static_cast<std::make_unsigned_t<Index>>(index) <
           static_cast<uint64_t>(minor);
  }

  // Stored values in [begin, end) of the major axis, as far as indptr can be
  // trusted: for deciding on threads only.
  int64_t Work(int64_t begin, int64_t end) const {
    const int64_t work = begin < end ? indptr[end] - indptr[begin] : 0;
    return work < 0 ? 0 : work;
  }
};

}  // namespace ats::core

#endif  // ATS_CORE_COMPRESSED_H_
