// Structures of files made by hand: what a damaged or hostile one may say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "hdf5/dataset.h"
#include "hdf5/heap_strings.h"
#include "hdf5/read_plan.h"
#include "test/hdf5/reader_file.h"

namespace ats::hdf5::reader {
namespace {

using ::testing::ElementsAre;

constexpr uint64_t kNone = ~uint64_t{0};

Bytes Extent(const std::vector<uint64_t>& shape) {
  Bytes data;
  data.Number(1, 1).Number(shape.size(), 1).Number(0, 6);
  for (uint64_t extent : shape) data.Number(extent, 8);
  return MessageV1(0x01, data);
}

Bytes Uint16() {
  return MessageV1(
      0x03, Bytes().Number(0x10, 1).Number(0, 3).Number(2, 4).Number(0, 2).Number(16, 2));
}

Bytes Chunks(uint64_t index, const std::vector<uint32_t>& chunk) {
  Bytes data;
  data.Number(3, 1).Number(2, 1).Number(chunk.size() + 1, 1).Number(index, 8);
  for (uint32_t extent : chunk) data.Number(extent, 4);
  return MessageV1(0x08, data.Number(2, 4));
}

Bytes Contiguous(uint64_t address, uint64_t size) {
  return MessageV1(0x08,
                   Bytes().Number(3, 1).Number(1, 1).Number(address, 8).Number(size, 8));
}

Bytes Continuation(uint64_t address, uint64_t size) {
  return MessageV1(0x10, Bytes().Number(address, 8).Number(size, 8));
}

struct Child {
  uint64_t offset;
  uint64_t address;
  uint32_t size = 8;
  uint64_t element = 0;
};

// A node of a B-tree over one dimension; `last` is its right bound.
Bytes Node(uint8_t level, const std::vector<Child>& children, uint64_t last) {
  Bytes node;
  node.Text("TREE").Number(1, 1).Number(level, 1).Number(children.size(), 2);
  node.Number(kNone, 8).Number(kNone, 8);
  for (const Child& child : children) {
    node.Number(child.size, 4).Number(0, 4).Number(child.offset, 8);
    node.Number(child.element, 8).Number(child.address, 8);
  }
  return node.Number(0, 8).Number(last, 8).Number(0, 8);
}

Bytes Values(std::initializer_list<uint16_t> values) {
  Bytes bytes;
  for (uint16_t value : values) bytes.Number(value, 2);
  return bytes;
}

absl::Status OpenStatus(TestFile& file, uint64_t header) {
  auto space = file.Open();
  if (!space.ok()) return space.status();
  return Dataset::Open(*space, header).status();
}

// The whole of the dataset whose header is at `header`.
std::vector<uint16_t> ReadAll(TestFile& file, uint64_t header) {
  auto space = file.Open();
  EXPECT_TRUE(space.ok()) << space.status();
  auto dataset = Dataset::Open(*space, header);
  EXPECT_TRUE(dataset.ok()) << dataset.status();
  std::vector<AxisRuns> axes;
  for (uint64_t extent : (*dataset)->shape()) {
    axes.push_back(*AxisRuns::Make(
        core::Axis::Range(0, 1, static_cast<int64_t>(extent)), extent));
  }
  const ReadPlan plan(*dataset, std::move(axes));
  std::vector<uint16_t> out(plan.targets());
  Scratch scratch;
  const std::atomic<bool> stop{false};
  const auto status = plan.Run(0, plan.units(),
                               reinterpret_cast<std::byte*>(out.data()),
                               scratch, stop);
  EXPECT_TRUE(status.ok()) << status;
  return out;
}

TEST(ReaderTest, ReadsChunksOfAHandmadeTree) {
  TestFile file;
  const uint64_t first = file.Add(Values({1, 2, 3, 4}));
  const uint64_t second = file.Add(Values({5, 6, 7, 8}));
  const uint64_t tree = file.Add(Node(0, {{0, first}, {8, second}}, 12));
  const uint64_t header =
      file.Add(HeaderV1({Extent({10}), Uint16(), Chunks(tree, {4})}));
  EXPECT_THAT(ReadAll(file, header),
              ElementsAre(1, 2, 3, 4, 0, 0, 0, 0, 5, 6));
}

TEST(ReaderTest, FollowsContinuationsOfAHeader) {
  TestFile file;
  const uint64_t values = file.Add(Values({7, 9}));
  const Bytes rest = Contiguous(values, 4);
  const uint64_t more = file.Add(rest);
  const uint64_t header = file.Add(
      HeaderV1({Extent({2}), Uint16(), Continuation(more, rest.size())}));
  EXPECT_THAT(ReadAll(file, header), ElementsAre(7, 9));
}

TEST(ReaderTest, AHeaderThatGoesOnInACircleIsDamaged) {
  TestFile file;
  const uint64_t more = file.next();
  file.Add(Continuation(more, 24));
  const uint64_t header = file.Add(
      HeaderV1({Extent({2}), Uint16(), Continuation(more, 24)}));
  EXPECT_EQ(OpenStatus(file, header).code(), absl::StatusCode::kDataLoss);
}

TEST(ReaderTest, ATreeThatPointsAtItselfIsDamaged) {
  TestFile file;
  const uint64_t tree = file.next();
  file.Add(Node(3, {{0, tree}, {4, tree}}, 8));
  const uint64_t header =
      file.Add(HeaderV1({Extent({8}), Uint16(), Chunks(tree, {4})}));
  EXPECT_EQ(OpenStatus(file, header).code(), absl::StatusCode::kDataLoss);
}

TEST(ReaderTest, ATreeWhoseNodesShareChildrenIsDamaged) {
  TestFile file;
  // Eleven levels, each of which points at the next nine times over.
  uint64_t below = file.Add(Node(0, {}, 4));
  for (uint8_t level = 1; level < 12; ++level) {
    std::vector<Child> children;
    for (uint64_t i = 0; i < 9; ++i) children.push_back({4 * i, below});
    below = file.Add(Node(level, children, 36));
  }
  const uint64_t header =
      file.Add(HeaderV1({Extent({36}), Uint16(), Chunks(below, {4})}));
  EXPECT_EQ(OpenStatus(file, header).code(), absl::StatusCode::kDataLoss);
}

TEST(ReaderTest, KeysAndChunksThatCannotBeAreDamaged) {
  const struct {
    const char* what;
    std::vector<Child> children;
    uint64_t last;
  } cases[] = {
      {"out of order", {{4, 96}, {0, 96}}, 8},
      {"twice", {{0, 96}, {0, 96}}, 8},
      {"across the grid", {{0, 96}, {5, 96}}, 8},
      {"beyond the right bound", {{0, 96}, {4, 96}}, 4},
      {"inside an element", {{0, 96, 8, 1}, {4, 96}}, 8},
      {"outside the file", {{0, 1 << 20}}, 4},
      {"at an address that overflows", {{0, kNone - 1}}, 4},
      {"of another size", {{0, 96, 7}}, 4},
  };
  for (const auto& [what, children, last] : cases) {
    TestFile file;
    const uint64_t tree = file.Add(Node(0, children, last));
    const uint64_t header =
        file.Add(HeaderV1({Extent({8}), Uint16(), Chunks(tree, {4})}));
    EXPECT_EQ(OpenStatus(file, header).code(), absl::StatusCode::kDataLoss)
        << what;
  }
}

TEST(ReaderTest, SizesAreCheckedBeforeAnythingIsAllocated) {
  TestFile huge_chunk;
  uint64_t header = huge_chunk.Add(
      HeaderV1({Extent({1u << 31}), Uint16(), Chunks(kNone, {1u << 30})}));
  EXPECT_EQ(OpenStatus(huge_chunk, header).code(),
            absl::StatusCode::kResourceExhausted);
  TestFile huge_shape;
  header = huge_shape.Add(HeaderV1({Extent({uint64_t{1} << 40, uint64_t{1} << 40}),
                                    Uint16(), Contiguous(kNone, 0)}));
  EXPECT_EQ(OpenStatus(huge_shape, header).code(), absl::StatusCode::kDataLoss);
  TestFile beyond;
  header = beyond.Add(
      HeaderV1({Extent({1u << 20}), Uint16(), Contiguous(96, 2u << 20)}));
  EXPECT_EQ(OpenStatus(beyond, header).code(), absl::StatusCode::kDataLoss);
  TestFile no_extent;
  header = no_extent.Add(HeaderV1({Extent({4}), Uint16(), Chunks(kNone, {0})}));
  EXPECT_EQ(OpenStatus(no_extent, header).code(), absl::StatusCode::kDataLoss);
}

TEST(ReaderTest, EveryCutOfAFileIsAnErrorAndNoCrash) {
  TestFile file;
  const uint64_t values = file.Add(Values({1, 2, 3, 4}));
  const uint64_t tree = file.Add(Node(0, {{0, values}}, 4));
  file.Add(HeaderV1({Extent({4}), Uint16(), Chunks(tree, {4})}));
  for (size_t size = 0; size < file.next(); ++size) {
    EXPECT_FALSE(file.Open({}, size).ok()) << size;
  }
}

TEST(ReaderTest, MetadataBeyondItsLimitIsRefused) {
  TestFile file;
  const uint64_t header = file.Add(
      HeaderV1({Extent({4}), Uint16(), Contiguous(96, 8)}));
  auto space = file.Open({.max_chunk_bytes = 1 << 20, .max_metadata_bytes = 20});
  ASSERT_TRUE(space.ok());
  EXPECT_EQ(Dataset::Open(*space, header).status().code(),
            absl::StatusCode::kResourceExhausted);
}

Bytes Reference(uint32_t length, uint64_t heap, uint32_t index) {
  return Bytes().Number(length, 4).Number(heap, 8).Number(index, 4);
}

Bytes Object(uint16_t index, std::string_view text) {
  Bytes object;
  object.Number(index, 2).Number(1, 2).Number(0, 4).Number(text.size(), 8);
  object.Text(text);
  while (object.size() % 8 != 0) object.Number(0, 1);
  return object;
}

Bytes Heap(std::initializer_list<Bytes> objects) {
  Bytes body;
  for (const Bytes& object : objects) body.Add(object.bytes());
  Bytes heap;
  heap.Text("GCOL").Number(1, 1).Number(0, 3).Number(16 + body.size(), 8);
  return heap.Add(body.bytes());
}

Result<Strings> Resolve(TestFile& file, std::initializer_list<Bytes> references,
                        uint64_t most = 1000) {
  Bytes all;
  for (const Bytes& reference : references) all.Add(reference.bytes());
  auto space = file.Open();
  EXPECT_TRUE(space.ok());
  return ResolveStrings(*space, all.bytes(), most);
}

TEST(HeapStringsTest, ResolvesInAnyOrderAndCutsAtNul) {
  TestFile file;
  const uint64_t a = file.Add(Heap({Object(2, "two"), Object(1, "ü")}));
  const uint64_t b = file.Add(Heap({Object(9, std::string_view("cut\0off", 7))}));
  auto strings = Resolve(file, {Reference(7, b, 9), Reference(3, a, 2),
                                Reference(0, 0, 0), Reference(2, a, 1),
                                Reference(3, a, 2)});
  ASSERT_TRUE(strings.ok()) << strings.status();
  EXPECT_EQ(strings->bytes, "cuttwoütwo");
  EXPECT_THAT(strings->offsets, ElementsAre(0, 3, 6, 6, 8, 11));
}

TEST(HeapStringsTest, WhatIsNotThereIsDamage) {
  TestFile file;
  const uint64_t heap = file.Add(
      Heap({Object(1, "one"), Object(2, "\xff"), Object(3, "\xc3\xbc")}));
  const uint64_t twice = file.Add(Heap({Object(1, "a"), Object(1, "b")}));
  Bytes lying = Heap({Object(1, "long")});
  const uint64_t beyond = file.Add(lying.Put(24, 1 << 20, 8));
  for (const Bytes& reference :
       {Reference(3, heap, 7), Reference(2, heap, 1), Reference(1, heap, 2),
        Reference(3, heap + 8, 1), Reference(3, 1 << 30, 1),
        Reference(1, twice, 1), Reference(4, beyond, 1),
        Reference(3, heap, 0x10001)}) {
    auto strings = Resolve(file, {reference});
    EXPECT_EQ(strings.status().code(), absl::StatusCode::kDataLoss);
  }
  EXPECT_EQ(Resolve(file, {Reference(3, heap, 1), Reference(3, heap, 1)}, 5)
                .status()
                .code(),
            absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace ats::hdf5::reader
