#include "os/zip_index.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/base/internal/endian.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "os/coded_error.h"
#include "tensorstore/internal/utf8.h"

namespace ats::os {

using ::tensorstore::Result;

namespace {

constexpr uint32_t kLocalSignature = 0x04034b50;
constexpr uint32_t kEntrySignature = 0x02014b50;
constexpr uint32_t kEndSignature = 0x06054b50;
constexpr uint32_t kEnd64Signature = 0x06064b50;
constexpr uint32_t kLocator64Signature = 0x07064b50;
constexpr int64_t kEntryBytes = 46;
constexpr int64_t kEndBytes = 22;
constexpr int64_t kEnd64Bytes = 56;
constexpr int64_t kLocator64Bytes = 20;
constexpr int64_t kMaxComment = 0xffff;
constexpr uint16_t kExtra64 = 1;
constexpr uint32_t kIn64 = 0xffffffff;

uint16_t Load16(std::string_view bytes, size_t at) {
  return absl::little_endian::Load16(bytes.data() + at);
}
uint32_t Load32(std::string_view bytes, size_t at) {
  return absl::little_endian::Load32(bytes.data() + at);
}
uint64_t Load64(std::string_view bytes, size_t at) {
  return absl::little_endian::Load64(bytes.data() + at);
}

absl::Status Damaged(std::string_view what) {
  return CodedError("CORRUPT", absl::StrCat("The zip archive ", what, "."));
}

// Where the central directory is.
struct Directory {
  uint64_t offset = 0;
  uint64_t size = 0;
};

// The end record is the last thing in the file but for a comment.
std::optional<size_t> FindEnd(std::string_view tail) {
  for (size_t at = tail.size() - kEndBytes + 1; at-- > 0;) {
    if (Load32(tail, at) == kEndSignature &&
        at + kEndBytes + Load16(tail, at + 20) == tail.size()) {
      return at;
    }
  }
  return std::nullopt;
}

// Archives of more than 4 GiB, or 65,535 members, say it elsewhere.
Result<Directory> ReadDirectory64(ReadBytes read, int64_t end) {
  if (end < kLocator64Bytes + kEnd64Bytes) return Damaged("has no end record");
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto locator, read(end - kLocator64Bytes, kLocator64Bytes));
  if (Load32(locator, 0) != kLocator64Signature) {
    return Damaged("has no end record");
  }
  const uint64_t at = Load64(locator, 8);
  if (at > static_cast<uint64_t>(end - kLocator64Bytes - kEnd64Bytes)) {
    return Damaged("has an end record outside the file");
  }
  TENSORSTORE_ASSIGN_OR_RETURN(auto record,
                               read(static_cast<int64_t>(at), kEnd64Bytes));
  if (Load32(record, 0) != kEnd64Signature) return Damaged("has no end record");
  return Directory{Load64(record, 48), Load64(record, 40)};
}

Result<Directory> FindDirectory(ReadBytes read, int64_t size) {
  if (size < kEndBytes) return Damaged("is empty or cut");
  const int64_t length = std::min(size, kEndBytes + kMaxComment);
  TENSORSTORE_ASSIGN_OR_RETURN(auto tail, read(size - length, length));
  const auto found = FindEnd(tail);
  if (!found) return Damaged("has no end record; it is cut, or no archive");
  const int64_t end = size - length + static_cast<int64_t>(*found);
  Directory directory{Load32(tail, *found + 16), Load32(tail, *found + 12)};
  const bool wide = directory.offset == kIn64 || directory.size == kIn64 ||
                    Load16(tail, *found + 10) == 0xffff;
  if (wide) {
    // 65,535 members need not be more than that.
    auto directory64 = ReadDirectory64(read, end);
    if (directory64.ok()) {
      directory = *directory64;
    } else if (directory.offset == kIn64 || directory.size == kIn64) {
      return directory64.status();
    }
  }
  const auto limit = static_cast<uint64_t>(end);
  if (directory.offset > limit || directory.size > limit - directory.offset) {
    return Damaged("has a directory outside the file");
  }
  return directory;
}

// Replaces what did not fit in 32 bits by the values of the extra field.
absl::Status ReadExtra(std::string_view extra, ZipMember& member) {
  while (extra.size() >= 4) {
    const uint16_t id = Load16(extra, 0);
    const size_t length = Load16(extra, 2);
    extra.remove_prefix(4);
    if (length > extra.size()) break;
    std::string_view values = extra.substr(0, length);
    extra.remove_prefix(length);
    if (id != kExtra64) continue;
    for (int64_t* value :
         {&member.size, &member.stored_size, &member.header_offset}) {
      if (*value != kIn64) continue;
      if (values.size() < 8) return Damaged("has a cut entry");
      *value = static_cast<int64_t>(Load64(values, 0));
      values.remove_prefix(8);
      if (*value < 0) return Damaged("has an entry of impossible size");
    }
    return absl::OkStatus();
  }
  return absl::OkStatus();
}

absl::Status CheckName(std::string_view name) {
  if (!tensorstore::internal::IsValidUtf8(name)) {
    return Damaged("has a name that is not UTF-8");
  }
  bool plain = !name.empty() && !absl::StrContains(name, '\0') &&
               !absl::StrContains(name, '\\');
  for (std::string_view part : absl::StrSplit(name, '/')) {
    plain = plain && part != "." && part != ".." && !part.empty();
  }
  if (plain) return absl::OkStatus();
  return CodedError("UNSAFE_PATH",
                    "The zip archive has a member whose name leads out of it; "
                    "do not trust it.");
}

}  // namespace

