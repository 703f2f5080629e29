#include "hdf5/fixed_strings.h"

#include <cstring>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/utf8.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

std::string_view Cut(std::string_view place, Padding padding) {
  if (padding == Padding::kNulTerminated) {
    return place.substr(0, place.find('\0'));
  }
  const char pad = padding == Padding::kSpaces ? ' ' : '\0';
  const size_t last = place.find_last_not_of(pad);
  return place.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

}  // namespace

Result<Strings> CutStrings(const ElementType& type,
                           std::span<const std::byte> places,
                           uint64_t max_bytes) {
  const size_t count = places.size() / type.size;
  Strings strings;
  strings.offsets.reserve(count + 1);
  strings.offsets.push_back(0);
  for (size_t i = 0; i < count; ++i) {
    const auto place = places.subspan(i * type.size, type.size);
    const auto text =
        Cut({reinterpret_cast<const char*>(place.data()), place.size()},
            type.padding);
    if (text.size() > max_bytes - strings.bytes.size()) {
      return absl::ResourceExhaustedError(absl::StrCat(
          "The strings have more than ", max_bytes, " bytes together"));
    }
    strings.bytes += text;
    strings.offsets.push_back(static_cast<int64_t>(strings.bytes.size()));
  }
  TENSORSTORE_RETURN_IF_ERROR(CheckUtf8(strings));
  return strings;
}

absl::Status CheckUtf8(const Strings& strings) {
  const std::string& bytes = strings.bytes;
  bool valid = core::IsUtf8(bytes);
  // Valid as a whole is valid piece by piece where no piece begins inside a
  // character.
  for (int64_t offset : strings.offsets) {
    if (!valid) break;
    const auto at = static_cast<size_t>(offset);
    valid = at == bytes.size() || !core::IsContinuation(bytes[at]);
  }
  if (valid) return absl::OkStatus();
  return absl::DataLossError("A string is not UTF-8");
}

}  // namespace ats::hdf5::reader
