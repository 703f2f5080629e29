#include "core/strings.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <vector>

#include "core/parallel.h"

namespace ats::core {
namespace {

// Wanted names by their text, and by which lengths they have: most strings are
// then told apart without hashing them. A table of numbers of names, open
// addressed and at most half full.
class Wanted {
 public:
  explicit Wanted(const Strings& names) : names_(names) {}

  Fault Build() {
    const int64_t count = names_.count();
    slots_.assign(std::bit_ceil(static_cast<uint64_t>(2 * count + 1)), -1);
    for (int64_t i = 0; i < count; ++i) {
      const auto name = names_.Get(i);
      if (!name) return {FaultKind::kTextLength, i};
      int32_t& slot = slots_[SlotOf(*name)];
      if (slot < 0) slot = static_cast<int32_t>(i);
      lengths_[Class(*name)] = true;
    }
    return Ok();
  }

  // The number of the name, or -1.
  int32_t Find(std::string_view text) const {
    return lengths_[Class(text)] ? slots_[SlotOf(text)] : -1;
  }

 private:
  static constexpr size_t kClasses = 256;
  static size_t Class(std::string_view text) {
    return std::min(text.size(), kClasses - 1);
  }

  // The slot of a name that is in the table, else the free one for it.
  size_t SlotOf(std::string_view text) const {
    const size_t mask = slots_.size() - 1;
    size_t at = std::hash<std::string_view>()(text) & mask;
    while (slots_[at] >= 0 && names_.Get(slots_[at]) != text) {
      at = (at + 1) & mask;
    }
    return at;
  }

  const Strings names_;
  std::vector<int32_t> slots_;
  bool lengths_[kClasses] = {};
};

// The text of an entry of a selection, or what is wrong with it.
Fault GetSelected(const Strings& strings, const Axis& positions, int64_t i,
                  std::string_view& text) {
  const int64_t position = positions[i];
  if (position < 0 || position >= strings.count()) {
    return {FaultKind::kSelectionRange, i};
  }
  const auto found = strings.Get(position);
  if (!found) return {FaultKind::kTextLength, position};
  text = *found;
  return Ok();
}

void Set(MutableOffsets& numbers, int64_t i, int64_t value) {
  std::visit([&](auto& span) { span[i] = value; }, numbers);
}

int64_t Get(const MutableOffsets& numbers, int64_t i) {
  return std::visit([&](const auto& span) -> int64_t { return span[i]; },
                    numbers);
}

}  // namespace

int64_t Strings::count() const {
  const size_t length =
      std::visit([](const auto& span) { return span.size(); }, offsets);
  return std::max<int64_t>(static_cast<int64_t>(length) - 1, 0);
}

std::optional<std::string_view> Strings::Get(int64_t i) const {
  return std::visit(
      [&](const auto& span) -> std::optional<std::string_view> {
        const int64_t start = span[i], end = span[i + 1];
        if (start < 0 || end < start ||
            end > static_cast<int64_t>(bytes.size())) {
          return std::nullopt;
        }
        return bytes.substr(start, end - start);
      },
      offsets);
}

Fault MeasureStrings(const Strings& strings, const Axis& positions,
                     int64_t& bytes) {
  bytes = 0;
  for (int64_t i = 0; i < positions.count(); ++i) {
    std::string_view text;
    const Fault fault = GetSelected(strings, positions, i, text);
    if (!fault.ok()) return fault;
    bytes += text.size();
  }
  return Ok();
}

Fault TakeStrings(const Strings& strings, const Axis& positions,
                  MutableOffsets offsets, std::span<char> bytes) {
  const int64_t size = bytes.size();
  int64_t end = 0;
  Set(offsets, 0, 0);
  for (int64_t i = 0; i < positions.count(); ++i) {
    std::string_view text;
    const Fault fault = GetSelected(strings, positions, i, text);
    if (!fault.ok()) return fault;
    end += text.size();
    if (end > size) return {FaultKind::kChanged, i};
    Set(offsets, i + 1, end);
  }
  if (end != size) return {FaultKind::kChanged, positions.count()};
  const int threads = ThreadsFor(positions.count() + size / 8);
  return ParallelRanges(
      positions.count(), threads, [&](int64_t begin, int64_t stop) {
        for (int64_t i = begin; i < stop; ++i) {
          std::string_view text;
          const Fault fault = GetSelected(strings, positions, i, text);
          if (!fault.ok()) return fault;
          const int64_t to = Get(offsets, i);
          const int64_t room = size - to;
          if (to < 0 || static_cast<int64_t>(text.size()) > room) {
            return Fault{FaultKind::kChanged, i};
          }
          if (!text.empty()) {
            std::memcpy(bytes.data() + to, text.data(), text.size());
          }
        }
        return Ok();
      });
}

Fault MatchNames(const Strings& strings, const Strings& wanted,
                 std::span<int32_t> names) {
  Wanted set(wanted);
  if (const Fault fault = set.Build(); !fault.ok()) return fault;
  const int64_t count = strings.count();
  if (static_cast<int64_t>(names.size()) != count) {
    return {FaultKind::kChanged, 0};
  }
  return ParallelRanges(
      count, ThreadsFor(count), [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i) {
          const auto text = strings.Get(i);
          if (!text) return Fault{FaultKind::kTextLength, i};
          names[i] = set.Find(*text);
        }
        return Ok();
      });
}

}  // namespace ats::core
