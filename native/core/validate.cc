#include "core/validate.h"

#include <atomic>

#include "core/parallel.h"

namespace ats::core {

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
  std::atomic<bool> sorted{true};
  std::atomic<bool> canonical{true};
  const auto check = [&](int64_t begin, int64_t end) {
    bool descends = false;
    bool repeats = false;
    for (int64_t i = begin; i < end; ++i) {
      Extent extent;
      if (const Fault fault = matrix.ExtentOf(i, extent); !fault.ok())
        return fault;
      Index previous = -1;
      for (int64_t k = extent.begin; k < extent.end; ++k) {
        const Index index = matrix.indices[k];
        if (!matrix.Contains(index)) return Fault{FaultKind::kIndexRange, k};
        descends |= index < previous;
        repeats |= index == previous;
        previous = index;
      }
    }
    if (descends) sorted = false;
    if (descends || repeats) canonical = false;
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
