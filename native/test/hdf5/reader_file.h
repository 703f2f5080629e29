// HDF5 files that tests write by hand: structures are appended, addresses
// noted, the file opened at the end.
#ifndef ATS_TEST_HDF5_READER_FILE_H_
#define ATS_TEST_HDF5_READER_FILE_H_

#include <gtest/gtest.h>
#include <stdint.h>
#include <stdio.h>

#include <memory>
#include <string>
#include <vector>

#include "hdf5/file.h"
#include "hdf5/superblock.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {

class Bytes {
 public:
  Bytes& Number(uint64_t value, size_t width) {
    for (size_t i = 0; i < width; ++i) {
      bytes_.push_back(static_cast<std::byte>(value >> (8 * i)));
    }
    return *this;
  }
  Bytes& Text(std::string_view text) {
    for (char c : text) bytes_.push_back(static_cast<std::byte>(c));
    return *this;
  }
  Bytes& Add(const std::vector<std::byte>& more) {
    bytes_.insert(bytes_.end(), more.begin(), more.end());
    return *this;
  }
  /// Overwrites what is there already.
  Bytes& Put(size_t at, uint64_t value, size_t width) {
    for (size_t i = 0; i < width; ++i) {
      bytes_[at + i] = static_cast<std::byte>(value >> (8 * i));
    }
    return *this;
  }
  size_t size() const { return bytes_.size(); }
  const std::vector<std::byte>& bytes() const { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
};

/// One message of a version 1 object header.
inline Bytes MessageV1(uint16_t type, Bytes data) {
  while (data.size() % 8 != 0) data.Number(0, 1);
  Bytes message;
  message.Number(type, 2).Number(data.size(), 2).Number(0, 4).Add(data.bytes());
  return message;
}

/// A version 1 object header of `messages`.
inline Bytes HeaderV1(const std::vector<Bytes>& messages) {
  Bytes body;
  for (const Bytes& message : messages) body.Add(message.bytes());
  Bytes header;
  header.Number(1, 2).Number(messages.size(), 2).Number(1, 4);
  header.Number(body.size(), 4).Number(0, 4).Add(body.bytes());
  return header;
}

/// A file whose structures begin behind a version 0 superblock.
class TestFile {
 public:
  TestFile() {
    file_.Text("\x89HDF\r\n\x1a\n").Number(0, 5).Number(8, 1).Number(8, 1);
    file_.Number(0, 1).Number(4, 2).Number(16, 2).Number(0, 4);
    file_.Number(0, 8).Number(~uint64_t{0}, 8).Number(0, 8);
    file_.Number(~uint64_t{0}, 8).Number(0, 40);
  }

  /// Appends `structure`; its address.
  uint64_t Add(const Bytes& structure) {
    const uint64_t address = file_.size();
    file_.Add(structure.bytes());
    return address;
  }

  /// The address that the next structure will have.
  uint64_t next() const { return file_.size(); }
  Bytes& bytes() { return file_; }

  /// Makes the object header at `address` the root group's.
  void SetRoot(uint64_t address) { file_.Put(64, address, 8); }

  /// Writes the file, cut to `size` bytes where that is given, and opens it.
  tensorstore::Result<Space> Open(const Limits& limits = {},
                                  size_t size = ~size_t{0}) {
    file_.Put(40, file_.size(), 8);
    FILE* const file = tmpfile();
    fwrite(file_.bytes().data(), 1, std::min(size, file_.size()), file);
    fflush(file);
    auto opened = File::Open(fileno(file), limits);
    fclose(file);
    TENSORSTORE_RETURN_IF_ERROR(opened.status());
    TENSORSTORE_ASSIGN_OR_RETURN(auto superblock, ReadSuperblock(**opened));
    return Space(*std::move(opened), superblock);
  }

 private:
  Bytes file_;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_TEST_HDF5_READER_FILE_H_
