// Attributes made by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hdf5/hierarchy.h"
#include "test/hdf5/structure_file.h"

namespace ats::hdf5::reader {
namespace {

using ::testing::ElementsAre;
using ::testing::VariantWith;

Bytes Doubles(std::initializer_list<double> values) {
  Bytes bytes;
  for (double value : values) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    bytes.Number(bits, 8);
  }
  return bytes;
}

Result<std::vector<Attribute>> Read(TestFile& file, const Limits& limits = {}) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto space, file.Open(limits));
  TENSORSTORE_ASSIGN_OR_RETURN(auto root, Hierarchy(space).Root());
  return std::move(root.attributes);
}

// A file whose root group has attributes that say `messages`.
TestFile FileOf(const std::vector<Bytes>& messages) {
  TestFile file;
  std::vector<Bytes> header = {LinkInfo()};
  for (const Bytes& message : messages) header.push_back(MessageV1(0x0c, message));
  file.SetRoot(file.Add(HeaderV1(header)));
  return file;
}

template <typename T>
void ExpectOne(const Bytes& message, const std::vector<uint64_t>& shape,
               const std::vector<T>& values) {
  TestFile file = FileOf({message});
  auto attributes = Read(file);
  ASSERT_TRUE(attributes.ok()) << attributes.status();
  ASSERT_EQ(attributes->size(), 1);
  EXPECT_EQ((*attributes)[0].shape, shape);
  EXPECT_THAT((*attributes)[0].values, VariantWith<std::vector<T>>(values));
}

TEST(AttributeTest, EveryVersionIsRead) {
  for (uint8_t version : {1, 2, 3}) {
    ExpectOne<double>(AttributeOf(version, "grid", Float64Type(), SpaceOf({2, 2}),
                                  Doubles({1, 2, 3, 4.5})),
                      {2, 2}, {1, 2, 3, 4.5});
  }
}

TEST(AttributeTest, NumbersKeepTheirValues) {
  ExpectOne<double>(AttributeOf(1, "a", IntegerType(2, true), SpaceOf({2}),
                                Bytes().Number(0xfffe, 2).Number(7, 2)),
                    {2}, {-2, 7});
  ExpectOne<double>(AttributeOf(1, "a", IntegerType(4, false, true), SpaceOf({}),
                                Bytes().Number(0x01000080, 4)),
                    {}, {0x80000001});
  ExpectOne<int64_t>(AttributeOf(1, "a", IntegerType(8, true), SpaceOf({}),
                                 Bytes().Number(~uint64_t{0}, 8)),
                     {}, {-1});
  ExpectOne<uint64_t>(AttributeOf(1, "a", IntegerType(8, false), SpaceOf({}),
                                  Bytes().Number(~uint64_t{0}, 8)),
                      {}, {~uint64_t{0}});
}

TEST(AttributeTest, FixedTextsLoseWhatPadsThem) {
  const auto with = [&](uint8_t padding) {
    return AttributeOf(3, "a", FixedTextType(3, padding), SpaceOf({2}),
                       Bytes().Text(std::string_view("a\0b", 3)).Text("c  "));
  };
  ExpectOne<std::string>(with(0), {2}, {"a", "c  "});
  ExpectOne<std::string>(with(1), {2}, {std::string("a\0b", 3), "c  "});
  ExpectOne<std::string>(with(2), {2}, {std::string("a\0b", 3), "c"});
}

TEST(AttributeTest, NullSpacesHaveNoValueAndUnknownTypesNoAttribute) {
  TestFile file = FileOf({
      AttributeOf(2, "null", OpaqueType(), NullSpace(), Bytes()),
      AttributeOf(2, "opaque", OpaqueType(), SpaceOf({}), Bytes().Number(1, 1)),
      AttributeOf(2, "empty", Float64Type(), SpaceOf({0}), Bytes()),
  });
  auto attributes = Read(file);
  ASSERT_TRUE(attributes.ok()) << attributes.status();
  ASSERT_EQ(attributes->size(), 2);
  EXPECT_EQ((*attributes)[0].name, "empty");
  EXPECT_EQ((*attributes)[1].name, "null");
  EXPECT_TRUE((*attributes)[1].null);
}

TEST(AttributeTest, ATypeThatObjectsShareIsFound) {
  TestFile file;
  const uint64_t named = file.Add(HeaderV1({MessageV1(0x03, Float64Type())}));
  const Bytes reference = Bytes().Number(2, 1).Number(0, 1).Number(named, 8);
  const Bytes message = AttributeOf(3, "a", reference, SpaceOf({}), Doubles({8}), 1);
  file.SetRoot(file.Add(HeaderV1({LinkInfo(), MessageV1(0x0c, message)})));
  auto attributes = Read(file);
  ASSERT_TRUE(attributes.ok()) << attributes.status();
  EXPECT_THAT((*attributes)[0].values,
              VariantWith<std::vector<double>>(ElementsAre(8)));
}

