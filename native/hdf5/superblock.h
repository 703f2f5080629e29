// The superblock: where a file's addresses begin and how wide they are.
#ifndef ATS_HDF5_SUPERBLOCK_H_
#define ATS_HDF5_SUPERBLOCK_H_

#include <stdint.h>

#include <cstddef>
#include <vector>

#include "hdf5/file.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5::reader {

struct Superblock {
  uint8_t version = 0;
  /// Bytes of an address and of a length: 2, 4 or 8.
  uint8_t offset_size = 8;
  uint8_t length_size = 8;
  /// Where address 0 is in the file.
  uint64_t base = 0;
  /// The address behind the last byte that belongs to HDF5.
  uint64_t end = 0;
  /// Of the root group's object header.
  uint64_t root = ~uint64_t{0};
  /// Of superblocks of version 2 and 3; undefined where there is none.
  uint64_t extension = ~uint64_t{0};
};

/// Finds and reads the superblock (HDF5 File Format Specification, II.A),
/// versions 0 to 3. kDataLoss where there is none or the file is shorter than
/// it says; kUnimplemented for another version and for files that are split
/// over drivers.
Result<Superblock> ReadSuperblock(const File& file);

/// A file and how its addresses are read: what all structures below need.
class Space {
 public:
  Space(std::shared_ptr<File> file, const Superblock& superblock)
      : file_(std::move(file)), superblock_(superblock) {}

  const File& file() const { return *file_; }
  const std::shared_ptr<File>& shared_file() const { return file_; }
  const Superblock& superblock() const { return superblock_; }
  size_t offset_size() const { return superblock_.offset_size; }
  size_t length_size() const { return superblock_.length_size; }

  /// `size` bytes of metadata at `address`. kDataLoss where they are not all
  /// inside the file, kResourceExhausted where they are too many.
  Result<std::vector<std::byte>> Metadata(uint64_t address,
                                          uint64_t size) const;

  /// The offset in the file of `size` bytes at `address`; kDataLoss where they
  /// are not all inside it.
  Result<uint64_t> Locate(uint64_t address, uint64_t size) const;

 private:
  std::shared_ptr<File> file_;
  Superblock superblock_;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_SUPERBLOCK_H_
