#include "core/strings.h"

#include <algorithm>
#include <cstring>

#include "absl/container/flat_hash_map.h"
#include "core/parallel.h"

namespace ats::core {
namespace {

using Names = absl::flat_hash_map<std::string_view, int32_t>;

// Wanted names by their text, and by which lengths they have: most strings are
// then told apart without hashing them.
class Wanted {
 public:
  Fault Add(const Strings& wanted) {
    const int64_t count = wanted.count();
    names_.reserve(count);
    for (int64_t i = 0; i < count; ++i) {
      const auto name = wanted.Get(i);
      if (!name) return {FaultKind::kTextLength, i};
      names_.try_emplace(*name, static_cast<int32_t>(i));
      lengths_[Class(*name)] = true;
    }
    return Ok();
  }

  // The number of the name, or -1.
  int32_t Find(std::string_view text) const {
    if (!lengths_[Class(text)]) return -1;
    const auto found = names_.find(text);
    return found == names_.end() ? -1 : found->second;
  }

 private:
  static constexpr size_t kClasses = 256;
  static size_t Class(std::string_view text) {
    return std::min(text.size(), kClasses - 1);
  }

  Names names_;
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
  Wanted set;
  if (const Fault fault = set.Add(wanted); !fault.ok()) return fault;
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
