#include "hdf5/fractal_heap.h"

#include <algorithm>
#include <bit>

#include "hdf5/btree_v2.h"
#include "hdf5/checksum.h"
#include "hdf5/cursor.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

enum Kind : uint8_t { kManaged = 0, kHuge = 1, kTiny = 2 };
constexpr uint8_t kChecksums = 0x02;
// Identifiers with more room for a tiny object have a wider size.
constexpr size_t kShortTiny = 16;
constexpr uint8_t kHugeObjects = 1;

absl::Status Damaged(const char* what) {
  return absl::DataLossError(absl::StrCat("A heap of links or attributes ", what));
}

uint64_t Log2(uint64_t value) {
  return static_cast<uint64_t>(std::bit_width(value)) - 1;
}

}  // namespace

Result<FractalHeap> FractalHeap::Open(const Space& space, uint64_t address,
                                      Budget& budget) {
  FractalHeap heap(space, address, budget);
  TENSORSTORE_RETURN_IF_ERROR(heap.ReadHeader());
  TENSORSTORE_RETURN_IF_ERROR(heap.CheckTable());
  return heap;
}

absl::Status FractalHeap::ReadHeader() {
  const size_t length = space_.length_size();
  const size_t width = space_.offset_size();
  const size_t size = 22 + 12 * length + 3 * width + 4;
  TENSORSTORE_ASSIGN_OR_RETURN(auto bytes, space_.Metadata(address_, size));
  Cursor cursor(bytes);
  if (!cursor.Matches("FRHP") || cursor.U8() != 0) {
    return Damaged("has no header");
  }
  id_size_ = cursor.U16();
  if (cursor.U16() != 0) return absl::UnimplementedError("A filtered heap");
  TENSORSTORE_RETURN_IF_ERROR(CheckBlock(bytes));
  checksums_ = (cursor.U8() & kChecksums) != 0;
  const uint64_t most_managed = cursor.U32();
  cursor.Skip(length);
  huge_index_ = cursor.Address(width);
  cursor.Skip(length + width + 8 * length);
  width_ = cursor.U16();
  start_ = cursor.Unsigned(length);
  most_direct_ = cursor.Unsigned(length);
  heap_bits_ = cursor.U16();
  cursor.Skip(2);
  root_ = cursor.Address(width);
  root_rows_ = cursor.U16();
  TENSORSTORE_RETURN_IF_ERROR(cursor.status());
  offset_width_ = (heap_bits_ + 7) / 8;
  if (most_managed == 0 || most_direct_ == 0) return Damaged("has no room");
  size_width_ = std::min<size_t>((Log2(most_direct_) + 7) / 8,
                                 Log2(most_managed) / 8 + 1);
  return absl::OkStatus();
}

absl::Status FractalHeap::CheckTable() {
  const bool powers = std::has_single_bit(width_) &&
                      std::has_single_bit(start_) &&
                      std::has_single_bit(most_direct_);
  if (!powers || start_ > most_direct_ || heap_bits_ == 0 || heap_bits_ > 64 ||
      Log2(most_direct_) > std::min<uint64_t>(heap_bits_, 62) ||
      Log2(start_) + Log2(width_) > heap_bits_ || size_width_ == 0 ||
      id_size_ < 1 + offset_width_ + size_width_) {
    return Damaged("has odd parameters");
  }
  return absl::OkStatus();
}

Result<std::span<const std::byte>> FractalHeap::Read(
    std::span<const std::byte> id) {
  if (id.size() != id_size_) return Damaged("has an identifier of a wrong size");
  const auto first = static_cast<uint8_t>(id[0]);
  if (first >> 6 != 0) return Damaged("has an identifier of a later version");
  switch (first >> 4 & 3) {
    case kManaged: {
      Cursor cursor(id.subspan(1));
      const uint64_t offset = cursor.Unsigned(offset_width_);
      return Managed(offset, cursor.Unsigned(size_width_));
    }
    case kHuge:
      return Huge(id);
    case kTiny:
      return Tiny(id);
    default:
      return Damaged("has an identifier of no kind");
  }
}

Result<std::span<const std::byte>> FractalHeap::Managed(uint64_t offset,
                                                        uint64_t size) {
  TENSORSTORE_ASSIGN_OR_RETURN(const DirectBlock block, Find(offset));
  TENSORSTORE_ASSIGN_OR_RETURN(const auto bytes, Direct(block));
  const uint64_t at = offset - block.base;
  const size_t prefix =
      5 + space_.offset_size() + offset_width_ + (checksums_ ? 4 : 0);
  if (at < prefix || size == 0 || !Within(at, size, bytes.size())) {
    return Damaged("has an object outside its block");
  }
  return bytes.subspan(at, size);
}

uint64_t FractalHeap::RowBlock(uint64_t row) const {
  return start_ << (row == 0 ? 0 : row - 1);
}

uint64_t FractalHeap::RowOffset(uint64_t row) const {
  return row == 0 ? 0 : (start_ * width_) << (row - 1);
}

Result<FractalHeap::DirectBlock> FractalHeap::Find(uint64_t offset) {
  const uint64_t first_row = Log2(start_) + Log2(width_);
  DirectBlock block{root_, start_, 0};
  uint64_t rows = root_rows_;
  // A table within a table has fewer rows, so this comes to an end.
  while (rows > 0) {
    if (rows > heap_bits_ - first_row + 1) return Damaged("has too many rows");
    TENSORSTORE_ASSIGN_OR_RETURN(const auto table,
                                 Indirect(block.address, block.base, rows));
    const uint64_t within = offset - block.base;
    const uint64_t row =
        within < start_ * width_ ? 0 : Log2(within) - first_row + 1;
    if (row >= rows) return Damaged("has an object behind its end");
    block.size = RowBlock(row);
    const uint64_t column = (within - RowOffset(row)) / block.size;
    block.base += RowOffset(row) + column * block.size;
    Cursor cursor(table);
    cursor.Skip(5 + space_.offset_size() + offset_width_ +
                (row * width_ + column) * space_.offset_size());
    block.address = cursor.Address(space_.offset_size());
    TENSORSTORE_RETURN_IF_ERROR(cursor.status());
    if (block.size <= most_direct_) break;
    rows = Log2(block.size) - std::min(Log2(block.size), first_row) + 1;
  }
  if (offset - block.base >= block.size) {
    return Damaged("has an object behind its end");
  }
  return block;
}

