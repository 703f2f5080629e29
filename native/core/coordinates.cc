#include "core/coordinates.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "absl/strings/charconv.h"

namespace ats::core {
namespace {

// Reads one line from left to right.
class LineReader {
 public:
  explicit LineReader(std::string_view line)
      : at_(line.data()), end_(line.data() + line.size()) {}

  bool AtEnd() {
    SkipBlanks();
    return at_ == end_;
  }

  // A number of digits alone; more than fit stay as large as can be.
  bool ReadIndex(int64_t& value) {
    SkipBlanks();
    const char* const begin = at_;
    value = 0;
    for (; at_ < end_ && IsDigit(*at_); ++at_)
      value = std::min(value * 10 + (*at_ - '0'), kMost);
    return at_ > begin && EndsHere();
  }

  // A decimal number, "nan" or "inf".
  bool ReadNumber(double& value) {
    SkipBlanks();
    if (ReadFewDigits(value)) return true;
    if (at_ < end_ && *at_ == '+' && ++at_ < end_ && *at_ == '-') return false;
    const absl::from_chars_result result = absl::from_chars(at_, end_, value);
    if (result.ptr == at_) return false;
    at_ = result.ptr;
    return EndsHere();
  }

 private:
  static constexpr int64_t kMost = int64_t{1} << 40;

  static bool IsDigit(char c) { return c >= '0' && c <= '9'; }
  static bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

  // Counts are a few digits: far faster to add up than to parse.
  bool ReadFewDigits(double& value) {
    const char* at = at_;
    int64_t number = 0;
    while (at < end_ && at - at_ < 15 && IsDigit(*at))
      number = number * 10 + (*at++ - '0');
    if (at == at_ || (at < end_ && !IsBlank(*at))) return false;
    at_ = at;
    value = static_cast<double>(number);
    return true;
  }

  void SkipBlanks() {
    while (at_ < end_ && IsBlank(*at_)) ++at_;
  }
  bool EndsHere() const { return at_ == end_ || IsBlank(*at_); }

  const char* at_;
  const char* end_;
};

bool IsIntegerOf32Bits(double value) {
  return value >= std::numeric_limits<int32_t>::min() &&
         value <= std::numeric_limits<int32_t>::max() &&
         value == std::trunc(value);
}

// One line into the place `at` of `out`; `at` moves on unless it is blank.
FaultKind ParseLine(std::string_view line, const CoordinateForm& form,
                    const Coordinates& out, int64_t& at) {
  LineReader reader(line);
  if (reader.AtEnd()) return FaultKind::kNone;
  int64_t row, column;
  double value = 1;
  if (!reader.ReadIndex(row) || !reader.ReadIndex(column))
    return FaultKind::kLineForm;
  if (row < 1 || row > form.rows || column < 1 || column > form.columns)
    return FaultKind::kIndexRange;
  if (form.value != EntryValue::kPattern && !reader.ReadNumber(value))
    return FaultKind::kValueRange;
  if (form.value == EntryValue::kInteger && !IsIntegerOf32Bits(value))
    return FaultKind::kValueRange;
  if (!reader.AtEnd()) return FaultKind::kLineForm;
  if (at >= static_cast<int64_t>(out.row.size())) return FaultKind::kChanged;
  out.row[at] = static_cast<int32_t>(row - 1);
  out.column[at] = static_cast<int32_t>(column - 1);
  out.value[at] = static_cast<float>(value);
  ++at;
  return FaultKind::kNone;
}

}  // namespace

Fault ParseCoordinates(std::string_view text, const CoordinateForm& form,
                       const Coordinates& out, ParsedLines& parsed) {
  parsed = {};
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const FaultKind kind =
        ParseLine(text.substr(0, end), form, out, parsed.entries);
    if (kind != FaultKind::kNone) return {kind, parsed.lines};
    ++parsed.lines;
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return Ok();
}

Fault GroupCoordinates(std::span<const int32_t> major,
                       std::span<const int32_t> minor,
                       std::span<const float> value, int64_t first,
                       std::span<int32_t> starts, std::span<int32_t> indices,
                       std::span<float> values) {
  const int64_t majors = static_cast<int64_t>(starts.size()) - 1;
  const int64_t count = static_cast<int64_t>(major.size());
  std::fill(starts.begin(), starts.end(), 0);
  bool sorted = true;
  for (int64_t k = 0; k < count; ++k) {
    const int64_t at = major[k] - first;
    if (at < 0 || at >= majors) return {FaultKind::kIndexRange, k};
    ++starts[at + 1];
    sorted &= k == 0 || major[k - 1] <= major[k];
  }
  for (int64_t i = 0; i < majors; ++i) starts[i + 1] += starts[i];
  if (sorted) {
    std::copy(minor.begin(), minor.end(), indices.begin());
    std::copy(value.begin(), value.end(), values.begin());
    return Ok();
  }
  // Each start moves to its end, which is the next one's start.
  for (int64_t k = 0; k < count; ++k) {
    // Somebody else's arrays may have changed since they were counted.
    const int64_t at = major[k] - first;
    if (at < 0 || at >= majors || starts[at] >= count)
      return {FaultKind::kChanged, k};
    const int32_t to = starts[at]++;
    indices[to] = minor[k];
    values[to] = value[k];
  }
  std::copy_backward(starts.begin(), starts.end() - 1, starts.end());
  starts[0] = 0;
  return Ok();
}

}  // namespace ats::core
