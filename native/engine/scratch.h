// Memory that a thread uses again.
#ifndef ATS_ENGINE_SCRATCH_H_
#define ATS_ENGINE_SCRATCH_H_

#include <cstddef>
#include <memory>
#include <vector>

namespace ats::engine {

/// `size` bytes that hold nothing in particular, the thread's own while they
/// are not many. One thread has one of each `User` at a time.
template <typename User>
class Scratch {
 public:
  explicit Scratch(size_t size) {
    thread_local std::vector<char> kept;
    if (size > kKeptBytes) {
      own_.reset(new char[size]);
      data_ = own_.get();
      return;
    }
    if (kept.size() < size) kept.resize(size);
    data_ = kept.data();
  }

  char* data() const { return data_; }

 private:
  // A thread keeps no more memory than this.
  static constexpr size_t kKeptBytes = size_t{16} << 20;

  std::unique_ptr<char[]> own_;
  char* data_;
};

}  // namespace ats::engine

#endif  // ATS_ENGINE_SCRATCH_H_
