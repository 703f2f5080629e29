#include "core/gather.h"

#include <algorithm>
#include <cstring>

#include "core/dtype.h"
#include "core/parallel.h"
#include "core/sort_entries.h"

namespace ats::core {
namespace {

// The extent of the `i`-th requested major position.
template <typename Index>
Fault Locate(const Compressed<Index>& matrix, const Axis& majors, int64_t i,
             Extent& extent) {
  const int64_t major = majors[i];
  if (major < 0 || major >= matrix.indptr.major())
    return {FaultKind::kSelectionRange, i};
  return matrix.ExtentOf(major, extent);
}

// How many stored values of `extent` the table selects, each as often as it
// does.
template <typename Index>
Fault CountSelected(const Compressed<Index>& matrix, const Extent& extent,
                    const ColumnTable& columns, int64_t& count) {
  count = 0;
  for (int64_t k = extent.begin; k < extent.end; ++k) {
    const Index index = matrix.indices[k];
    if (!matrix.Contains(index)) return {FaultKind::kIndexRange, k};
    count +=
        columns.unique() ? columns.First(index) >= 0 : columns.Count(index);
  }
  return Ok();
}

// Copies one major position's selected values to its place [begin, end) in the
// output.
template <typename Index, typename T>
class Copier {
 public:
  Copier(const Compressed<Index>& matrix, const ColumnTable* columns,
         const GatherOutput<Index>& output)
      : matrix_(matrix),
        columns_(columns),
        output_(output),
        values_(reinterpret_cast<const T*>(matrix.values)),
        out_(reinterpret_cast<T*>(output.values)) {}

  Fault Copy(const Extent& from, const Extent& to) {
    if (columns_ == nullptr) return CopyAll(from, to);
    int64_t cursor = to.begin;
    for (int64_t k = from.begin; k < from.end; ++k) {
      const Index index = matrix_.indices[k];
      if (!matrix_.Contains(index)) return {FaultKind::kIndexRange, k};
      for (int32_t column = columns_->First(index); column >= 0;
           column = columns_->Next(column)) {
        if (cursor == to.end) return {FaultKind::kChanged, k};
        output_.indices[cursor] = column;
        out_[cursor] = values_[k];
        ++cursor;
      }
    }
    if (cursor != to.end) return {FaultKind::kChanged, from.begin};
    sorter_.Sort(output_.indices.subspan(to.begin, to.size()), out_ + to.begin);
    return Ok();
  }

 private:
  Fault CopyAll(const Extent& from, const Extent& to) {
    if (from.size() != to.size()) return {FaultKind::kChanged, from.begin};
    if (from.size() == 0) return Ok();
    std::copy_n(matrix_.indices.data() + from.begin, from.size(),
                output_.indices.data() + to.begin);
    std::memcpy(static_cast<void*>(out_ + to.begin), values_ + from.begin,
                from.size() * sizeof(T));
    return Ok();
  }

  const Compressed<Index>& matrix_;
  const ColumnTable* const columns_;
  const GatherOutput<Index>& output_;
  const T* const values_;
  T* const out_;
  EntrySorter<Index, T> sorter_;
};

// The place of the `i`-th result in the output; kChanged where it is not within
// it.
template <typename Index>
Fault Place(const GatherOutput<Index>& output, int64_t i, Extent& place) {
  place = {output.indptr[i], output.indptr[i + 1]};
  const int64_t size = static_cast<int64_t>(output.indices.size());
  const bool inside =
      0 <= place.begin && place.begin <= place.end && place.end <= size;
  return inside ? Ok() : Fault{FaultKind::kChanged, i};
}

template <typename Index, typename T>
Fault FillRange(const Compressed<Index>& matrix, const Axis& majors,
                const ColumnTable* columns, const GatherOutput<Index>& output,
                int64_t begin, int64_t end) {
  Copier<Index, T> copier(matrix, columns, output);
  for (int64_t i = begin; i < end; ++i) {
    Extent from, to;
    if (const Fault fault = Locate(matrix, majors, i, from); !fault.ok())
      return fault;
    if (const Fault fault = Place(output, i, to); !fault.ok()) return fault;
    if (const Fault fault = copier.Copy(from, to); !fault.ok()) return fault;
  }
  return Ok();
}

// Stored values that `count` major positions have on average: what decides on
// threads.
template <typename Index>
int64_t ExpectedWork(const Compressed<Index>& matrix, int64_t count) {
  const int64_t major = std::max<int64_t>(matrix.indptr.major(), 1);
  return static_cast<int64_t>(static_cast<double>(matrix.nnz()) / major *
                              count) +
         count;
}

}  // namespace

template <typename Index>
Fault GatherStarts(const Compressed<Index>& matrix, const Axis& majors,
                   const ColumnTable* columns, MutableIndptr starts) {
  const int threads =
      columns == nullptr ? 1 : ThreadsFor(ExpectedWork(matrix, majors.count()));
  const Fault fault =
      ParallelRanges(majors.count(), threads, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
          Extent extent;
          if (const Fault f = Locate(matrix, majors, i, extent); !f.ok())
            return f;
          int64_t count = extent.size();
          if (columns != nullptr) {
            if (const Fault f = CountSelected(matrix, extent, *columns, count);
                !f.ok())
              return f;
          }
          if (!starts.SetCount(i, count))
            return Fault{FaultKind::kValueRange, i};
        }
        return Ok();
      });
  return fault.ok() ? starts.Accumulate() : fault;
}

template <typename Index>
Fault GatherFill(const Compressed<Index>& matrix, const Axis& majors,
                 const ColumnTable* columns, int item_size,
                 const GatherOutput<Index>& output) {
  const int threads = ThreadsFor(ExpectedWork(matrix, majors.count()));
  return VisitItemSize(item_size, [&](auto type) {
    return ParallelRanges(majors.count(), threads,
                          [&](int64_t begin, int64_t end) {
                            return FillRange<Index, decltype(type)>(
                                matrix, majors, columns, output, begin, end);
                          });
  });
}

template Fault GatherStarts(const Compressed<int32_t>&, const Axis&,
                            const ColumnTable*, MutableIndptr);
template Fault GatherStarts(const Compressed<int64_t>&, const Axis&,
                            const ColumnTable*, MutableIndptr);
template Fault GatherFill(const Compressed<int32_t>&, const Axis&,
                          const ColumnTable*, int,
                          const GatherOutput<int32_t>&);
template Fault GatherFill(const Compressed<int64_t>&, const Axis&,
                          const ColumnTable*, int,
                          const GatherOutput<int64_t>&);

}  // namespace ats::core