TEST(AttributeTest, ReferencesArePathsAndOnesThatHaveNoneAreForTheLibrary) {
  TestFile file;
  const uint64_t once = file.Add(GroupOf({}));
  const auto with = [&](uint64_t address, const std::vector<Bytes>& links) {
    TestFile copy = file;
    std::vector<Bytes> header = {LinkInfo()};
    for (const Bytes& link : links) header.push_back(MessageV1(0x06, link));
    header.push_back(MessageV1(
        0x0c, AttributeOf(1, "a", ReferenceType(), SpaceOf({}),
                          Bytes().Number(address, 8))));
    copy.SetRoot(copy.Add(HeaderV1(header)));
    return Read(copy);
  };
  auto found = with(once, {HardLink("once", once)});
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_THAT((*found)[0].values,
              VariantWith<std::vector<std::string>>(ElementsAre("/once")));
  EXPECT_EQ(with(once, {HardLink("a", once), HardLink("b", once)}).status().code(),
            absl::StatusCode::kUnimplemented);
  EXPECT_EQ(with(12345, {HardLink("a", once)}).status().code(),
            absl::StatusCode::kUnimplemented);
}

TEST(AttributeTest, AttributesOfAHeapAreRead) {
  TestFile file;
  const Heap heap = AddHeap(
      file, {AttributeOf(3, "b", Float64Type(), SpaceOf({}), Doubles({1})),
             AttributeOf(3, "a", Float64Type(), SpaceOf({}), Doubles({2}))});
  const auto record = [&](int i, uint8_t flags) {
    return Bytes().Add(heap.ids[i].bytes()).Number(flags, 1).Number(i, 4).Number(0, 4);
  };
  const auto with = [&](uint8_t info, uint8_t flags) {
    TestFile copy = file;
    const uint64_t index = AddIndex(copy, 8, {record(0, flags), record(1, flags)});
    Bytes message;
    message.Number(0, 1).Number(info, 1).Number(heap.address, 8).Number(index, 8);
    copy.SetRoot(copy.Add(HeaderV1({LinkInfo(), MessageV1(0x15, message)})));
    return Read(copy);
  };
  auto by_name = with(0, 0);
  ASSERT_TRUE(by_name.ok()) << by_name.status();
  EXPECT_EQ((*by_name)[0].name, "a");
  auto by_making = with(2, 0);
  ASSERT_TRUE(by_making.ok()) << by_making.status();
  EXPECT_EQ((*by_making)[0].name, "b");
  EXPECT_EQ(with(0, 2).status().code(), absl::StatusCode::kUnimplemented);
}

TEST(AttributeTest, WhatCannotBeIsDamaged) {
  const Bytes good = AttributeOf(1, "a", Float64Type(), SpaceOf({2}), Doubles({1, 2}));
  const std::vector<std::vector<Bytes>> cases = {
      {good, good},
      {AttributeOf(2, "a", Float64Type(), SpaceOf({9}), Doubles({1, 2}))},
      {AttributeOf(3, "a", FixedTextType(1, 0), SpaceOf({8}), Bytes().Text("abc\xff" "efgh"))},
      {Bytes().Number(1, 1).Number(0, 1).Number(60000, 2).Number(0, 4)},
  };
  for (const auto& messages : cases) {
    TestFile file = FileOf(messages);
    EXPECT_EQ(Read(file).status().code(), absl::StatusCode::kDataLoss);
  }
  TestFile later = FileOf({AttributeOf(4, "a", Float64Type(), SpaceOf({}), Doubles({1}))});
  EXPECT_EQ(Read(later).status().code(), absl::StatusCode::kUnimplemented);
}

TEST(AttributeTest, ShapesOfMoreValuesThanFitAreRefusedBeforeTheyAreMade) {
  for (const std::vector<uint64_t>& shape :
       {std::vector<uint64_t>{1 << 23}, std::vector<uint64_t>{1 << 20, 1 << 20}}) {
    TestFile file = FileOf({AttributeOf(3, "a", IntegerType(1, false), SpaceOf(shape), Bytes())});
    EXPECT_EQ(Read(file).status().code(), absl::StatusCode::kResourceExhausted);
  }
  TestFile small = FileOf({AttributeOf(1, "a", Float64Type(), SpaceOf({300}), Bytes().Add(std::vector<std::byte>(2400)))});
  EXPECT_EQ(Read(small, {.max_metadata_bytes = 500}).status().code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(Read(small).ok());
}

TEST(AttributeTest, EveryDamagedByteIsAnErrorOrAValueAndNoCrash) {
  TestFile whole = FileOf({AttributeOf(1, "a", Float64Type(), SpaceOf({2}), Doubles({1, 2})),
                           AttributeOf(3, "b", FixedTextType(3, 0), SpaceOf({1}), Bytes().Text("abc"))});
  for (size_t at = 96; at < whole.next(); ++at) {
    for (uint8_t bits : {0x01, 0x80, 0xff}) {
      TestFile file = whole;
      const auto old = static_cast<uint8_t>(file.bytes().bytes()[at]);
      file.bytes().Put(at, old ^ bits, 1);
      auto attributes = Read(file);
      if (attributes.ok()) EXPECT_LE(attributes->size(), 2);
    }
  }
}

}  // namespace
}  // namespace ats::hdf5::reader
