// Small compressed matrices for tests, and a slow, obvious answer to compare
// with.

#ifndef ATS_TEST_CORE_MATRIX_H_
#define ATS_TEST_CORE_MATRIX_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "core/compressed.h"

namespace ats::core {

template <typename Index, typename T>
struct Matrix {
  std::vector<int64_t> indptr{0};
  std::vector<Index> indices;
  std::vector<T> values;
  int64_t minor = 0;

  int64_t major() const { return static_cast<int64_t>(indptr.size()) - 1; }
  Compressed<Index> View() const {
    return {Indptr(std::span<const int64_t>(indptr)), indices,
            reinterpret_cast<const std::byte*>(values.data()), minor};
  }
  // Duplicates summed, major × minor.
  std::vector<T> ToDense() const {
    std::vector<T> dense(major() * minor);
    for (int64_t i = 0; i < major(); ++i) {
      for (int64_t k = indptr[i]; k < indptr[i + 1]; ++k)
        dense[i * minor + indices[k]] += values[k];
    }
    return dense;
  }
};

// A matrix with unsorted and duplicate indices and small whole values, so that
// sums are exact in every type.
template <typename Index, typename T>
Matrix<Index, T> RandomMatrix(int64_t major, int64_t minor, int64_t per_major,
                              uint32_t seed) {
  std::mt19937 random(seed);
  Matrix<Index, T> matrix;
  matrix.minor = minor;
  for (int64_t i = 0; i < major; ++i) {
    const int64_t count = minor == 0 ? 0 : random() % (2 * per_major + 1);
    for (int64_t k = 0; k < count; ++k) {
      matrix.indices.push_back(static_cast<Index>(random() % minor));
      matrix.values.push_back(static_cast<T>(1 + random() % 7));
    }
    matrix.indptr.push_back(static_cast<int64_t>(matrix.indices.size()));
  }
  return matrix;
}

template <typename T>
std::byte* Bytes(std::vector<T>& values) {
  return reinterpret_cast<std::byte*>(values.data());
}
template <typename T>
const std::byte* Bytes(const std::vector<T>& values) {
  return reinterpret_cast<const std::byte*>(values.data());
}

}  // namespace ats::core

#endif  // ATS_TEST_CORE_MATRIX_H_
