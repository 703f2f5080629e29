#include "os/file_bytes.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <string>

#include "core/reads_here.h"
#include "tensorstore/context.h"
#include "tensorstore/kvstore/kvstore.h"
#include "tensorstore/kvstore/operations.h"
#include "tensorstore/util/status.h"

namespace ats::os {
namespace {

constexpr size_t kSize = 3'000'000;

// A folder with one file, `chunk`.
class FileBytesTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "file_bytes_XXXXXX";
    ASSERT_NE(mkdtemp(folder_.data()), nullptr);
    path_ = folder_ + "/chunk";
    for (size_t i = 0; i < kSize; ++i) bytes_ += static_cast<char>(i * i >> 5);
    file_ = open(path_.c_str(), O_RDWR | O_CREAT, 0600);
    ASSERT_GE(file_, 0);
    ASSERT_EQ(write(file_, bytes_.data(), kSize), static_cast<ssize_t>(kSize));
  }

  void TearDown() override {
    close(file_);
    unlink(path_.c_str());
    rmdir(folder_.c_str());
  }

  // The system forgets the file, or part of it, where it can.
  void Evict() {
    fsync(file_);
#ifdef POSIX_FADV_DONTNEED
    posix_fadvise(file_, 0, kSize / 2, POSIX_FADV_DONTNEED);
#endif
  }

  std::string folder_, path_, bytes_;
  int file_ = -1;
};

TEST_F(FileBytesTest, ReadsARange) {
  for (const bool evicted : {false, true}) {
    if (evicted) Evict();
    const auto read = ReadFile(file_, {1000, kSize - 7});
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(std::string(*read), bytes_.substr(1000, kSize - 1007));
  }
  EXPECT_EQ(ReadFile(file_, {kSize - 1, kSize + 1}).status().code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(FileBytesTest, WhatIsInMemoryIsWholeOrNothing) {
  for (const bool evicted : {false, true}) {
    if (evicted) Evict();
    const auto read = ReadCachedFile(file_, {1000, kSize - 7});
    if (read) {
      EXPECT_EQ(std::string(*read), bytes_.substr(1000, kSize - 1007));
    }
  }
  EXPECT_FALSE(ReadCachedFile(file_, {kSize - 1, kSize + 1}).has_value());
}

TEST_F(FileBytesTest, AStoreReadsTheSameOnEitherThread) {
  const auto store =
      tensorstore::kvstore::Open(
          {{"driver", "ats_directory"}, {"root", folder_}, {"session", "1"}})
          .value();
  for (const bool evicted : {false, true}) {
    for (const bool here : {false, true}) {
      if (evicted) Evict();
      tensorstore::Future<tensorstore::kvstore::ReadResult> read;
      if (here) {
        const core::ReadsHere scope;
        read = tensorstore::kvstore::Read(store, "chunk");
      } else {
        read = tensorstore::kvstore::Read(store, "chunk");
      }
      ASSERT_TRUE(read.result().ok()) << read.result().status();
      EXPECT_EQ(std::string(read.result()->value), bytes_);
    }
  }
  const core::ReadsHere scope;
  const auto missing = tensorstore::kvstore::Read(store, "none").result();
  ASSERT_TRUE(missing.ok());
  EXPECT_TRUE(missing->not_found());
}

}  // namespace
}  // namespace ats::os
