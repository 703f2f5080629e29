// Groups, links and attributes of files that tests write by hand.
#ifndef ATS_TEST_HDF5_STRUCTURE_FILE_H_
#define ATS_TEST_HDF5_STRUCTURE_FILE_H_

#include <stdint.h>

#include <string_view>
#include <vector>

#include "hdf5/checksum.h"
#include "test/hdf5/reader_file.h"

namespace ats::hdf5::reader {

inline constexpr uint64_t kNone = ~uint64_t{0};

/// `block` with its checksum.
inline Bytes Sealed(Bytes block) {
  return block.Number(Lookup3(block.bytes()), 4);
}

/// What a link message or an object of a group's heap says.
inline Bytes HardLink(std::string_view name, uint64_t address) {
  const bool wide = name.size() > 0xff;
  Bytes link;
  link.Number(1, 1).Number(wide, 1).Number(name.size(), wide ? 2 : 1);
  return link.Text(name).Number(address, 8);
}
inline Bytes TypedLink(std::string_view name, uint8_t type, std::string_view value) {
  Bytes link;
  link.Number(1, 1).Number(8, 1).Number(type, 1).Number(name.size(), 1);
  return link.Text(name).Number(value.size(), 2).Text(value);
}
inline Bytes SoftLink(std::string_view name, std::string_view target) {
  return TypedLink(name, 1, target);
}

/// Link info messages: of links in the header, and of those in a heap.
inline Bytes LinkInfo(uint64_t heap = kNone, uint64_t index = kNone) {
  return MessageV1(
      0x02, Bytes().Number(0, 2).Number(heap, 8).Number(index, 8));
}

/// The header of a group whose links are in it.
inline Bytes GroupOf(const std::vector<Bytes>& links) {
  std::vector<Bytes> messages = {LinkInfo()};
  for (const Bytes& link : links) messages.push_back(MessageV1(0x06, link));
  return HeaderV1(messages);
}

/// A group of an older file: one node of links, in the order that is given.
struct OldLink {
  uint64_t name;
  uint64_t address;
  uint32_t cache = 0;
  uint32_t target = 0;
};
inline uint64_t AddLeaf(TestFile& file, const std::vector<OldLink>& links) {
  Bytes leaf;
  leaf.Text("SNOD").Number(1, 1).Number(0, 1).Number(links.size(), 2);
  for (const OldLink& link : links) {
    leaf.Number(link.name, 8).Number(link.address, 8).Number(link.cache, 4);
    leaf.Number(0, 4).Number(link.target, 4).Number(0, 12);
  }
  return file.Add(leaf);
}
inline Bytes TreeNode(uint8_t level, const std::vector<uint64_t>& children) {
  Bytes node;
  node.Text("TREE").Number(0, 1).Number(level, 1).Number(children.size(), 2);
  node.Number(kNone, 8).Number(kNone, 8).Number(0, 8);
  for (uint64_t child : children) node.Number(child, 8).Number(0, 8);
  return node;
}
inline uint64_t AddNames(TestFile& file, std::string_view names) {
  const uint64_t data = file.Add(Bytes().Text(names));
  return file.Add(Bytes().Text("HEAP").Number(0, 4).Number(names.size(), 8).Number(1, 8).Number(data, 8));
}
inline Bytes SymbolTable(uint64_t tree, uint64_t heap) {
  return MessageV1(0x11, Bytes().Number(tree, 8).Number(heap, 8));
}

/// A fractal heap whose objects are in one block of 512 bytes, for identifiers
/// of 7 bytes. `huge` is the index of its huge objects.
struct Heap {
  uint64_t address;
  /// Identifiers of the objects.
  std::vector<Bytes> ids;
};
inline Heap AddHeap(TestFile& file, const std::vector<Bytes>& objects,
                    uint64_t huge = kNone) {
  constexpr uint64_t kBlock = 512;
  // Where the header will be: behind the block.
  const uint64_t block_address = file.next();
  Heap heap{block_address + kBlock, {}};
  Bytes block;
  block.Text("FHDB").Number(0, 1).Number(heap.address, 8).Number(0, 4);
  const size_t checksum = block.size();
  block.Number(0, 4);
  for (const Bytes& object : objects) {
    heap.ids.push_back(Bytes().Number(0, 1).Number(block.size(), 4).Number(object.size(), 2));
    block.Add(object.bytes());
  }
  block.Number(0, 1);
  while (block.size() < kBlock) block.Number(0, 1);
  block.Put(checksum, Lookup3(block.bytes()), 4);
  file.Add(block);
  Bytes header;
  header.Text("FRHP").Number(0, 1).Number(7, 2).Number(0, 2).Number(2, 1);
  header.Number(4096, 4).Number(0, 8).Number(huge, 8).Number(0, 8);
  header.Number(kNone, 8);
  for (int i = 0; i < 8; ++i) header.Number(0, 8);
  header.Number(4, 2).Number(kBlock, 8).Number(65536, 8).Number(32, 2);
  header.Number(1, 2).Number(block_address, 8).Number(0, 2);
  file.Add(Sealed(header));
  return heap;
}

/// A version 2 B-tree of one leaf.
inline uint64_t AddIndex(TestFile& file, uint8_t type, const std::vector<Bytes>& records) {
  const size_t size = records.empty() ? 11 : records[0].size();
  Bytes leaf;
  leaf.Text("BTLF").Number(0, 1).Number(type, 1);
  for (const Bytes& record : records) leaf.Add(record.bytes());
  const uint64_t root = file.Add(Sealed(leaf));
  Bytes header;
  header.Text("BTHD").Number(0, 1).Number(type, 1).Number(512, 4);
  header.Number(size, 2).Number(0, 2).Number(0, 2).Number(root, 8);
  header.Number(records.size(), 2).Number(records.size(), 8);
  return file.Add(Sealed(header));
}

/// Datatypes and data spaces as attributes hold them.
inline Bytes Float64Type() {
  Bytes type;
  type.Number(0x11, 1).Number(0x20, 1).Number(63, 1).Number(0, 1).Number(8, 4);
  type.Number(0, 2).Number(64, 2).Number(52, 1).Number(11, 1).Number(0, 1);
  return type.Number(52, 1).Number(1023, 4);
}
inline Bytes IntegerType(uint32_t size, bool is_signed, bool big_endian = false) {
  Bytes type;
  type.Number(0x10, 1).Number((is_signed ? 8 : 0) | (big_endian ? 1 : 0), 3);
  return type.Number(size, 4).Number(0, 2).Number(8 * size, 2);
}
inline Bytes FixedTextType(uint32_t size, uint8_t padding) {
  return Bytes().Number(0x13, 1).Number(padding, 3).Number(size, 4);
}
inline Bytes ReferenceType() {
  return Bytes().Number(0x17, 1).Number(0, 3).Number(8, 4);
}
inline Bytes OpaqueType() {
  return Bytes().Number(0x15, 1).Number(0, 3).Number(1, 4);
}
inline Bytes SpaceOf(const std::vector<uint64_t>& shape) {
  Bytes space;
  space.Number(1, 1).Number(shape.size(), 1).Number(0, 6);
  for (uint64_t extent : shape) space.Number(extent, 8);
  return space;
}
inline Bytes NullSpace() { return Bytes().Number(2, 1).Number(0, 2).Number(2, 1); }

/// What an attribute message of `version` says.
inline Bytes AttributeOf(uint8_t version, std::string_view name, const Bytes& type,
                         const Bytes& space, const Bytes& data, uint8_t flags = 0) {
  Bytes message;
  message.Number(version, 1).Number(flags, 1).Number(name.size() + 1, 2);
  message.Number(type.size(), 2).Number(space.size(), 2);
  if (version == 3) message.Number(1, 1);
  const auto add = [&](Bytes part) {
    while (version == 1 && part.size() % 8 != 0) part.Number(0, 1);
    message.Add(part.bytes());
  };
  add(Bytes().Text(name).Number(0, 1));
  add(type);
  add(space);
  return message.Add(data.bytes());
}

}  // namespace ats::hdf5::reader

#endif  // ATS_TEST_HDF5_STRUCTURE_FILE_H_