absl::Status FractalHeap::CheckPrefix(std::span<const std::byte> block,
                                      std::string_view signature,
                                      uint64_t base) const {
  Cursor cursor(block);
  if (!cursor.Matches(signature) || cursor.U8() != 0 ||
      cursor.Address(space_.offset_size()) != address_ ||
      cursor.Unsigned(offset_width_) != base) {
    return Damaged("has a block that is none of its own");
  }
  return cursor.status();
}

Result<std::span<const std::byte>> FractalHeap::Indirect(uint64_t address,
                                                         uint64_t base,
                                                         uint64_t rows) {
  if (const auto known = blocks_.find(address); known != blocks_.end()) {
    TENSORSTORE_RETURN_IF_ERROR(CheckPrefix(known->second, "FHIB", base));
    return known->second;
  }
  const uint64_t size = 5 + space_.offset_size() + offset_width_ +
                        rows * width_ * space_.offset_size() + 4;
  TENSORSTORE_RETURN_IF_ERROR(budget_.Spend(size));
  TENSORSTORE_ASSIGN_OR_RETURN(auto bytes, space_.Metadata(address, size));
  TENSORSTORE_RETURN_IF_ERROR(CheckPrefix(bytes, "FHIB", base));
  TENSORSTORE_RETURN_IF_ERROR(CheckBlock(bytes));
  return blocks_.emplace(address, std::move(bytes)).first->second;
}

Result<std::span<const std::byte>> FractalHeap::Direct(
    const DirectBlock& block) {
  if (const auto known = blocks_.find(block.address); known != blocks_.end()) {
    TENSORSTORE_RETURN_IF_ERROR(CheckPrefix(known->second, "FHDB", block.base));
    return known->second;
  }
  TENSORSTORE_RETURN_IF_ERROR(budget_.Spend(block.size));
  TENSORSTORE_ASSIGN_OR_RETURN(auto bytes,
                               space_.Metadata(block.address, block.size));
  TENSORSTORE_RETURN_IF_ERROR(CheckPrefix(bytes, "FHDB", block.base));
  if (checksums_) {
    // The checksum of the block with zeros in its own place.
    const size_t at = 5 + space_.offset_size() + offset_width_;
    if (bytes.size() < at + 4) return Damaged("has a block that is too small");
    const auto place = std::span(bytes).subspan(at, 4);
    const uint32_t stored = Cursor(place).U32();
    std::fill(place.begin(), place.end(), std::byte{0});
    if (Lookup3(bytes) != stored) {
      return Damaged("has a block whose checksum does not match");
    }
  }
  return blocks_.emplace(block.address, std::move(bytes)).first->second;
}

Result<std::span<const std::byte>> FractalHeap::Huge(
    std::span<const std::byte> id) {
  Cursor cursor(id.subspan(1));
  Extent extent;
  if (space_.offset_size() + space_.length_size() <= id_size_ - 1) {
    extent.address = cursor.Address(space_.offset_size());
    extent.size = cursor.Unsigned(space_.length_size());
  } else {
    TENSORSTORE_RETURN_IF_ERROR(ReadHugeIndex());
    const auto found =
        huge_.find(cursor.Unsigned(std::min<size_t>(id_size_ - 1, 8)));
    if (found == huge_.end()) return Damaged("lacks one of its objects");
    extent = found->second;
  }
  TENSORSTORE_RETURN_IF_ERROR(budget_.Spend(extent.size));
  TENSORSTORE_ASSIGN_OR_RETURN(huge_object_,
                               space_.Metadata(extent.address, extent.size));
  return huge_object_;
}

absl::Status FractalHeap::ReadHugeIndex() {
  if (huge_known_) return absl::OkStatus();
  huge_known_ = true;
  const size_t width = space_.offset_size();
  const size_t length = space_.length_size();
  const auto check = [&](uint8_t type, uint64_t size) {
    return type == kHugeObjects && size == width + 2 * length
               ? absl::OkStatus()
               : Damaged("has an index of something else");
  };
  const auto spend = [&](uint64_t bytes) { return budget_.Spend(bytes); };
  const auto record = [&](Cursor cursor) {
    const uint64_t address = cursor.Address(width);
    const uint64_t size = cursor.Unsigned(length);
    if (!huge_.emplace(cursor.Unsigned(length), Extent{address, size}).second) {
      return Damaged("has an object twice");
    }
    return cursor.status();
  };
  return WalkBtreeV2(space_, huge_index_, {check, spend, record});
}

Result<std::span<const std::byte>> FractalHeap::Tiny(
    std::span<const std::byte> id) const {
  size_t size = static_cast<size_t>(id[0]) & 0x0f;
  size_t at = 1;
  if (id_size_ - 1 > kShortTiny) {
    size = size << 8 | static_cast<size_t>(id[1]);
    at = 2;
  }
  ++size;
  if (!Within(at, size, id.size())) {
    return Damaged("has an object outside its identifier");
  }
  return id.subspan(at, size);
}

}  // namespace ats::hdf5::reader
