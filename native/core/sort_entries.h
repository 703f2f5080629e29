// Sorts the stored entries of one row by index, keeping equal ones in their
// order.

#ifndef ATS_CORE_SORT_ENTRIES_H_
#define ATS_CORE_SORT_ENTRIES_H_

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace ats::core {

// Keeps its scratch memory from row to row; one per thread. May throw
// std::bad_alloc.
template <typename Index, typename T>
class EntrySorter {
 public:
  // Sorts `indices` and, along with them, as many values at `values`. Free of
  // cost where they are in order.
  void Sort(std::span<Index> indices, T* values) {
    if (std::is_sorted(indices.begin(), indices.end())) return;
    entries_.clear();
    for (size_t i = 0; i < indices.size(); ++i)
      entries_.push_back({indices[i], static_cast<int64_t>(i), values[i]});
    std::sort(entries_.begin(), entries_.end(),
              [](const Entry& a, const Entry& b) {
                return a.index != b.index ? a.index < b.index
                                          : a.position < b.position;
              });
    for (size_t i = 0; i < indices.size(); ++i) {
      indices[i] = entries_[i].index;
      values[i] = entries_[i].value;
    }
  }

 private:
  struct Entry {
    Index index;
    int64_t position;
    T value;
  };
  std::vector<Entry> entries_;
};

}  // namespace ats::core

#endif  // ATS_CORE_SORT_ENTRIES_H_
