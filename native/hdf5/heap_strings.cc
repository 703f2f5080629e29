#include "hdf5/heap_strings.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hdf5/buffer.h"
#include "hdf5/cursor.h"
#include "hdf5/fixed_strings.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

// Collections have at least so many bytes, and nearly always exactly as many.
constexpr uint64_t kSmallest = 4096;
// So few strings of a collection, such as an attribute's, are looked for one
// by one, without a table of what is in it.
constexpr size_t kFew = 4;
// Collections that lie near each other are read together.
constexpr uint64_t kWindowBytes = uint64_t{1} << 20;
constexpr uint64_t kGapBytes = uint64_t{32} << 10;

struct Reference {
  uint64_t address;
  uint32_t length;
  uint32_t index;
};

// The objects of one collection, by their index; kept from one to the next.
class Objects {
 public:
  void Clear() { ++collection_; }

  // False where the index is taken.
  bool Add(uint16_t index, std::span<const std::byte> bytes) {
    if (index >= objects_.size()) objects_.resize(index + size_t{1});
    if (objects_[index].collection == collection_) return false;
    objects_[index] = {collection_, bytes};
    return true;
  }

  // Null where there is none.
  const std::span<const std::byte>* Find(uint32_t index) const {
    const bool found = index < objects_.size() &&
                       objects_[index].collection == collection_;
    return found ? &objects_[index].bytes : nullptr;
  }

 private:
  struct Object {
    // Which collection it is of; 0 is none.
    uint64_t collection = 0;
    std::span<const std::byte> bytes;
  };
  std::vector<Object> objects_;
  uint64_t collection_ = 0;
};

class Resolver {
 public:
  Resolver(const Space& space, std::span<const std::byte> references)
      : space_(space) {
    Cursor cursor(references);
    const size_t bytes = 4 + space.offset_size() + 4;
    references_.reserve(references.size() / bytes);
    while (cursor.left() >= bytes) {
      Reference reference{0, cursor.U32(), 0};
      reference.address = cursor.Address(space.offset_size());
      reference.index = cursor.U32();
      // Address 0 is a null pointer: an empty string.
      if (reference.address == 0) reference.length = 0;
      references_.push_back(reference);
    }
  }

  Result<Strings> Resolve(uint64_t max_bytes) {
    TENSORSTORE_RETURN_IF_ERROR(Measure(max_bytes));
    Order();
    for (size_t first = 0; first < order_.size();) {
      TENSORSTORE_ASSIGN_OR_RETURN(first, Window(first));
    }
    CutAtNul();
    TENSORSTORE_RETURN_IF_ERROR(CheckUtf8(strings_));
    return std::move(strings_);
  }

 private:
  absl::Status Measure(uint64_t max_bytes) {
    strings_.offsets.reserve(references_.size() + 1);
    strings_.offsets.push_back(0);
    uint64_t total = 0;
    for (const Reference& reference : references_) {
      total += reference.length;
      if (total > max_bytes) {
        return absl::ResourceExhaustedError(absl::StrCat(
            "The strings have more than ", max_bytes, " bytes together"));
      }
      strings_.offsets.push_back(static_cast<int64_t>(total));
    }
    strings_.bytes.resize(total);
    return absl::OkStatus();
  }

  // References with content, by the address of their collection: the order in
  // which they were written, nearly always.
  void Order() {
    for (size_t i = 0; i < references_.size(); ++i) {
      if (references_[i].length > 0) order_.push_back(i);
    }
    const auto before = [this](size_t a, size_t b) {
      return references_[a].address < references_[b].address;
    };
    if (!std::is_sorted(order_.begin(), order_.end(), before)) {
      std::stable_sort(order_.begin(), order_.end(), before);
    }
  }

  const Reference& At(size_t i) const { return references_[order_[i]]; }

  // Reads the collections from that of reference `first` on that lie near each
  // other, and copies what is wanted of them. Returns the next reference.
  Result<size_t> Window(size_t first) {
    const uint64_t begin = At(first).address;
    uint64_t last = begin;
    size_t next = first;
    for (; next < order_.size(); ++next) {
      const uint64_t address = At(next).address;
      if (address - last > kGapBytes || address - begin > kWindowBytes) break;
      last = address;
    }
    TENSORSTORE_RETURN_IF_ERROR(space_.Locate(last, 1).status());
    const uint64_t size =
        last - begin + std::min(kSmallest, space_.superblock().end - last);
    TENSORSTORE_ASSIGN_OR_RETURN(const uint64_t offset,
                                 space_.Locate(begin, size));
    const auto window = window_.Get(size);
    TENSORSTORE_RETURN_IF_ERROR(space_.file().Read(offset, window));
    while (first < next) {
      const uint64_t address = At(first).address;
      size_t end = first;
      while (end < next && At(end).address == address) ++end;
      TENSORSTORE_RETURN_IF_ERROR(
          Collection(address, window.subspan(address - begin), first, end));
      first = end;
    }
    return next;
  }

