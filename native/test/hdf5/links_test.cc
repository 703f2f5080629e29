// Groups made by hand: what a damaged or hostile one may say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hdf5/fractal_heap.h"
#include "hdf5/hierarchy.h"
#include "test/hdf5/structure_file.h"

namespace ats::hdf5::reader {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> NamesOf(const Group& group) {
  std::vector<std::string> names;
  for (const Link& link : group.links()) names.push_back(link.name);
  return names;
}

Result<std::vector<std::string>> Names(TestFile& file, uint64_t group,
                                       const Limits& limits = {}) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto space, file.Open(limits));
  TENSORSTORE_ASSIGN_OR_RETURN(auto members, Hierarchy(space).Members(group));
  return NamesOf(*members);
}

// The path of `name` in the root group; "none" where there is nothing.
Result<std::string> PathOf(TestFile& file, std::string_view name) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto space, file.Open());
  const uint64_t root = space.superblock().root;
  TENSORSTORE_ASSIGN_OR_RETURN(auto node,
                               Hierarchy(space).Child(root, "/", name));
  if (!node) return std::string("none");
  return node->kind == NodeKind::kOther ? node->path + " (other)" : node->path;
}

TEST(GroupTest, LinksOfAHeaderAreListedByTheirNames) {
  TestFile file;
  const uint64_t group =
      file.Add(GroupOf({HardLink("b", 1), SoftLink("ü", "b"), HardLink("a", 2)}));
  EXPECT_THAT(*Names(file, group), ElementsAre("a", "b", "ü"));
}

TEST(GroupTest, LinksOfASymbolTableAreRead) {
  TestFile file;
  const uint64_t heap = AddNames(file, std::string_view("\0alpha\0beta\0to\0", 16));
  const uint64_t leaf = AddLeaf(file, {{1, 77}, {7, 0, 2, 12}});
  const uint64_t tree = file.Add(TreeNode(0, {leaf}));
  const uint64_t group = file.Add(HeaderV1({SymbolTable(tree, heap)}));
  auto space = file.Open();
  ASSERT_TRUE(space.ok()) << space.status();
  auto members = Hierarchy(*space).Members(group);
  ASSERT_TRUE(members.ok()) << members.status();
  EXPECT_THAT(NamesOf(**members), ElementsAre("alpha", "beta"));
  EXPECT_EQ((*members)->Find("alpha")->address, 77);
  EXPECT_EQ((*members)->Find("beta")->target, "to");
  EXPECT_EQ((*members)->Find("gamma"), nullptr);
}

TEST(GroupTest, SymbolTablesThatCannotBeAreDamaged) {
  constexpr std::string_view kNames("\0a\0b\0", 5);
  const struct {
    const char* what;
    std::vector<OldLink> links;
  } cases[] = {
      {"out of order", {{3, 1}, {1, 1}}},
      {"twice", {{1, 1}, {1, 1}}},
      {"a name outside the heap", {{5, 1}}},
      {"a name far outside", {{kNone - 1, 1}}},
      {"a target outside the heap", {{1, 0, 2, 100}}},
      {"no name", {{0, 1}}},
      {"of an unknown kind", {{1, 1, 7}}},
  };
  for (const auto& [what, links] : cases) {
    TestFile file;
    const uint64_t heap = AddNames(file, kNames);
    const uint64_t tree = file.Add(TreeNode(0, {AddLeaf(file, links)}));
    const uint64_t group = file.Add(HeaderV1({SymbolTable(tree, heap)}));
    EXPECT_EQ(Names(file, group).status().code(), absl::StatusCode::kDataLoss)
        << what;
  }
}

