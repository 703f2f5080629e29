#include "hdf5/writer_lzf.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace ats::hdf5 {
namespace {

constexpr int kHashBits = 14;
constexpr size_t kMaxLiterals = 32;
constexpr size_t kMaxOffset = size_t{1} << 13;
constexpr size_t kMinMatch = 3;
constexpr size_t kMaxMatch = 264;
// Of a length field that is continued in the next byte.
constexpr size_t kLongLength = 7;

size_t Hash(const uint8_t* at) {
  const uint32_t three = (uint32_t{at[0]} << 16) | (at[1] << 8) | at[2];
  return (three * 2654435761u) >> (32 - kHashBits);
}

// Writes with a check of the room that is left.
class Output {
 public:
  explicit Output(std::span<uint8_t> out) : out_(out) {}

  bool Literals(const uint8_t* from, const uint8_t* to) {
    while (from < to) {
      const size_t count = std::min<size_t>(to - from, kMaxLiterals);
      if (used_ + count + 1 > out_.size()) return false;
      out_[used_++] = static_cast<uint8_t>(count - 1);
      std::memcpy(&out_[used_], from, count);
      used_ += count;
      from += count;
    }
    return true;
  }

  bool Match(size_t length, size_t distance) {
    if (used_ + 3 > out_.size()) return false;
    const size_t offset = distance - 1;
    const size_t coded = length - 2;
    const size_t field = std::min(coded, kLongLength);
    out_[used_++] = static_cast<uint8_t>((field << 5) | (offset >> 8));
    if (field == kLongLength) {
      out_[used_++] = static_cast<uint8_t>(coded - kLongLength);
    }
    out_[used_++] = static_cast<uint8_t>(offset);
    return true;
  }

  size_t used() const { return used_; }

 private:
  std::span<uint8_t> out_;
  size_t used_ = 0;
};

size_t MatchLength(const uint8_t* a, const uint8_t* b, const uint8_t* end) {
  const size_t most = std::min<size_t>(end - b, kMaxMatch);
  size_t length = 0;
  while (length < most && a[length] == b[length]) ++length;
  return length;
}

}  // namespace

size_t EncodeLzf(std::span<const uint8_t> in, std::span<uint8_t> out) {
  const uint8_t* const begin = in.data();
  const uint8_t* const end = begin + in.size();
  // Positions + 1 of the last place of each hash; 0 for none.
  std::vector<uint32_t> last(size_t{1} << kHashBits);
  Output output(out);
  const uint8_t* literals = begin;
  const uint8_t* at = begin;
  while (end - at >= static_cast<ptrdiff_t>(kMinMatch)) {
    uint32_t& slot = last[Hash(at)];
    const size_t position = at - begin;
    const size_t distance = slot == 0 ? 0 : position + 1 - slot;
    slot = static_cast<uint32_t>(position + 1);
    size_t length = 0;
    if (distance > 0 && distance <= kMaxOffset) {
      length = MatchLength(at - distance, at, end);
    }
    if (length < kMinMatch) {
      ++at;
      continue;
    }
    if (!output.Literals(literals, at) || !output.Match(length, distance)) {
      return 0;
    }
    at += length;
    literals = at;
  }
  if (!output.Literals(literals, end)) return 0;
  return output.used() < out.size() ? output.used() : 0;
}

size_t DecodeLzf(std::span<const uint8_t> in, std::span<uint8_t> out) {
  size_t from = 0;
  size_t to = 0;
  while (from < in.size()) {
    const size_t control = in[from++];
    if (control < kMaxLiterals) {
      const size_t count = control + 1;
      if (count > in.size() - from || count > out.size() - to) return 0;
      std::memcpy(&out[to], &in[from], count);
      from += count;
      to += count;
      continue;
    }
    size_t length = control >> 5;
    if (length == kLongLength) {
      if (from == in.size()) return 0;
      length += in[from++];
    }
    length += 2;
    if (from == in.size()) return 0;
    const size_t distance = (((control & 31) << 8) | in[from++]) + 1;
    if (distance > to || length > out.size() - to) return 0;
    // Byte by byte: a match may reach into what it copies.
    for (size_t i = 0; i < length; ++i, ++to) out[to] = out[to - distance];
  }
  return to;
}

}  // namespace ats::hdf5
