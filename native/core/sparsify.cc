#include "core/sparsify.h"

#include "core/parallel.h"

namespace ats::core {
namespace {

template <typename T>
Fault CountRows(const Dense& dense, int64_t begin, int64_t end,
                MutableIndptr& starts) {
  const T* row =
      reinterpret_cast<const T*>(dense.values) + begin * dense.columns;
  for (int64_t i = begin; i < end; ++i, row += dense.columns) {
    int64_t count = 0;
    for (int64_t j = 0; j < dense.columns; ++j) count += !IsZero(row[j]);
    if (!starts.SetCount(i, count)) return {FaultKind::kValueRange, i};
  }
  return Ok();
}

template <typename Index, typename T>
Fault FillRow(const T* row, int64_t columns, const Extent& to,
              std::span<Index> indices, T* values) {
  int64_t cursor = to.begin;
  for (int64_t j = 0; j < columns; ++j) {
    const T value = row[j];
    if (IsZero(value)) continue;
    if (cursor == to.end) return {FaultKind::kChanged, j};
    indices[cursor] = static_cast<Index>(j);
    values[cursor] = value;
    ++cursor;
  }
  return cursor == to.end ? Ok() : Fault{FaultKind::kChanged, columns};
}

}  // namespace

Fault SparsifyStarts(const Dense& dense, MutableIndptr starts) {
  const int threads = ThreadsFor(dense.rows * dense.columns);
  const Fault fault = VisitAddable(dense.dtype, [&](auto type) {
    return ParallelRanges(dense.rows, threads, [&](int64_t begin, int64_t end) {
      return CountRows<decltype(type)>(dense, begin, end, starts);
    });
  });
  return fault.ok() ? starts.Accumulate() : fault;
}

template <typename Index>
Fault SparsifyFill(const Dense& dense, const Indptr& starts,
                   std::span<Index> indices, std::byte* values) {
  const int64_t size = static_cast<int64_t>(indices.size());
  return VisitAddable(dense.dtype, [&](auto type) {
    using T = decltype(type);
    const auto fill = [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) {
        const Extent to{starts[i], starts[i + 1]};
        if (to.begin < 0 || to.begin > to.end || to.end > size)
          return Fault{FaultKind::kChanged, i};
        const T* const row =
            reinterpret_cast<const T*>(dense.values) + i * dense.columns;
        const Fault fault = FillRow(row, dense.columns, to, indices,
                                    reinterpret_cast<T*>(values));
        if (!fault.ok()) return fault;
      }
      return Ok();
    };
    return ParallelRanges(dense.rows, ThreadsFor(dense.rows * dense.columns),
                          fill);
  });
}

template Fault SparsifyFill(const Dense&, const Indptr&, std::span<int32_t>,
                            std::byte*);
template Fault SparsifyFill(const Dense&, const Indptr&, std::span<int64_t>,
                            std::byte*);

}  // namespace ats::core
