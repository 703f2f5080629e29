// Extensible arrays: the chunk index of datasets with one unlimited dimension,
// in newer files. Elements lie in the index block, in data blocks that it
// names, and in data blocks that super blocks name; block sizes double.
#include <algorithm>
#include <bit>

#include "hdf5/checksum.h"
#include "hdf5/chunk_index.h"
#include "hdf5/cursor.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

// Super block `level`: so many data blocks of so many elements.
struct Level {
  uint64_t blocks;
  uint64_t per_block;
};

class ExtensibleArray {
 public:
  explicit ExtensibleArray(ChunkSink& sink) : sink_(sink) {}

  absl::Status Read() {
    TENSORSTORE_RETURN_IF_ERROR(Header());
    if (index_block_ == kUndefined) return absl::OkStatus();
    return IndexBlock();
  }

 private:
  const Space& space() const { return sink_.space(); }
  size_t width() const { return space().offset_size(); }

  absl::Status Header() {
    const uint64_t size = 12 + 6 * space().length_size() + width() + 4;
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto bytes, space().Metadata(sink_.layout().address, size));
    TENSORSTORE_RETURN_IF_ERROR(CheckBlock(bytes));
    Cursor cursor(bytes);
    if (!cursor.Matches("EAHD") || cursor.U8() != 0) {
      return absl::DataLossError("An extensible array has no header");
    }
    client_ = cursor.U8();
    const uint8_t element_size = cursor.U8();
    const uint8_t most_bits = cursor.U8();
    in_index_ = cursor.U8();
    least_per_block_ = cursor.U8();
    least_pointers_ = cursor.U8();
    page_bits_ = cursor.U8();
    cursor.Skip(4 * space().length_size());
    used_ = cursor.Unsigned(space().length_size());
    cursor.Skip(space().length_size());
    index_block_ = cursor.Address(width());
    TENSORSTORE_ASSIGN_OR_RETURN(
        elements_, ArrayElements::Make(sink_, client_ == 1, element_size));
    return CheckParameters(most_bits);
  }

  absl::Status CheckParameters(uint8_t most_bits) {
    const bool powers = std::has_single_bit(least_per_block_) &&
                        std::has_single_bit(least_pointers_);
    if (!powers || most_bits > 64 || page_bits_ >= 32 ||
        std::countr_zero(least_per_block_) > most_bits) {
      return absl::DataLossError("An extensible array of odd parameters");
    }
    offset_bytes_ = (most_bits + 7) / 8;
    const int levels = 1 + most_bits - std::countr_zero(least_per_block_);
    for (int i = 0; i < levels; ++i) {
      // Beyond these, blocks would be larger than any file.
      const int block_bits = std::min(i / 2, 40);
      const int element_bits = std::min((i + 1) / 2, 40);
      levels_.push_back({uint64_t{1} << block_bits,
                         (uint64_t{1} << element_bits) * least_per_block_});
    }
    const auto direct = 2 * std::countr_zero(least_pointers_);
    if (direct > levels) {
      return absl::DataLossError("An extensible array of odd parameters");
    }
    direct_levels_ = static_cast<size_t>(direct);
    for (auto& dimension : sink_.grid().most()) {
      if (dimension == kUnlimited) {
        slowest_ = static_cast<size_t>(&dimension - sink_.grid().most().data());
      }
    }
    return absl::OkStatus();
  }

  // A block that begins with `signature`, its checksum checked; what follows
  // its common head, of which `extra` bytes are skipped.
  Result<std::vector<std::byte>> Block(uint64_t address, const char* signature,
                                       uint64_t extra, uint64_t body) {
    const uint64_t head = 4 + 2 + width() + extra;
    TENSORSTORE_RETURN_IF_ERROR(sink_.Spend(head + body + 4));
    TENSORSTORE_ASSIGN_OR_RETURN(auto bytes,
                                 space().Metadata(address, head + body + 4));
    TENSORSTORE_RETURN_IF_ERROR(CheckBlock(bytes));
    Cursor cursor(bytes);
    if (!cursor.Matches(signature) || cursor.U8() != 0 ||
        cursor.U8() != client_ ||
        cursor.Address(width()) != sink_.layout().address) {
      return absl::DataLossError("A block of an extensible array is none");
    }
    bytes.erase(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(head));
    bytes.resize(body);
    return bytes;
  }

  absl::Status IndexBlock() {
    uint64_t direct_blocks = 0;
    for (size_t i = 0; i < direct_levels_; ++i) {
      direct_blocks += levels_[i].blocks;
    }
    const uint64_t own = in_index_ * elements_.size();
    const uint64_t pointers =
        direct_blocks + levels_.size() - direct_levels_;
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto body,
        Block(index_block_, "EAIB", 0, own + pointers * width()));
    Cursor cursor(body);
    TENSORSTORE_RETURN_IF_ERROR(
        elements_.Add(sink_, cursor.Bytes(own), 0, slowest_));
    uint64_t first = in_index_;
    for (size_t i = 0; i < direct_levels_; ++i) {
      for (uint64_t b = 0; b < levels_[i].blocks; ++b) {
        TENSORSTORE_RETURN_IF_ERROR(
            DataBlock(cursor.Address(width()), first, levels_[i], {}));
        first += levels_[i].per_block;
      }
    }
    for (size_t i = direct_levels_; i < levels_.size(); ++i) {
      const uint64_t address = cursor.Address(width());
      if (first >= used_) break;
      TENSORSTORE_RETURN_IF_ERROR(SuperBlock(address, first, levels_[i]));
      first += levels_[i].blocks * levels_[i].per_block;
    }
    return absl::OkStatus();
  }

  uint64_t PagesOf(const Level& level) const {
    const uint64_t per_page = uint64_t{1} << page_bits_;
    return level.per_block > per_page ? level.per_block / per_page : 0;
  }

  absl::Status SuperBlock(uint64_t address, uint64_t first,
                          const Level& level) {
    if (address == kUndefined) return absl::OkStatus();
    if (level.blocks > space().file().size()) {
      return absl::DataLossError("A super block is larger than its file");
    }
    const uint64_t pages = PagesOf(level);
    const uint64_t bitmap = level.blocks * ((pages + 7) / 8);
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto body, Block(address, "EASB", offset_bytes_,
                         bitmap + level.blocks * width()));
    Cursor cursor(body);
    const auto written = cursor.Bytes(bitmap);
    for (uint64_t b = 0; b < level.blocks; ++b) {
      TENSORSTORE_RETURN_IF_ERROR(DataBlock(cursor.Address(width()),
                                            first + b * level.per_block, level,
                                            {written, b * pages}));
    }
    return absl::OkStatus();
  }

  // Which pages of a data block were written: bits from `first` on.
  struct Written {
    std::span<const std::byte> bits;
    uint64_t first = 0;

    bool operator[](uint64_t page) const {
      const uint64_t bit = first + page;
      if (bit / 8 >= bits.size()) return true;
      return (static_cast<uint8_t>(bits[bit / 8]) & (0x80 >> (bit % 8))) != 0;
    }
  };

  absl::Status DataBlock(uint64_t address, uint64_t first, const Level& level,
                         Written written) {
    if (address == kUndefined || first >= used_) return absl::OkStatus();
    if (level.per_block > space().file().size()) {
      return absl::DataLossError("A data block is larger than its file");
    }
    const uint64_t pages = PagesOf(level);
    const uint64_t own = pages == 0 ? level.per_block * elements_.size() : 0;
    TENSORSTORE_ASSIGN_OR_RETURN(auto body,
                                 Block(address, "EADB", offset_bytes_, own));
    if (pages == 0) return elements_.Add(sink_, body, first, slowest_);
    address += 4 + 2 + width() + offset_bytes_ + 4;
    const uint64_t per_page = uint64_t{1} << page_bits_;
    const uint64_t size = per_page * elements_.size() + 4;
    for (uint64_t page = 0; page < pages; ++page, address += size) {
      const uint64_t number = first + page * per_page;
      if (!written[page] || number >= used_) continue;
      TENSORSTORE_RETURN_IF_ERROR(sink_.Spend(size));
      TENSORSTORE_ASSIGN_OR_RETURN(auto bytes, space().Metadata(address, size));
      TENSORSTORE_RETURN_IF_ERROR(CheckBlock(bytes));
      TENSORSTORE_RETURN_IF_ERROR(elements_.Add(
          sink_, std::span(bytes).first(bytes.size() - 4), number, slowest_));
    }
    return absl::OkStatus();
  }

  ChunkSink& sink_;
  ArrayElements elements_;
  uint8_t client_ = 0;
  uint64_t in_index_ = 0;
  uint8_t least_per_block_ = 0;
  uint8_t least_pointers_ = 0;
  uint8_t page_bits_ = 0;
  uint64_t offset_bytes_ = 0;
  uint64_t used_ = 0;
  uint64_t index_block_ = kUndefined;
  std::vector<Level> levels_;
  size_t direct_levels_ = 0;
  size_t slowest_ = 0;
};

}  // namespace

absl::Status ReadExtensibleArray(ChunkSink& sink) {
  return ExtensibleArray(sink).Read();
}

}  // namespace ats::hdf5::reader