TEST(GroupTest, ATreeThatPointsAtItselfOrSharesChildrenComesToAnEnd) {
  TestFile file;
  const uint64_t heap = AddNames(file, std::string_view("\0a\0", 3));
  const uint64_t self = file.next();
  file.Add(TreeNode(3, {self, self}));
  const uint64_t circle = file.Add(HeaderV1({SymbolTable(self, heap)}));
  EXPECT_EQ(Names(file, circle).status().code(), absl::StatusCode::kDataLoss);
  uint64_t below = AddLeaf(file, {});
  for (uint8_t level = 0; level < 12; ++level) {
    below = file.Add(TreeNode(level, std::vector<uint64_t>(9, below)));
  }
  const uint64_t shared = file.Add(HeaderV1({SymbolTable(below, heap)}));
  EXPECT_EQ(Names(file, shared).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(GroupTest, NamesThatOverlapDoNotFillTheMemory) {
  TestFile file;
  // Suffixes of one long name, each a byte shorter than the one before.
  constexpr uint64_t kLength = 60'000;
  const uint64_t heap = AddNames(file, std::string(kLength, 'a') + '\0');
  std::vector<OldLink> links;
  for (uint64_t i = 0; i < 20'000; ++i) links.push_back({kLength - 1 - i, 1});
  const uint64_t tree = file.Add(TreeNode(0, {AddLeaf(file, links)}));
  const uint64_t group = file.Add(HeaderV1({SymbolTable(tree, heap)}));
  EXPECT_EQ(Names(file, group, {.max_metadata_bytes = 1 << 20}).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(GroupTest, LinkMessagesThatCannotBeAreDamaged) {
  const struct {
    const char* what;
    std::vector<Bytes> links;
  } cases[] = {
      {"twice", {HardLink("a", 1), HardLink("a", 2)}},
      {"no name", {HardLink("", 1)}},
      {"a path for a name", {HardLink("a/b", 1)}},
      {"the group itself for a name", {HardLink(".", 1)}},
      {"a name that ends early", {HardLink(std::string_view("a\0b", 3), 1)}},
      {"to no path", {SoftLink("a", "")}},
      {"of a reserved kind", {TypedLink("a", 2, "x")}},
      {"longer than the message", {Bytes().Number(1, 1).Number(0, 1).Number(200, 1)}},
  };
  for (const auto& [what, links] : cases) {
    TestFile file;
    const uint64_t group = file.Add(GroupOf(links));
    EXPECT_EQ(Names(file, group).status().code(), absl::StatusCode::kDataLoss)
        << what;
  }
  TestFile latin;
  const uint64_t group = latin.Add(GroupOf({HardLink("\xff", 1)}));
  EXPECT_EQ(Names(latin, group).status().code(), absl::StatusCode::kUnimplemented);
}

TEST(GroupTest, WhatIsNoGroupHasNoMembers) {
  TestFile file;
  const uint64_t nothing = file.Add(HeaderV1({}));
  const uint64_t two = file.Add(HeaderV1({LinkInfo(), LinkInfo()}));
  EXPECT_EQ(Names(file, nothing).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(Names(file, two).status().code(), absl::StatusCode::kDataLoss);
}

TEST(LinkTest, SoftLinksAreFollowedWithinTheFileAndCirclesEnd) {
  TestFile file;
  const uint64_t leaf = file.Add(GroupOf({SoftLink("up", "/inner/leaf")}));
  const uint64_t inner = file.Add(GroupOf({HardLink("leaf", leaf)}));
  const uint64_t named = file.Add(HeaderV1({MessageV1(0x03, IntegerType(4, true))}));
  file.SetRoot(file.Add(GroupOf(
      {HardLink("inner", inner), HardLink("named", named),
       SoftLink("absolute", "/inner/leaf"), SoftLink("relative", "./inner//leaf/"),
       SoftLink("chain", "relative/up"), SoftLink("dangling", "inner/none"),
       SoftLink("through", "named/x"), SoftLink("loop", "loop"),
       SoftLink("there", "back"), SoftLink("back", "there"),
       TypedLink("external", 64, "other.h5"), TypedLink("own", 70, "x")})));
  EXPECT_EQ(*PathOf(file, "absolute"), "/inner/leaf");
  EXPECT_EQ(*PathOf(file, "relative"), "/inner/leaf");
  EXPECT_EQ(*PathOf(file, "chain"), "/inner/leaf");
  EXPECT_EQ(*PathOf(file, "dangling"), "none");
  EXPECT_EQ(*PathOf(file, "through"), "none");
  EXPECT_EQ(*PathOf(file, "no such name"), "none");
  EXPECT_EQ(*PathOf(file, "named"), "/named (other)");
  EXPECT_EQ(*PathOf(file, "own"), "/own (other)");
  for (const char* name : {"loop", "there", "back"}) {
    EXPECT_EQ(PathOf(file, name).status().code(),
              absl::StatusCode::kResourceExhausted)
        << name;
  }
  EXPECT_EQ(PathOf(file, "external").status().code(),
            absl::StatusCode::kPermissionDenied);
}

TEST(LinkTest, HardLinksToNothingAreDamaged) {
  TestFile file;
  file.SetRoot(file.Add(GroupOf({HardLink("beyond", 1 << 20), HardLink("here", 8),
                                 HardLink("none", kNone - 1)})));
  for (const char* name : {"beyond", "here", "none"}) {
    EXPECT_EQ(PathOf(file, name).status().code(), absl::StatusCode::kDataLoss)
        << name;
  }
}

Bytes NamedLink(const Bytes& id) {
  return Bytes().Number(0, 4).Add(id.bytes());
}

TEST(DenseGroupTest, LinksOfAHeapAreRead) {
  TestFile file;
  const Heap heap = AddHeap(file, {HardLink("second", 2), HardLink("first", 1)});
  const uint64_t index =
      AddIndex(file, 5, {NamedLink(heap.ids[0]), NamedLink(heap.ids[1])});
  const uint64_t group = file.Add(HeaderV1({LinkInfo(heap.address, index)}));
  auto names = Names(file, group);
  ASSERT_TRUE(names.ok()) << names.status();
  EXPECT_THAT(*names, ElementsAre("first", "second"));
}

TEST(DenseGroupTest, HugeAndTinyObjectsAreRead) {
  TestFile file;
  const Bytes link = HardLink(std::string(5000, 'h'), 3);
  const uint64_t place = file.Add(link);
  const uint64_t huge = AddIndex(
      file, 1, {Bytes().Number(place, 8).Number(link.size(), 8).Number(41, 8)});
  const Heap heap = AddHeap(file, {HardLink("m", 2)}, huge);
  // An object within the identifier is too short for any link.
  const Bytes id = Bytes().Number(0x10, 1).Number(41, 6);
  const uint64_t index = AddIndex(file, 5, {NamedLink(heap.ids[0]), NamedLink(id)});
  const uint64_t group = file.Add(HeaderV1({LinkInfo(heap.address, index)}));
  auto names = Names(file, group);
  ASSERT_TRUE(names.ok()) << names.status();
  EXPECT_THAT(*names, ElementsAre(std::string(5000, 'h'), "m"));
  auto space = file.Open();
  Budget budget(1 << 20);
  auto opened = FractalHeap::Open(*space, heap.address, budget);
  ASSERT_TRUE(opened.ok()) << opened.status();
  auto tiny = opened->Read(Bytes().Number(0x22, 1).Text("xyz").Number(0, 3).bytes());
  ASSERT_TRUE(tiny.ok()) << tiny.status();
  EXPECT_EQ(tiny->size(), 3);
}

TEST(DenseGroupTest, IdentifiersThatLieAreDamaged) {
  for (const Bytes& id : {
           Bytes().Number(0, 1).Number(600, 4).Number(5, 2),     // behind the block
           Bytes().Number(0, 1).Number(500, 4).Number(500, 2),   // over its end
           Bytes().Number(0, 1).Number(3, 4).Number(5, 2),       // in its prefix
           Bytes().Number(0, 1).Number(30, 4).Number(0, 2),      // of no size
           Bytes().Number(0x40, 1).Number(30, 4).Number(5, 2),   // of a later version
           Bytes().Number(0x30, 1).Number(30, 4).Number(5, 2),   // of no kind
           Bytes().Number(0x10, 1).Number(7, 6),                 // huge, of no index
           Bytes().Number(0x2f, 1).Number(0, 6),                 // tiny, too long
       }) {
    TestFile file;
    const Heap heap = AddHeap(file, {HardLink("a", 2)});
    const uint64_t index = AddIndex(file, 5, {NamedLink(id)});
    const uint64_t group = file.Add(HeaderV1({LinkInfo(heap.address, index)}));
    EXPECT_EQ(Names(file, group).status().code(), absl::StatusCode::kDataLoss);
  }
}

TEST(DenseGroupTest, EveryDamagedByteOfHeapAndIndexIsFound) {
  TestFile whole;
  const Heap heap = AddHeap(whole, {HardLink("a", 2)});
  const uint64_t index = AddIndex(whole, 5, {NamedLink(heap.ids[0])});
  const uint64_t end = whole.next();
  const uint64_t group = whole.Add(HeaderV1({LinkInfo(heap.address, index)}));
  ASSERT_TRUE(Names(whole, group).ok());
  for (uint64_t at = heap.address - 512; at < end; at += 3) {
    TestFile file = whole;
    const auto old = static_cast<uint8_t>(file.bytes().bytes()[at]);
    file.bytes().Put(at, old ^ 0x10, 1);
    EXPECT_FALSE(Names(file, group).ok()) << at;
  }
}

TEST(DenseGroupTest, AnIndexOfOtherThingsIsDamaged) {
  TestFile file;
  const Heap heap = AddHeap(file, {HardLink("a", 2)});
  const uint64_t index = AddIndex(file, 8, {NamedLink(heap.ids[0])});
  const uint64_t group = file.Add(HeaderV1({LinkInfo(heap.address, index)}));
  EXPECT_EQ(Names(file, group).status().code(), absl::StatusCode::kDataLoss);
  const uint64_t self = file.Add(HeaderV1({LinkInfo(heap.address, heap.address)}));
  EXPECT_EQ(Names(file, self).status().code(), absl::StatusCode::kDataLoss);
}

TEST(StructureTest, EveryCutOfAFileIsAnErrorAndNoCrash) {
  TestFile file;
  const Heap heap = AddHeap(file, {HardLink("a", 2)});
  const uint64_t index = AddIndex(file, 5, {NamedLink(heap.ids[0])});
  file.SetRoot(file.Add(HeaderV1({LinkInfo(heap.address, index)})));
  for (size_t size = 0; size < file.next(); size += 7) {
    EXPECT_FALSE(file.Open({}, size).ok()) << size;
  }
}

}  // namespace
}  // namespace ats::hdf5::reader
