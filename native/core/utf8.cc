#include "core/utf8.h"

#include <bit>
#include <cstring>

namespace ats::core {
namespace {

constexpr uint64_t kHighBits = 0x8080808080808080;
constexpr uint32_t kLastCodePoint = 0x10FFFF;

bool IsSurrogate(uint32_t code) { return code >= 0xD800 && code <= 0xDFFF; }

// What the lead byte of a character of several bytes says: how many follow, and
// between which bounds the first of them lies (narrower than 80…BF where an
// overlong form, a surrogate or a code point beyond the last would begin).
struct Lead {
  int following;
  uint8_t lowest;
  uint8_t highest;
};

Lead LeadOf(uint8_t byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {1, 0x80, 0xBF};
  if (byte == 0xE0) return {2, 0xA0, 0xBF};
  if (byte == 0xED) return {2, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {2, 0x80, 0xBF};
  if (byte == 0xF0) return {3, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {3, 0x80, 0xBF};
  if (byte == 0xF4) return {3, 0x80, 0x8F};
  return {0, 0, 0};
}

// The end of the character of several bytes at `at`, or null.
const char* EndOfCharacter(const char* at, const char* end) {
  const Lead lead = LeadOf(static_cast<uint8_t>(*at));
  if (lead.following == 0 || end - at <= lead.following) return nullptr;
  const auto first = static_cast<uint8_t>(at[1]);
  if (first < lead.lowest || first > lead.highest) return nullptr;
  for (int i = 2; i <= lead.following; ++i) {
    if (!IsContinuation(at[i])) return nullptr;
  }
  return at + lead.following + 1;
}

// Past the ASCII that `at` begins with, by words.
const char* SkipAscii(const char* at, const char* end) {
  while (end - at >= 32) {
    uint64_t words[4];
    std::memcpy(words, at, 32);
    if (((words[0] | words[1] | words[2] | words[3]) & kHighBits) != 0) break;
    at += 32;
  }
  while (at < end && (static_cast<uint8_t>(*at) & 0x80) == 0) ++at;
  return at;
}

uint32_t Load(const char* unit, ByteOrder order) {
  uint32_t code;
  std::memcpy(&code, unit, sizeof(code));
  const bool swap =
      (order == ByteOrder::kBig) != (std::endian::native == std::endian::big);
  return swap ? __builtin_bswap32(code) : code;
}

void Store(uint32_t code, ByteOrder order, char* unit) {
  const bool swap =
      (order == ByteOrder::kBig) != (std::endian::native == std::endian::big);
  if (swap) code = __builtin_bswap32(code);
  std::memcpy(unit, &code, sizeof(code));
}

void AppendCodePoint(uint32_t code, std::string& utf8) {
  const auto continuation = [](uint32_t bits) {
    return static_cast<char>(0x80 | (bits & 0x3F));
  };
  if (code < 0x80) {
    utf8.push_back(static_cast<char>(code));
  } else if (code < 0x800) {
    utf8.push_back(static_cast<char>(0xC0 | (code >> 6)));
    utf8.push_back(continuation(code));
  } else if (code < 0x10000) {
    utf8.push_back(static_cast<char>(0xE0 | (code >> 12)));
    utf8.push_back(continuation(code >> 6));
    utf8.push_back(continuation(code));
  } else {
    utf8.push_back(static_cast<char>(0xF0 | (code >> 18)));
    utf8.push_back(continuation(code >> 12));
    utf8.push_back(continuation(code >> 6));
    utf8.push_back(continuation(code));
  }
}

// The code point at `at` of valid UTF-8, which is moved past it, but never past
// `end`.
uint32_t NextCodePoint(const char*& at, const char* end) {
  const auto lead = static_cast<uint8_t>(*at++);
  if (lead < 0x80) return lead;
  const int following = LeadOf(lead).following;
  uint32_t code = lead & (0x3F >> following);
  for (int i = 0; i < following && at != end; ++i) {
    code = code << 6 | (static_cast<uint8_t>(*at++) & 0x3F);
  }
  return code;
}

}  // namespace

bool IsUtf8(std::string_view bytes) {
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  for (at = SkipAscii(at, end); at != end; at = SkipAscii(at, end)) {
    at = EndOfCharacter(at, end);
    if (at == nullptr) return false;
  }
  return true;
}

int64_t CountCodePoints(std::string_view utf8) {
  int64_t count = 0;
  for (const char byte : utf8) count += IsContinuation(byte) ? 0 : 1;
  return count;
}

bool AppendUtf32(const char* units, int64_t count, ByteOrder order,
                 std::string& utf8) {
  while (count > 0 && Load(units + 4 * (count - 1), order) == 0) --count;
  for (int64_t i = 0; i < count; ++i) {
    const uint32_t code = Load(units + 4 * i, order);
    if (code > kLastCodePoint || IsSurrogate(code)) return false;
    AppendCodePoint(code, utf8);
  }
  return true;
}

bool WriteUtf32(std::string_view utf8, int64_t count, ByteOrder order,
                char* units) {
  const char* at = utf8.data();
  const char* const end = at + utf8.size();
  for (int64_t i = 0; at != end; ++i) {
    if (i == count) return false;
    Store(NextCodePoint(at, end), order, units + 4 * i);
  }
  return true;
}

}  // namespace ats::core
