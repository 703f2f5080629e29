#include "hdf5/writer_pipeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <new>
#include <thread>

namespace ats::hdf5 {
namespace {

// Piece i is the byte i; even ones take longer.
class Slow : public PieceMaker {
 public:
  explicit Slow(std::atomic<int>& made) : made_(made) {}
  EncodedChunk Make(uint64_t index, std::vector<uint8_t>& out) override {
    if (index % 2 == 0) {
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    ++made_;
    out.assign(1, static_cast<uint8_t>(index));
    return {out};
  }

 private:
  std::atomic<int>& made_;
};

TEST(WriterPipelineTest, PlacesInOrderWhateverTheThreadsDo) {
  for (const int threads : {1, 2, 5}) {
    std::atomic<int> made = 0;
    std::vector<int> placed;
    const absl::Status status = MakeAndPlace(
        200, threads, [&] { return std::make_unique<Slow>(made); },
        [&](uint64_t index, const EncodedChunk& chunk) {
          EXPECT_EQ(chunk.bytes[0], index);
          EXPECT_LE(made - static_cast<int>(index), 2 * threads);
          placed.push_back(static_cast<int>(index));
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok());
    ASSERT_EQ(placed.size(), 200);
    EXPECT_TRUE(std::ranges::is_sorted(placed));
  }
}

TEST(WriterPipelineTest, EndsAtTheFirstFailure) {
  std::atomic<int> made = 0;
  int placed = 0;
  const absl::Status status = MakeAndPlace(
      1000, 3, [&] { return std::make_unique<Slow>(made); },
      [&](uint64_t index, const EncodedChunk&) {
        ++placed;
        return index == 10 ? absl::DataLossError("eleven") : absl::OkStatus();
      });
  EXPECT_EQ(status.message(), "eleven");
  EXPECT_EQ(placed, 11);
  EXPECT_LT(made, 30);
}

TEST(WriterPipelineTest, TellsThatMemoryIsShort) {
  const absl::Status status = MakeAndPlace(
      10, 2,
      []() -> std::unique_ptr<PieceMaker> { throw std::bad_alloc(); },
      [](uint64_t, const EncodedChunk&) { return absl::OkStatus(); });
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace ats::hdf5
