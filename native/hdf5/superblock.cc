#include "hdf5/superblock.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "hdf5/checksum.h"
#include "hdf5/cursor.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

constexpr std::string_view kSignature = "\x89HDF\r\n\x1a\n";
// The longest of all versions: 0 and 1, with addresses of 8 bytes.
constexpr size_t kLongest = 128;

bool IsWidth(uint8_t width) { return width == 2 || width == 4 || width == 8; }

absl::Status CheckWidths(const Superblock& superblock) {
  if (IsWidth(superblock.offset_size) && IsWidth(superblock.length_size)) {
    return absl::OkStatus();
  }
  return absl::DataLossError("The superblock has addresses of an odd width");
}

// Versions 0 and 1, from the byte after the version number on.
Result<Superblock> ReadOld(Cursor cursor, uint8_t version) {
  Superblock superblock;
  superblock.version = version;
  cursor.Skip(4);
  superblock.offset_size = cursor.U8();
  superblock.length_size = cursor.U8();
  TENSORSTORE_RETURN_IF_ERROR(CheckWidths(superblock));
  cursor.Skip(version == 0 ? 9 : 13);
  superblock.base = cursor.Address(superblock.offset_size);
  cursor.Skip(superblock.offset_size);
  superblock.end = cursor.Address(superblock.offset_size);
  const uint64_t driver = cursor.Address(superblock.offset_size);
  // The root group's symbol table entry: its name, its header.
  cursor.Skip(superblock.offset_size);
  superblock.root = cursor.Address(superblock.offset_size);
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  if (driver != kUndefined) {
    return absl::UnimplementedError("The file has a driver of its own");
  }
  return superblock;
}

// Versions 2 and 3. `block` begins with the signature.
Result<Superblock> ReadNew(std::span<const std::byte> block, uint8_t version) {
  Cursor cursor(block.subspan(kSignature.size() + 1));
  Superblock superblock;
  superblock.version = version;
  superblock.offset_size = cursor.U8();
  superblock.length_size = cursor.U8();
  TENSORSTORE_RETURN_IF_ERROR(CheckWidths(superblock));
  cursor.Skip(1);
  superblock.base = cursor.Address(superblock.offset_size);
  superblock.extension = cursor.Address(superblock.offset_size);
  superblock.end = cursor.Address(superblock.offset_size);
  superblock.root = cursor.Address(superblock.offset_size);
  cursor.Skip(4);
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  TENSORSTORE_RETURN_IF_ERROR(
      CheckBlock(block.first(kSignature.size() + 1 + cursor.position())));
  return superblock;
}

Result<Superblock> ReadAt(std::span<const std::byte> block) {
  Cursor cursor(block.subspan(kSignature.size()));
  const uint8_t version = cursor.U8();
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  if (version <= 1) return ReadOld(cursor, version);
  if (version <= 3) return ReadNew(block, version);
  return absl::UnimplementedError(
      absl::StrCat("Superblock version ", version));
}

}  // namespace

Result<Superblock> ReadSuperblock(const File& file) {
  // It lies at 0, 512, 1024, 2048, … so that other data can stand before it.
  for (uint64_t at = 0; Within(at, kSignature.size(), file.size());
       at = at == 0 ? 512 : at * 2) {
    std::array<std::byte, kLongest> buffer;
    const auto block = std::span(buffer).first(
        std::min<uint64_t>(kLongest, file.size() - at));
    TENSORSTORE_RETURN_IF_ERROR(file.Read(at, block));
    if (!Cursor(block).Matches(kSignature)) continue;
    TENSORSTORE_ASSIGN_OR_RETURN(Superblock superblock, ReadAt(block));
    if (superblock.base != at) {
      return absl::UnimplementedError("The file was moved within another one");
    }
    // Stored as an offset from the beginning of the file.
    if (superblock.end > file.size() || superblock.end < superblock.base) {
      return absl::DataLossError(
          absl::StrCat("The file has ", file.size(), " bytes and should have ",
                       superblock.end));
    }
    superblock.end -= superblock.base;
    return superblock;
  }
  return absl::DataLossError("The file has no HDF5 signature");
}

Result<std::vector<std::byte>> Space::Metadata(uint64_t address,
                                               uint64_t size) const {
  TENSORSTORE_ASSIGN_OR_RETURN(const uint64_t offset, Locate(address, size));
  return file_->ReadMetadata(offset, size);
}

Result<uint64_t> Space::Locate(uint64_t address, uint64_t size) const {
  if (address == kUndefined || !Within(address, size, superblock_.end)) {
    return absl::DataLossError(absl::StrCat(
        "The address ", address, " + ", size, " is outside the file"));
  }
  return superblock_.base + address;
}

}  // namespace ats::hdf5::reader
