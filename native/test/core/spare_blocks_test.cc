#include "core/spare_blocks.h"

#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace {

using ::ats::core::SpareBlocks;

constexpr size_t kMiB = size_t{1} << 20;

// Blocks of the test, which no test frees twice.
class SpareBlocksTest : public ::testing::Test {
 protected:
  void* Block(size_t size) {
    blocks_.emplace_back(std::malloc(size), std::free);
    return blocks_.back().get();
  }

  SpareBlocks spare_;

 private:
  std::vector<std::unique_ptr<void, void (*)(void*)>> blocks_;
};

TEST_F(SpareBlocksTest, GivesTheLastOneThatFits) {
  void* first = Block(kMiB);
  void* second = Block(kMiB);
  EXPECT_EQ(spare_.Take(kMiB), nullptr);
  EXPECT_TRUE(spare_.Keep(first, kMiB));
  EXPECT_TRUE(spare_.Keep(second, kMiB));
  EXPECT_EQ(spare_.Take(kMiB - 5), second);
  EXPECT_EQ(spare_.Take(kMiB), first);
  EXPECT_EQ(spare_.Take(kMiB), nullptr);
}

TEST_F(SpareBlocksTest, GivesNoneThatIsTooSmallOrMuchTooLarge) {
  EXPECT_TRUE(spare_.Keep(Block(2 * kMiB), 2 * kMiB));
  EXPECT_EQ(spare_.Take(2 * kMiB + 1), nullptr);
  EXPECT_EQ(spare_.Take(kMiB), nullptr);
  EXPECT_NE(spare_.Take(2 * kMiB - kMiB / 4), nullptr);
}

TEST_F(SpareBlocksTest, FindsOneBehindOthersAndKeepsThem) {
  void* small = Block(kMiB);
  void* large = Block(4 * kMiB);
  EXPECT_TRUE(spare_.Keep(small, kMiB));
  EXPECT_TRUE(spare_.Keep(large, 4 * kMiB));
  EXPECT_EQ(spare_.Take(kMiB), small);
  EXPECT_EQ(spare_.Take(4 * kMiB), large);
}

TEST_F(SpareBlocksTest, LeavesSmallAndHugeBlocksToTheHeap) {
  void* block = Block(16);
  EXPECT_FALSE(spare_.Keep(block, SpareBlocks::kLeastBytes - 1));
  EXPECT_FALSE(spare_.Keep(block, SpareBlocks::kMostBytes + 1));
}

TEST_F(SpareBlocksTest, IsBoundedInBytesAndInNumber) {
  void* block = Block(16);  // Nobody looks into it.
  for (size_t kept = 0; kept < SpareBlocks::kMaxIdleBytes; kept += 16 * kMiB) {
    EXPECT_TRUE(spare_.Keep(block, 16 * kMiB));
  }
  EXPECT_FALSE(spare_.Keep(block, 16 * kMiB));
  EXPECT_EQ(spare_.Take(16 * kMiB), block);
  EXPECT_TRUE(spare_.Keep(block, 16 * kMiB));

  SpareBlocks many;
  for (size_t i = 0; i < SpareBlocks::kMaxBlocks; ++i) {
    EXPECT_TRUE(many.Keep(block, SpareBlocks::kLeastBytes));
  }
  EXPECT_FALSE(many.Keep(block, SpareBlocks::kLeastBytes));
}

TEST_F(SpareBlocksTest, GivesABlockToOneThreadOnly) {
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([this, thread] {
      for (int round = 0; round < 2000; ++round) {
        const size_t size = kMiB + thread * 1024;
        void* block = spare_.Take(size);
        if (block == nullptr) block = std::malloc(2 * kMiB);
        auto* values = static_cast<int*>(block);
        values[0] = thread;
        std::this_thread::yield();
        EXPECT_EQ(values[0], thread);
        if (!spare_.Keep(block, 5 * kMiB / 4)) std::free(block);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  while (void* block = spare_.Take(kMiB)) std::free(block);
}

}  // namespace
