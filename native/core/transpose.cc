#include "core/transpose.h"

#include <utility>
#include <vector>

#include "core/dtype.h"
#include "core/parallel.h"
#include "core/validate.h"

namespace ats::core {
namespace {

// Consecutive major positions [begin, end) and, per minor position, where their
// next value goes.
struct Stripe {
  int64_t begin;
  int64_t end;
  std::vector<int64_t> cursors;
};

// Splits the major axis into `count` stripes of about equally many stored
// values. indptr must be valid.
template <typename Index>
std::vector<Stripe> SplitByWork(const Compressed<Index>& matrix, int count) {
  const int64_t major = matrix.indptr.major();
  std::vector<Stripe> stripes;
  int64_t begin = 0;
  for (int s = 0; s < count; ++s) {
    const int64_t target = matrix.nnz() / count * (s + 1);
    int64_t end = begin;
    while (end < major && (s + 1 == count || matrix.indptr[end] < target))
      ++end;
    stripes.push_back({begin, end, {}});
    begin = end;
  }
  return stripes;
}

template <typename Index>
Fault CountStripe(const Compressed<Index>& matrix, Stripe& stripe) {
  stripe.cursors.assign(matrix.minor, 0);
  for (int64_t major = stripe.begin; major < stripe.end; ++major) {
    Extent extent;
    if (const Fault fault = matrix.ExtentOf(major, extent); !fault.ok())
      return fault;
    for (int64_t k = extent.begin; k < extent.end; ++k) {
      const Index index = matrix.indices[k];
      if (!matrix.Contains(index)) return {FaultKind::kIndexRange, k};
      ++stripe.cursors[index];
    }
  }
  return Ok();
}

// Turns the stripes' counts into cursors: within a minor position, earlier
// stripes come first.
void PlaceStripes(std::vector<Stripe>& stripes, int64_t minor,
                  MutableIndptr& indptr) {
  int64_t next = 0;
  for (int64_t column = 0; column < minor; ++column) {
    indptr.Set(column, next);
    for (Stripe& stripe : stripes)
      next += std::exchange(stripe.cursors[column], next);
  }
  indptr.Set(minor, next);
}

template <typename Index, typename OutIndex, typename T>
Fault FillStripe(const Compressed<Index>& matrix, Stripe& stripe,
                 const Transposed<OutIndex>& out) {
  const T* const values = reinterpret_cast<const T*>(matrix.values);
  T* const out_values = reinterpret_cast<T*>(out.values);
  for (int64_t major = stripe.begin; major < stripe.end; ++major) {
    // Everything is checked again: shared memory may have changed since the
    // count.
    Extent extent;
    if (const Fault fault = matrix.ExtentOf(major, extent); !fault.ok())
      return fault;
    for (int64_t k = extent.begin; k < extent.end; ++k) {
      const Index index = matrix.indices[k];
      if (!matrix.Contains(index)) return {FaultKind::kChanged, k};
      const int64_t place = stripe.cursors[index]++;
      if (place >= static_cast<int64_t>(out.indices.size()))
        return {FaultKind::kChanged, k};
      out.indices[place] = static_cast<OutIndex>(major);
      out_values[place] = values[k];
    }
  }
  return Ok();
}

}  // namespace

template <typename Index, typename OutIndex>
Fault Transpose(const Compressed<Index>& matrix, int item_size,
                Transposed<OutIndex> out) {
  if (const Fault fault = ValidateIndptr(matrix.indptr, matrix.nnz());
      !fault.ok())
    return fault;
  if (out.indices.size() != matrix.indices.size())
    return {FaultKind::kChanged, 0};
  if (!out.indptr.Holds(matrix.nnz()))
    return {FaultKind::kValueRange, matrix.nnz()};
  std::vector<Stripe> stripes = SplitByWork(matrix, ThreadsFor(matrix.nnz()));
  const int count = static_cast<int>(stripes.size());
  const auto for_stripes = [&](auto&& body) {
    return ParallelRanges(count, count, [&](int64_t begin, int64_t end) {
      for (int64_t s = begin; s < end; ++s) {
        if (const Fault fault = body(stripes[s]); !fault.ok()) return fault;
      }
      return Ok();
    });
  };
  const Fault counted =
      for_stripes([&](Stripe& stripe) { return CountStripe(matrix, stripe); });
  if (!counted.ok()) return counted;
  PlaceStripes(stripes, matrix.minor, out.indptr);
  return VisitItemSize(item_size, [&](auto type) {
    return for_stripes([&](Stripe& stripe) {
      return FillStripe<Index, OutIndex, decltype(type)>(matrix, stripe, out);
    });
  });
}

template Fault Transpose(const Compressed<int32_t>&, int, Transposed<int32_t>);
template Fault Transpose(const Compressed<int32_t>&, int, Transposed<int64_t>);
template Fault Transpose(const Compressed<int64_t>&, int, Transposed<int32_t>);
template Fault Transpose(const Compressed<int64_t>&, int, Transposed<int64_t>);

}  // namespace ats::core
