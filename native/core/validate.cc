#include "core/validate.h"

#include <atomic>
#include <cstdint>
#include <type_traits>

#include "core/outside.h"
#include "core/parallel.h"

namespace ats::core {
namespace {

// Facts of one major position's indices. Numbers of the indices' own width, so
// that the loops over them vectorise.
template <typename Index>
struct Facts {
  using Bits = std::make_unsigned_t<Index>;
  Bits outside = 0;
  Bits descends = 0;
  Bits repeats = 0;

  void Add(const Index* indices, int64_t count, Bits largest) {
    outside |= AnyOutside<Index>(indices, count, largest);
    for (int64_t k = 1; k < count; ++k) {
      descends |= static_cast<Bits>(indices[k] < indices[k - 1]);
      repeats |= static_cast<Bits>(indices[k] == indices[k - 1]);
    }
  }
};

// The first index of `extent` that is not on the minor axis; there is one.
template <typename Index>
Fault FirstOutside(const Compressed<Index>& matrix, const Extent& extent) {
  int64_t k = extent.begin;
  while (matrix.Contains(matrix.indices[k])) ++k;
  return {FaultKind::kIndexRange, k};
}

}  // namespace

template <typename Index>
Fault ValidateIndices(std::span<const Index> indices, int64_t minor) {
  using Bits = std::make_unsigned_t<Index>;
  if (indices.empty()) return Ok();
  if (minor <= 0) return {FaultKind::kIndexRange, 0};
  const Bits largest = Largest<Index>(minor);
  const auto check = [&](int64_t begin, int64_t end) -> Fault {
    if (AnyOutside<Index>(indices.data() + begin, end - begin, largest) == 0) {
      return Ok();
    }
    while (static_cast<Bits>(indices[begin]) <= largest) ++begin;
    return {FaultKind::kIndexRange, begin};
  };
  const auto count = static_cast<int64_t>(indices.size());
  return ParallelRanges(count, ThreadsFor(count), check);
}

template Fault ValidateIndices(std::span<const int32_t>, int64_t);
template Fault ValidateIndices(std::span<const int64_t>, int64_t);

Fault ValidateIndptr(const Indptr& indptr, int64_t nnz) {
  if (indptr.major() < 0 || indptr[0] != 0) return {FaultKind::kIndptrStart, 0};
  for (int64_t i = 0; i < indptr.major(); ++i) {
    if (indptr[i + 1] < indptr[i]) return {FaultKind::kIndptrOrder, i};
  }
  if (indptr[indptr.major()] != nnz)
    return {FaultKind::kIndptrEnd, indptr.major()};
  return Ok();
}

template <typename Index>
Fault Validate(const Compressed<Index>& matrix, Order& order) {
  if (const Fault fault = ValidateIndptr(matrix.indptr, matrix.nnz());
      !fault.ok())
    return fault;
  order = Order();
  if (matrix.nnz() == 0) return Ok();
  if (matrix.minor <= 0) return {FaultKind::kIndexRange, 0};
  const auto largest = Largest<Index>(matrix.minor);
  std::atomic<bool> sorted{true};
  std::atomic<bool> canonical{true};
  const auto check = [&](int64_t begin, int64_t end) {
    Facts<Index> facts;
    for (int64_t i = begin; i < end; ++i) {
      Extent extent;
      if (const Fault fault = matrix.ExtentOf(i, extent); !fault.ok())
        return fault;
      facts.Add(matrix.indices.data() + extent.begin, extent.size(), largest);
      if (facts.outside != 0) return FirstOutside(matrix, extent);
    }
    if (facts.descends != 0) sorted = false;
    if (facts.descends != 0 || facts.repeats != 0) canonical = false;
    return Ok();
  };
  const Fault fault =
      ParallelRanges(matrix.indptr.major(), ThreadsFor(matrix.nnz()), check);
  order = {sorted, canonical};
  return fault;
}

template Fault Validate(const Compressed<int32_t>&, Order&);
template Fault Validate(const Compressed<int64_t>&, Order&);

}  // namespace ats::core
