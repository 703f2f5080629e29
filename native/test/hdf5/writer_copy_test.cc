// Copies of data sets of other files: the same bytes, types and filters, and
// nothing of a damaged one.
#include "hdf5/writer_copy.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>

#include "hdf5/file.h"
#include "hdf5/stored_object.h"
#include "hdf5/writer.h"

namespace ats::hdf5 {
namespace {

using reader::StoredObject;
using ::testing::ElementsAre;

constexpr H5Z_filter_t kForeignFilter = 32099;

size_t FilterOfTest(unsigned, size_t, const unsigned[], size_t, size_t*,
                    void**) {
  return 0;
}

// A data set of a source file, as the library makes it.
struct Made {
  hid_t type = H5I_INVALID_HID;
  std::vector<hsize_t> shape;
  std::vector<hsize_t> most;
  std::vector<hsize_t> chunk;
  hid_t creation = H5I_INVALID_HID;
};

class CopyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("ats-copy-" + std::to_string(::getpid()) +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    // Initialises the library, which the tests then call on their one thread.
    LibraryLock lock;
    source_ = (folder_ / "source.h5").string();
    target_ = (folder_ / "target.h5").string();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // Makes the source with one data set "x", which `fill` gives values.
  template <typename Fill>
  void MakeSource(const Made& made, Fill fill) {
    LibraryLock lock;
    Id file(H5Fcreate(source_.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
    Id space(made.shape.empty()
                 ? H5Screate(H5S_SCALAR)
                 : H5Screate_simple(static_cast<int>(made.shape.size()),
                                    made.shape.data(),
                                    made.most.empty() ? nullptr
                                                      : made.most.data()));
    Id creation(made.creation < 0 ? H5Pcreate(H5P_DATASET_CREATE)
                                  : H5Pcopy(made.creation));
    if (!made.chunk.empty()) {
      H5Pset_chunk(creation.get(), static_cast<int>(made.chunk.size()),
                   made.chunk.data());
    }
    Id dataset(H5Dcreate2(file.get(), "x", made.type, space.get(), H5P_DEFAULT,
                          creation.get(), H5P_DEFAULT));
    ASSERT_TRUE(dataset.ok());
    fill(dataset.get());
    header_ = HeaderOf(file.get(), "x");
  }

  static haddr_t HeaderOf(hid_t file, const char* name) {
    H5O_info2_t info;
    H5Oget_info_by_name3(file, name, &info, H5O_INFO_BASIC, H5P_DEFAULT);
    haddr_t address = HADDR_UNDEF;
    H5VLnative_token_to_addr(file, info.token, &address);
    return address;
  }

  tensorstore::Result<std::shared_ptr<const StoredObject>> OpenSource() {
    const int fd = open(source_.c_str(), O_RDONLY);
    auto file = reader::File::Open(fd, {});
    close(fd);
    if (!file.ok()) return file.status();
    auto superblock = reader::ReadSuperblock(**file);
    if (!superblock.ok()) return superblock.status();
    return StoredObject::Open(reader::Space(*std::move(file), *superblock),
                              header_);
  }

  // Copies "x" to the target, `rows` long where that is given.
  absl::Status Copy(Writer& writer, std::optional<uint64_t> rows = {},
                    uint64_t most = 7) {
    auto from = OpenSource();
    if (!from.ok()) return from.status();
    auto copy = CopyOf("x", {}, *from, rows);
    if (!copy.ok()) return copy.status();
    const uint64_t parts = copy->copied->parts;
    auto number = writer.AddDataset(*std::move(copy));
    if (!number.ok()) return number.status();
    uint64_t next = 0;
    do {
      auto done = writer.CopyStored(*number, next, most, 2);
      if (!done.ok()) return done.status();
      EXPECT_TRUE(*done > next || *done == parts);
      next = *done;
    } while (next < parts);
    return absl::OkStatus();
  }

  void CopyWhole() {
    auto writer = Writer::Create(target_);
    ASSERT_TRUE(writer.ok()) << writer.status();
    const auto status = Copy(**writer);
    ASSERT_TRUE(status.ok()) << status;
    const auto closed = (*writer)->Close();
    ASSERT_TRUE(closed.ok()) << closed;
  }

  std::filesystem::path folder_;
  std::string source_, target_;
  uint64_t header_ = 0;
};

// An open data set "x" of a file of ours.
struct Opened {
  explicit Opened(const std::string& path)
      : file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT)),
        dataset(H5Dopen2(file.get(), "x", H5P_DEFAULT)),
        type(H5Dget_type(dataset.get())),
        space(H5Dget_space(dataset.get())),
        creation(H5Dget_create_plist(dataset.get())) {}
  Id file, dataset, type, space, creation;
};

struct Chunk {
  hsize_t offset[2] = {};
  unsigned mask = 0;
  std::vector<char> bytes;
  bool operator==(const Chunk& other) const {
    return std::memcmp(offset, other.offset, sizeof(offset)) == 0 &&
           mask == other.mask && bytes == other.bytes;
  }
};

std::vector<Chunk> ChunksOf(const Opened& opened) {
  hsize_t count = 0;
  H5Dget_num_chunks(opened.dataset.get(), opened.space.get(), &count);
  std::vector<Chunk> chunks(count);
  for (hsize_t i = 0; i < count; ++i) {
    Chunk& chunk = chunks[i];
    haddr_t address;
    hsize_t size = 0;
    H5Dget_chunk_info(opened.dataset.get(), opened.space.get(), i, chunk.offset,
                      &chunk.mask, &address, &size);
    chunk.bytes.resize(size);
    H5Dread_chunk(opened.dataset.get(), H5P_DEFAULT, chunk.offset, &chunk.mask,
                  chunk.bytes.data());
  }
  return chunks;
}

// Everything that can be seen of two data sets is the same.
void ExpectSame(const std::string& a, const std::string& b) {
  LibraryLock lock;
  const Opened one(a), other(b);
  ASSERT_TRUE(other.dataset.ok());
  EXPECT_GT(H5Tequal(one.type.get(), other.type.get()), 0);
  EXPECT_GT(H5Sextent_equal(one.space.get(), other.space.get()), 0);
  EXPECT_EQ(H5Pget_layout(one.creation.get()),
            H5Pget_layout(other.creation.get()));
  const int filters = H5Pget_nfilters(one.creation.get());
  ASSERT_EQ(filters, H5Pget_nfilters(other.creation.get()));
  for (int i = 0; i < filters; ++i) {
    unsigned values[2][16] = {}, flags[2], config;
    size_t counts[2] = {16, 16};
    char names[2][32] = {};
    H5Z_filter_t ids[2];
    const hid_t lists[] = {one.creation.get(), other.creation.get()};
    for (int k = 0; k < 2; ++k) {
      ids[k] = H5Pget_filter2(lists[k], i, &flags[k], &counts[k], values[k], 32,
                              names[k], &config);
    }
    EXPECT_EQ(ids[0], ids[1]);
    EXPECT_EQ(flags[0], flags[1]);
    EXPECT_STREQ(names[0], names[1]);
    ASSERT_EQ(counts[0], counts[1]);
    EXPECT_EQ(0, std::memcmp(values[0], values[1], counts[0] * 4));
  }
  if (H5Pget_layout(one.creation.get()) == H5D_CHUNKED) {
    EXPECT_TRUE(ChunksOf(one) == ChunksOf(other));
    return;
  }
  const size_t bytes = H5Sget_simple_extent_npoints(one.space.get()) *
                       H5Tget_size(one.type.get());
  std::vector<char> values[2];
  const Opened* all[] = {&one, &other};
  for (int k = 0; k < 2; ++k) {
    values[k].resize(bytes);
    EXPECT_GE(H5Dread(all[k]->dataset.get(), one.type.get(), H5S_ALL, H5S_ALL,
                      H5P_DEFAULT, values[k].data()),
              0);
  }
  EXPECT_EQ(values[0], values[1]);
}

std::vector<char> Noise(size_t bytes) {
  std::vector<char> noise(bytes);
  for (size_t i = 0; i < bytes; ++i) noise[i] = static_cast<char>(i * 37 % 101);
  return noise;
}

TEST_F(CopyTest, KeepsEveryPlainType) {
  Id half(H5Tcopy(H5T_IEEE_F16LE)), opaque(H5Tcreate(H5T_OPAQUE, 5)),
      bits(H5Tcopy(H5T_STD_B16BE)), odd(H5Tcopy(H5T_STD_I32BE)),
      text(H5Tcopy(H5T_C_S1)), list(H5Tenum_create(H5T_STD_I16BE)),
      quad(H5Tcopy(H5T_NATIVE_LDOUBLE)), record(H5Tcreate(H5T_COMPOUND, 40));
  H5Tset_tag(opaque.get(), "five bytes");
  H5Tset_precision(odd.get(), 20);
  H5Tset_offset(odd.get(), 3);
  H5Tset_size(text.get(), 7);
  H5Tset_strpad(text.get(), H5T_STR_SPACEPAD);
  H5Tset_cset(text.get(), H5T_CSET_UTF8);
  for (const int16_t value : {int16_t{7}, int16_t{-3}}) {
    H5Tenum_insert(list.get(), value > 0 ? "seven" : "minus", &value);
  }
  const hsize_t extents[] = {2, 3};
  Id array(H5Tarray_create2(H5T_IEEE_F32BE, 2, extents));
  H5Tinsert(record.get(), "a", 1, H5T_STD_U8LE);
  H5Tinsert(record.get(), "grid", 4, array.get());
  H5Tinsert(record.get(), "name", 30, text.get());
  for (const hid_t type :
       {H5T_STD_I32LE, H5T_STD_U64BE, H5T_IEEE_F64BE, half.get(), opaque.get(),
        bits.get(), odd.get(), text.get(), list.get(), quad.get(),
        record.get()}) {
    for (const bool chunked : {false, true}) {
      SCOPED_TRACE(H5Tget_class(type));
      Made made{type, {10}};
      if (chunked) {
        made.most = {H5S_UNLIMITED};
        made.chunk = {4};
      }
      MakeSource(made, [&](hid_t dataset) {
        const auto values = Noise(10 * H5Tget_size(type));
        EXPECT_GE(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                           values.data()),
                  0);
      });
      std::filesystem::remove(target_);
      CopyWhole();
      ExpectSame(source_, target_);
    }
  }
}

TEST_F(CopyTest, KeepsLayoutsFiltersAndMissingChunks) {
  H5Z_class2_t foreign = {};
  foreign.version = H5Z_CLASS_T_VERS;
  foreign.id = kForeignFilter;
  foreign.encoder_present = foreign.decoder_present = 1;
  foreign.name = "somebody's";
  foreign.filter = FilterOfTest;
  H5Zregister(&foreign);
  Id creation(H5Pcreate(H5P_DATASET_CREATE));
  const int32_t unset = -9;
  H5Pset_fill_value(creation.get(), H5T_STD_I32LE, &unset);
  const unsigned parameters[] = {5, 1 << 20, 0};
  H5Pset_shuffle(creation.get());
  H5Pset_fletcher32(creation.get());
  H5Pset_filter(creation.get(), kForeignFilter, H5Z_FLAG_OPTIONAL, 3,
                parameters);
  MakeSource({H5T_STD_I32LE, {5, 7}, {9, H5S_UNLIMITED}, {2, 4}, creation.get()},
             [&](hid_t dataset) {
               const hsize_t places[][2] = {{0, 0}, {2, 4}, {4, 4}};
               for (const auto& place : places) {
                 const auto bytes = Noise(3 + 5 * place[0]);
                 EXPECT_GE(H5Dwrite_chunk(dataset, H5P_DEFAULT,
                                          static_cast<uint32_t>(place[0] & 6),
                                          place, bytes.size(), bytes.data()),
                           0);
               }
             });
  CopyWhole();
  ExpectSame(source_, target_);
  const Opened copied(target_);
  EXPECT_EQ(ChunksOf(copied).size(), 3);
  int32_t fill = 0;
  H5Pget_fill_value(copied.creation.get(), H5T_STD_I32LE, &fill);
  EXPECT_EQ(fill, unset);
}

TEST_F(CopyTest, KeepsCompactScalarAndUnwrittenData) {
  Id compact(H5Pcreate(H5P_DATASET_CREATE));
  H5Pset_layout(compact.get(), H5D_COMPACT);
  const auto write = [](hid_t dataset) {
    const auto values = Noise(40);
    H5Dwrite(dataset, H5T_STD_I32LE, H5S_ALL, H5S_ALL, H5P_DEFAULT,
             values.data());
  };
  const auto nothing = [](hid_t) {};
  const Made mades[] = {{H5T_STD_I32LE, {10}, {}, {}, compact.get()},
                        {H5T_STD_I32LE, {}},
                        {H5T_STD_I32LE, {0, 3}},
                        {H5T_STD_I32LE, {6}}};
  for (const Made& made : mades) {
    if (made.shape == std::vector<hsize_t>{6}) {
      MakeSource(made, nothing);
    } else {
      MakeSource(made, write);
    }
    std::filesystem::remove(target_);
    CopyWhole();
    ExpectSame(source_, target_);
  }
}

TEST_F(CopyTest, KeepsAttributesOfEveryType) {
  Id text(H5Tcopy(H5T_C_S1));
  H5Tset_size(text.get(), H5T_VARIABLE);
  MakeSource({H5T_STD_I8LE, {1}}, [&](hid_t dataset) {
    const hsize_t two[] = {2};
    Id pair(H5Screate_simple(1, two, nullptr)), none(H5Screate(H5S_NULL));
    Id numbers(H5Acreate2(dataset, "n", H5T_STD_U16BE, pair.get(), H5P_DEFAULT,
                          H5P_DEFAULT));
    const uint16_t values[] = {1, 513};
    H5Awrite(numbers.get(), H5T_NATIVE_UINT16, values);
    Id texts(H5Acreate2(dataset, "t\xc3\xa4", text.get(), pair.get(),
                        H5P_DEFAULT, H5P_DEFAULT));
    const char* words[] = {"one", ""};
    H5Awrite(texts.get(), text.get(), words);
    Id(H5Acreate2(dataset, "e", H5T_IEEE_F32LE, none.get(), H5P_DEFAULT,
                  H5P_DEFAULT));
  });
  CopyWhole();
  const Opened copied(target_);
  Id numbers(H5Aopen(copied.dataset.get(), "n", H5P_DEFAULT));
  Id type(H5Aget_type(numbers.get()));
  EXPECT_GT(H5Tequal(type.get(), H5T_STD_U16BE), 0);
  uint16_t values[2] = {};
  H5Aread(numbers.get(), H5T_NATIVE_UINT16, values);
  EXPECT_THAT(values, ElementsAre(1, 513));
  Id texts(H5Aopen(copied.dataset.get(), "t\xc3\xa4", H5P_DEFAULT));
  Id kind(H5Aget_type(texts.get()));
  EXPECT_EQ(H5Tget_cset(kind.get()), H5T_CSET_ASCII);
  char* words[2] = {};
  H5Aread(texts.get(), text.get(), words);
  EXPECT_STREQ(words[0], "one");
  EXPECT_STREQ(words[1], "");
  for (char* word : words) H5free_memory(word);
  Id empty(H5Aopen(copied.dataset.get(), "e", H5P_DEFAULT));
  Id space(H5Aget_space(empty.get()));
  EXPECT_EQ(H5Sget_simple_extent_type(space.get()), H5S_NULL);
}

// Rows 0 … 9 of three values, then `rows` more written as usual.
TEST_F(CopyTest, GoesOnBehindWhatIsCopied) {
  for (const int kind : {0, 1, 2, 3}) {
    SCOPED_TRACE(kind);
    Id creation(H5Pcreate(H5P_DATASET_CREATE));
    if (kind == 2) H5Pset_deflate(creation.get(), 4);
    if (kind == 3) H5Pset_fletcher32(creation.get());
    Made made{H5T_STD_I32LE, {10, 3}, {}, {}, creation.get()};
    if (kind > 0) made.chunk = {4, 2};
    std::vector<int32_t> values(13 * 3);
    for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<int>(i * i);
    MakeSource(made, [&](hid_t dataset) {
      H5Dwrite(dataset, H5T_STD_I32LE, H5S_ALL, H5S_ALL, H5P_DEFAULT,
               values.data());
    });
    std::filesystem::remove(target_);
    auto writer = Writer::Create(target_);
    ASSERT_TRUE(Copy(**writer, 13).ok());
    const uint64_t kept = kind == 0 ? 10 : 8;
    const auto rest = std::as_bytes(std::span(values).subspan(kept * 3));
    const Block block{{kept, 0},
                      {13 - kept, 3},
                      {std::span(reinterpret_cast<const uint8_t*>(rest.data()),
                                 rest.size())}};
    const auto written = (*writer)->Write(0, block, 2);
    ASSERT_TRUE(written.ok()) << written;
    ASSERT_TRUE((*writer)->Close().ok());
    const Opened copied(target_);
    std::vector<int32_t> found(values.size());
    EXPECT_GE(H5Dread(copied.dataset.get(), H5T_STD_I32LE, H5S_ALL, H5S_ALL,
                      H5P_DEFAULT, found.data()),
              0);
    EXPECT_EQ(found, values);
  }
}

TEST_F(CopyTest, RefusesToWriteOverWhatIsCopied) {
  Made made{H5T_STD_I32LE, {10}, {}, {4}};
  MakeSource(made, [](hid_t dataset) {
    const auto values = Noise(40);
    H5Dwrite(dataset, H5T_STD_I32LE, H5S_ALL, H5S_ALL, H5P_DEFAULT,
             values.data());
  });
  auto writer = Writer::Create(target_);
  ASSERT_TRUE(Copy(**writer, 12).ok());
  const uint8_t bytes[20] = {};
  const Block block{{7}, {5}, {std::span<const uint8_t>(bytes)}};
  EXPECT_TRUE(absl::IsInvalidArgument((*writer)->Write(0, block, 1)));
}

// Overwrites what is at the first `what` of the source.
void Damage(const std::string& path, std::string_view what, size_t offset,
            char with) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), {});
  const size_t at = bytes.find(what);
  ASSERT_NE(at, std::string::npos);
  file.clear();
  file.seekp(static_cast<std::streamoff>(at + offset));
  file.put(with);
}

