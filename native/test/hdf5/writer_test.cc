#include "hdf5/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#ifndef _WIN32
#include <signal.h>
#include <sys/resource.h>
#endif

#include <filesystem>
#include <fstream>
#include <thread>


namespace ats::hdf5 {
namespace {

using ::testing::HasSubstr;

class WriterTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("ats-writer-" + std::to_string(::testing::UnitTest::GetInstance()
                                                  ->random_seed()) +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    path_ = (folder_ / "file.h5").string();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Writer> MakeWriter() {
    auto writer = Writer::Create(path_);
    EXPECT_TRUE(writer.ok()) << writer.status();
    return *std::move(writer);
  }

  std::filesystem::path folder_;
  std::string path_;
};

NewDataset Ints(std::string path, std::vector<uint64_t> shape) {
  NewDataset dataset;
  dataset.path = std::move(path);
  dataset.type = ScalarType(core::DType::kInt32);
  dataset.shape = std::move(shape);
  return dataset;
}

Block BlockOf(std::vector<uint64_t> origin, std::vector<uint64_t> shape,
              std::span<const int32_t> values) {
  return {std::move(origin), std::move(shape),
          {std::span(reinterpret_cast<const uint8_t*>(values.data()),
                     values.size_bytes())}};
}

// The values of a data set, as the library reads them.
std::vector<int32_t> ReadBack(const std::string& path, const char* name) {
  LibraryLock lock;
  Id file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
  Id dataset(H5Dopen2(file.get(), name, H5P_DEFAULT));
  Id space(H5Dget_space(dataset.get()));
  std::vector<int32_t> values(H5Sget_simple_extent_npoints(space.get()));
  EXPECT_GE(H5Dread(dataset.get(), H5T_STD_I32LE, H5S_ALL, H5S_ALL,
                    H5P_DEFAULT, values.data()),
            0);
  return values;
}

TEST_F(WriterTest, WritesValuesTwiceInAnyOrder) {
  for (const auto compressor :
       {FilterSpec::Compressor::kNone, FilterSpec::Compressor::kDeflate,
        FilterSpec::Compressor::kLzf}) {
    auto writer = MakeWriter();
    NewDataset dataset = Ints("x", {10});
    dataset.chunks = {4};
    dataset.filters = {compressor, 4, true};
    ASSERT_TRUE(writer->AddDataset(dataset).ok());
    std::vector<int32_t> values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    const std::span<const int32_t> all(values);
    for (const auto& [first, count] :
         {std::pair<size_t, size_t>{7, 3}, {0, 2}, {2, 5}}) {
      EXPECT_TRUE(writer->Write(0, BlockOf({first}, {count},
                                           all.subspan(first, count)), 2)
                      .ok());
    }
    // All has come, and the data set is closed: again, and differently.
    const std::vector<int32_t> again = {-1, -2};
    EXPECT_TRUE(writer->Write(0, BlockOf({3}, {2}, again), 2).ok());
    EXPECT_TRUE(writer->Close().ok());
    values[3] = -1;
    values[4] = -2;
    EXPECT_EQ(ReadBack(path_, "x"), values);
    std::filesystem::remove(path_);
  }
}

TEST_F(WriterTest, HasZerosWhereNothingWasWritten) {
  auto writer = MakeWriter();
  NewDataset chunked = Ints("chunked", {5});
  chunked.chunks = {2};
  chunked.filters.compressor = FilterSpec::Compressor::kDeflate;
  ASSERT_TRUE(writer->AddDataset(chunked).ok());
  ASSERT_TRUE(writer->AddDataset(Ints("whole", {5})).ok());
  const std::vector<int32_t> one = {7};
  for (const size_t number : {0, 1}) {
    EXPECT_TRUE(writer->Write(number, BlockOf({2}, {1}, one), 1).ok());
  }
  EXPECT_TRUE(writer->Close().ok());
  const std::vector<int32_t> want = {0, 0, 7, 0, 0};
  EXPECT_EQ(ReadBack(path_, "chunked"), want);
  EXPECT_EQ(ReadBack(path_, "whole"), want);
}

TEST_F(WriterTest, GivesTheSameBytesForTheSameInput) {
  std::string files[2];
  for (std::string& bytes : files) {
    auto writer = MakeWriter();
    ASSERT_TRUE(writer->AddGroup({"g", {{"n", std::vector<int64_t>{1}, {}}}}).ok());
    NewDataset dataset = Ints("g/x", {100'000});
    dataset.chunks = {1000};
    dataset.filters.compressor = FilterSpec::Compressor::kDeflate;
    ASSERT_TRUE(writer->AddDataset(dataset).ok());
    std::vector<int32_t> values(100'000);
    for (size_t i = 0; i < values.size(); ++i) values[i] = i * i;
    EXPECT_TRUE(writer->Write(0, BlockOf({0}, {values.size()}, values), 3).ok());
    EXPECT_TRUE(writer->Close().ok());
    std::ifstream in(path_, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
    std::filesystem::remove(path_);
  }
  EXPECT_EQ(files[0], files[1]);
}

TEST_F(WriterTest, RefusesBlocksThatDoNotFit) {
  auto make = [&] {
    std::filesystem::remove(path_);
    auto writer = MakeWriter();
    EXPECT_TRUE(writer->AddDataset(Ints("x", {2, 3})).ok());
    return writer;
  };
  const std::vector<int32_t> values(6);
  for (const Block& block :
       {BlockOf({0}, {2}, values), BlockOf({1, 0}, {2, 3}, values),
        BlockOf({0, 0}, {2, 2}, values), BlockOf({UINT64_MAX, 0}, {2, 3}, values),
        BlockOf({0, 0}, {2, UINT64_MAX}, values), Block{{0, 0}, {2, 3}, {}}}) {
    auto writer = make();
    EXPECT_EQ(writer->Write(0, block, 1).code(),
              absl::StatusCode::kInvalidArgument);
    EXPECT_TRUE(absl::IsCancelled(writer->Close()))
        << "a file that has failed was completed";
  }
  auto writer = make();
  EXPECT_FALSE(writer->Write(7, BlockOf({0, 0}, {2, 3}, values), 1).ok());
}

TEST_F(WriterTest, RefusesOffsetsThatLeaveTheText) {
  const std::vector<uint8_t> bytes = {'a', 'b', 'c'};
  for (const std::vector<int32_t>& offsets :
       std::vector<std::vector<int32_t>>{{0, 4}, {-1, 2}, {2, 1}, {0}, {0, 1, 2}}) {
    std::filesystem::remove(path_);
    auto writer = MakeWriter();
    NewDataset dataset;
    dataset.path = "t";
    dataset.type = ScalarType(TextType{});
    dataset.shape = {1};
    ASSERT_TRUE(writer->AddDataset(dataset).ok());
    const PackedText text{std::span<const int32_t>(offsets), bytes};
    EXPECT_EQ(writer->Write(0, {{0}, {1}, {text}}, 1).code(),
              absl::StatusCode::kInvalidArgument);
  }
}

TEST_F(WriterTest, NeverReplacesAFile) {
  std::ofstream(path_) << "mine";
  EXPECT_TRUE(absl::IsAlreadyExists(Writer::Create(path_).status()));
  EXPECT_EQ(std::filesystem::file_size(path_), 4);
  EXPECT_TRUE(absl::IsNotFound(
      Writer::Create((folder_ / "none" / "x.h5").string()).status()));
}

TEST_F(WriterTest, StopsWhenToldTo) {
  auto writer = MakeWriter();
  NewDataset dataset = Ints("x", {1 << 20});
  dataset.chunks = {64};
  dataset.filters.compressor = FilterSpec::Compressor::kDeflate;
  ASSERT_TRUE(writer->AddDataset(dataset).ok());
  const std::vector<int32_t> values(1 << 20);
  std::thread stopper([&] { writer->Stop(); });
  writer->Write(0, BlockOf({0}, {values.size()}, values), 2).IgnoreError();
  stopper.join();
  EXPECT_TRUE(absl::IsCancelled(writer->Close()));
  writer->Abandon();
  EXPECT_TRUE(absl::IsCancelled(writer->AddGroup({"g", {}})) ||
              writer->Close().ok());
}

#ifndef _WIN32
// A disk that is full, wherever it gets full: the failure is the system's, and
// what is left can be let go of.
TEST_F(WriterTest, ReportsAFullDiskAndCloses) {
  signal(SIGXFSZ, SIG_IGN);
  rlimit before;
  getrlimit(RLIMIT_FSIZE, &before);
  const std::vector<int32_t> values(50'000, 5);
  for (const rlim_t limit : {0, 90, 500, 3000, 100'000, 201'000}) {
    std::filesystem::remove(path_);
    auto writer = MakeWriter();
    const rlimit small = {limit, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    NewDataset chunked = Ints("g/x", {values.size()});
    chunked.chunks = {1000};
    absl::Status status = writer->AddGroup({"g", {}});
    if (status.ok()) status = writer->AddDataset(chunked).status();
    if (status.ok()) {
      status = writer->Write(0, BlockOf({0}, {values.size()}, values), 2);
    }
    if (status.ok()) status = writer->Close();
    setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_TRUE(status.GetPayload("os_error_code").has_value()) << limit << status;
    EXPECT_THAT(status.message(), HasSubstr(path_));
    writer->Abandon();
  }
  std::filesystem::remove(path_);
  auto writer = MakeWriter();
  EXPECT_TRUE(writer->Close().ok());
}
#endif

}  // namespace
}  // namespace ats::hdf5
