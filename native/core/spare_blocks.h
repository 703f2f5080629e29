// Large blocks of memory that nobody uses just now, kept for the next one who
// needs such a block. Decoding makes a buffer for every chunk and drops it soon
// after; a heap gives such buffers back to the system, and every new one begins
// with a page fault for each 4 KiB, which take about as long as decoding does.

#ifndef ATS_CORE_SPARE_BLOCKS_H_
#define ATS_CORE_SPARE_BLOCKS_H_

#include <array>
#include <cstddef>
#include <mutex>

namespace ats::core {

// Blocks of malloc(), so that whoever has one may free() it. Thread-safe.
class SpareBlocks {
 public:
  // Smaller ones stay in the heap anyway, and larger ones are results.
  static constexpr size_t kLeastBytes = size_t{128} << 10;
  static constexpr size_t kMostBytes = size_t{16} << 20;
  // Owned when idle, at most: about what one read has under way.
  static constexpr size_t kMaxIdleBytes = size_t{48} << 20;
  static constexpr size_t kMaxBlocks = 128;

  constexpr SpareBlocks() = default;
  SpareBlocks(const SpareBlocks&) = delete;
  SpareBlocks& operator=(const SpareBlocks&) = delete;

  // A block of `size` bytes or up to a quarter more, the last one that was
  // kept; null where there is none. Its contents are anything.
  void* Take(size_t size);

  // Keeps `block`, of `size` bytes, unless there are enough: then false.
  bool Keep(void* block, size_t size);

 private:
  struct Block {
    void* data;
    size_t size;
  };

  std::mutex mutex_;
  // The first `count_` are kept, the last one being the one kept last.
  std::array<Block, kMaxBlocks> blocks_{};
  size_t count_ = 0;
  size_t idle_ = 0;
};

}  // namespace ats::core

#endif  // ATS_CORE_SPARE_BLOCKS_H_