TEST_F(CopyTest, TellsADamagedIndexBeforeAnythingIsMade) {
  const auto fill = [](hid_t dataset) {
    const auto values = Noise(400);
    H5Dwrite(dataset, H5T_STD_I32LE, H5S_ALL, H5S_ALL, H5P_DEFAULT,
             values.data());
  };
  const Made made{H5T_STD_I32LE, {100}, {}, {10}};
  // The tree of chunks is of type 1; its first address is behind the first key.
  const std::string tree("TREE\x01", 5);
  for (const auto& [offset, with] :
       {std::pair<size_t, char>{0, 'X'}, {24 + 8 + 16 + 7, '\x7f'}, {24, '\x01'}}) {
    MakeSource(made, fill);
    Damage(source_, tree, offset, with);
    std::filesystem::remove(target_);
    auto writer = Writer::Create(target_);
    const auto status = Copy(**writer);
    EXPECT_TRUE(absl::IsDataLoss(status)) << offset << status;
    // The writer never heard of it.
    EXPECT_TRUE((*writer)->Close().ok());
    Id file(H5Fopen(target_.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
    EXPECT_EQ(H5Lexists(file.get(), "x", H5P_DEFAULT), 0);
  }
}

TEST_F(CopyTest, GivesTheFileUpWhereTheSourceChanges) {
  for (const bool chunked : {false, true}) {
    Made made{H5T_STD_I32LE, {100'000}};
    if (chunked) made.chunk = {1000};
    MakeSource(made, [](hid_t dataset) {
      const auto values = Noise(400'000);
      H5Dwrite(dataset, H5T_STD_I32LE, H5S_ALL, H5S_ALL, H5P_DEFAULT,
               values.data());
    });
    std::filesystem::remove(target_);
    auto writer = Writer::Create(target_);
    auto from = OpenSource();
    ASSERT_TRUE(from.ok());
    auto number = (*writer)->AddDataset(*CopyOf("x", {}, *from, {}));
    ASSERT_TRUE(number.ok());
    auto next = (*writer)->CopyStored(*number, 0, 1000, 1);
    ASSERT_TRUE(next.ok()) << next.status();
    std::filesystem::resize_file(source_, 10'000);
    next = (*writer)->CopyStored(*number, *next, 1 << 30, 1);
    EXPECT_TRUE(absl::IsAborted(next.status())) << next.status();
    EXPECT_TRUE(absl::IsCancelled((*writer)->Close()));
  }
}

}  // namespace
}  // namespace ats::hdf5