  // Copies the strings of references [first, end), which are all in the
  // collection at `address`; `bytes` begin with it.
  absl::Status Collection(uint64_t address, std::span<const std::byte> bytes,
                          size_t first, size_t end) {
    const size_t head = 8 + space_.length_size();
    Cursor cursor(bytes);
    if (!cursor.Matches("GCOL") || cursor.U8() != 1) {
      return absl::DataLossError("There is no heap where strings should be");
    }
    cursor.Skip(3);
    const uint64_t size = cursor.Unsigned(space_.length_size());
    TENSORSTORE_RETURN_IF_ERROR(cursor.status());
    if (size < head) return absl::DataLossError("A heap of no size");
    std::vector<std::byte> large;
    if (size > bytes.size()) {
      TENSORSTORE_ASSIGN_OR_RETURN(large, space_.Metadata(address, size));
      bytes = large;
    }
    bytes = bytes.subspan(head, size - head);
    return end - first <= kFew ? CopyFew(bytes, first, end)
                               : CopyMany(bytes, first, end);
  }

  absl::Status CopyMany(std::span<const std::byte> bytes, size_t first,
                        size_t end) {
    objects_.Clear();
    TENSORSTORE_RETURN_IF_ERROR(ForEachObject(
        bytes, [&](uint16_t index, std::span<const std::byte> object) {
          return objects_.Add(index, object);
        }));
    for (size_t i = first; i < end; ++i) {
      const auto* const found = objects_.Find(At(i).index);
      TENSORSTORE_RETURN_IF_ERROR(
          Copy(i, found == nullptr ? std::span<const std::byte>() : *found));
    }
    return absl::OkStatus();
  }

  absl::Status CopyFew(std::span<const std::byte> bytes, size_t first,
                       size_t end) {
    for (size_t i = first; i < end; ++i) {
      std::optional<std::span<const std::byte>> found;
      TENSORSTORE_RETURN_IF_ERROR(ForEachObject(
          bytes, [&](uint16_t index, std::span<const std::byte> object) {
            if (index != At(i).index) return true;
            const bool taken = found.has_value();
            found = object;
            return !taken;
          }));
      TENSORSTORE_RETURN_IF_ERROR(
          Copy(i, found.value_or(std::span<const std::byte>())));
    }
    return absl::OkStatus();
  }

  // Copies `object`, what reference `i` refers to; its length is not 0.
  absl::Status Copy(size_t i, std::span<const std::byte> object) {
    const uint32_t length = At(i).length;
    if (object.size() != length) {
      return absl::DataLossError("A string is not where it should be");
    }
    std::memcpy(strings_.bytes.data() + strings_.offsets[order_[i]],
                object.data(), length);
    return absl::OkStatus();
  }

  // Calls take(index, object), which is false where there is such an object
  // already. Objects follow each other; number 0 is the free space behind them.
  template <typename Take>
  absl::Status ForEachObject(std::span<const std::byte> bytes, Take take) {
    Cursor cursor(bytes);
    while (cursor.left() >= 8 + space_.length_size()) {
      const uint16_t index = cursor.U16();
      cursor.Skip(6);
      const uint64_t size = cursor.Unsigned(space_.length_size());
      if (index == 0) break;
      if (size > cursor.left()) {
        return absl::DataLossError("A heap object leaves its heap");
      }
      if (!take(index, cursor.Bytes(size))) {
        return absl::DataLossError("A heap has an object twice");
      }
      cursor.Skip(std::min<size_t>(cursor.left(), (8 - size % 8) % 8));
    }
    return cursor.status();
  }

  // Rare: writers that count the NUL at the end.
  void CutAtNul() {
    std::string& bytes = strings_.bytes;
    if (bytes.find('\0') == std::string::npos) return;
    size_t put = 0;
    for (size_t i = 0; i < references_.size(); ++i) {
      const auto begin = static_cast<size_t>(strings_.offsets[i]);
      const size_t length = strnlen(bytes.data() + begin, references_[i].length);
      std::memmove(bytes.data() + put, bytes.data() + begin, length);
      strings_.offsets[i] = static_cast<int64_t>(put);
      put += length;
    }
    strings_.offsets.back() = static_cast<int64_t>(put);
    bytes.resize(put);
  }

  const Space& space_;
  std::vector<Reference> references_;
  std::vector<size_t> order_;
  Strings strings_;
  Buffer window_;
  Objects objects_;
};

}  // namespace

Result<Strings> ResolveStrings(const Space& space,
                               std::span<const std::byte> references,
                               uint64_t max_bytes) {
  return Resolver(space, references).Resolve(max_bytes);
}

}  // namespace ats::hdf5::reader
