#include "core/densify.h"

#include <algorithm>
#include <cstring>

#include "core/parallel.h"

namespace ats::core {
namespace {

template <typename Index, typename T>
class Densifier {
 public:
  Densifier(const Compressed<Index>& matrix, const Block& block,
            const DenseLayout& layout, bool sorted, T* out)
      : matrix_(matrix),
        values_(reinterpret_cast<const T*>(matrix.values)),
        block_(block),
        layout_(layout),
        narrow_(sorted &&
                (block.minor_begin > 0 || block.minor_end < matrix.minor)),
        out_(out) {}

  // Zeroes and fills the block's major positions [begin, end), where they are
  // consecutive in memory.
  Fault FillRows(int64_t begin, int64_t end) const {
    for (int64_t i = begin; i < end; ++i) {
      std::memset(static_cast<void*>(out_ + i * layout_.major_stride), 0,
                  width() * sizeof(T));
      if (const Fault fault = Add(i); !fault.ok()) return fault;
    }
    return Ok();
  }

  // Adds the block's major positions [begin, end) to what is there.
  Fault AddRows(int64_t begin, int64_t end) const {
    for (int64_t i = begin; i < end; ++i) {
      if (const Fault fault = Add(i); !fault.ok()) return fault;
    }
    return Ok();
  }

 private:
  int64_t width() const { return block_.minor_end - block_.minor_begin; }

  Fault Add(int64_t i) const {
    Extent extent;
    if (const Fault fault = matrix_.ExtentOf(block_.major_begin + i, extent);
        !fault.ok())
      return fault;
    if (narrow_) Narrow(extent);
    T* const row = out_ + i * layout_.major_stride;
    return layout_.minor_stride == 1
               ? Scatter(extent, row, 1)
               : Scatter(extent, row, layout_.minor_stride);
  }

  // Cuts a sorted extent down to the block's minor range.
  void Narrow(Extent& extent) const {
    const Index* const indices = matrix_.indices.data();
    const Index* const first = std::lower_bound(
        indices + extent.begin, indices + extent.end, block_.minor_begin);
    const Index* const last =
        std::lower_bound(first, indices + extent.end, block_.minor_end);
    extent = {first - indices, last - indices};
  }

  Fault Scatter(const Extent& extent, T* row, int64_t stride) const {
    const Index* const indices = matrix_.indices.data();
    const uint64_t columns = static_cast<uint64_t>(width());
    for (int64_t k = extent.begin; k < extent.end; ++k) {
      const Index index = indices[k];
      const uint64_t column = static_cast<uint64_t>(index) -
                              static_cast<uint64_t>(block_.minor_begin);
      if (column < columns) {
        AddTo(row[static_cast<int64_t>(column) * stride], values_[k]);
      } else if (!matrix_.Contains(index)) {
        return {FaultKind::kIndexRange, k};
      }
    }
    return Ok();
  }

  const Compressed<Index>& matrix_;
  const T* const values_;
  const Block block_;
  const DenseLayout layout_;
  const bool narrow_;
  T* const out_;
};

template <typename Index, typename T>
Fault DensifyAs(const Compressed<Index>& matrix, const Block& block,
                const DenseLayout& layout, bool sorted, T* out) {
  const int64_t rows = block.major_end - block.major_begin;
  const int64_t columns = block.minor_end - block.minor_begin;
  if (rows == 0 || columns == 0) return Ok();
  const Densifier<Index, T> densifier(matrix, block, layout, sorted, out);
  const int threads = ThreadsFor(
      matrix.Work(block.major_begin, block.major_end) + rows * columns / 8);
  if (layout.minor_stride == 1) {
    return ParallelRanges(rows, threads, [&](int64_t begin, int64_t end) {
      return densifier.FillRows(begin, end);
    });
  }
  const Fault zeroed =
      ParallelRanges(columns, threads, [&](int64_t begin, int64_t end) {
        std::memset(static_cast<void*>(out + begin * rows), 0,
                    (end - begin) * rows * sizeof(T));
        return Ok();
      });
  if (!zeroed.ok()) return zeroed;
  return ParallelRanges(rows, threads, [&](int64_t begin, int64_t end) {
    return densifier.AddRows(begin, end);
  });
}

}  // namespace

template <typename Index>
Fault Densify(const Compressed<Index>& matrix, DType dtype, const Block& block,
              const DenseLayout& layout, bool sorted, std::byte* out) {
  return VisitAddable(dtype, [&](auto type) {
    return DensifyAs(matrix, block, layout, sorted,
                     reinterpret_cast<decltype(type)*>(out));
  });
}

template Fault Densify(const Compressed<int32_t>&, DType, const Block&,
                       const DenseLayout&, bool, std::byte*);
template Fault Densify(const Compressed<int64_t>&, DType, const Block&,
                       const DenseLayout&, bool, std::byte*);

}  // namespace ats::core