Result<ZipIndex> ReadZipIndex(ReadBytes read, int64_t size, int64_t max_bytes) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto directory, FindDirectory(read, size));
  if (directory.size > static_cast<uint64_t>(max_bytes)) {
    return CodedError("LIMIT_EXCEEDED",
                      absl::StrCat("The zip archive has a directory of ",
                                   directory.size, " bytes; at most ",
                                   max_bytes, " are read."));
  }
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto entries, read(static_cast<int64_t>(directory.offset),
                         static_cast<int64_t>(directory.size)));
  ZipIndex index;
  std::string_view rest = entries;
  while (static_cast<int64_t>(rest.size()) >= kEntryBytes &&
         Load32(rest, 0) == kEntrySignature) {
    ZipMember member;
    member.encrypted = Load16(rest, 8) & 1;
    member.method = Load16(rest, 10);
    member.crc32 = Load32(rest, 16);
    member.stored_size = Load32(rest, 20);
    member.size = Load32(rest, 24);
    member.header_offset = Load32(rest, 42);
    const size_t name_length = Load16(rest, 28);
    const size_t extra_length = Load16(rest, 30);
    const size_t length =
        kEntryBytes + name_length + extra_length + Load16(rest, 32);
    if (length > rest.size()) return Damaged("has a cut entry");
    std::string_view name = rest.substr(kEntryBytes, name_length);
    TENSORSTORE_RETURN_IF_ERROR(ReadExtra(
        rest.substr(kEntryBytes + name_length, extra_length), member));
    rest.remove_prefix(length);
    const bool is_directory = absl::EndsWith(name, "/");
    if (is_directory) name.remove_suffix(1);
    TENSORSTORE_RETURN_IF_ERROR(CheckName(name));
    if (!is_directory) index.insert_or_assign(std::string(name), member);
  }
  if (!rest.empty()) return Damaged("has a directory that is cut");
  return index;
}

Result<int64_t> DataOffset(const ZipMember& member,
                           std::string_view local_header, int64_t size) {
  if (local_header.size() < static_cast<size_t>(kLocalHeaderBytes) ||
      Load32(local_header, 0) != kLocalSignature) {
    return Damaged("has a member without a header");
  }
  const int64_t offset = member.header_offset + kLocalHeaderBytes +
                         Load16(local_header, 26) + Load16(local_header, 28);
  if (offset > size || member.stored_size > size - offset) {
    return Damaged("has a member that leaves the file");
  }
  return offset;
}

}  // namespace ats::os
