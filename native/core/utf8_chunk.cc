#include "core/utf8_chunk.h"

#include <limits>
#include <utility>

namespace ats::core {
namespace {

constexpr int64_t kLargest = std::numeric_limits<uint32_t>::max();

// Chunks are little-endian on every machine.
uint32_t LoadLength(const char* at) {
  const auto byte = [at](int i) {
    return static_cast<uint32_t>(static_cast<uint8_t>(at[i]));
  };
  return byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
}

void AppendLength(uint32_t length, std::string& bytes) {
  for (int shift = 0; shift < 32; shift += 8) {
    bytes.push_back(static_cast<char>(length >> shift));
  }
}

Fault FindVariable(int64_t count, TextChunk& chunk) {
  const int64_t size = chunk.buffer.size();
  const char* const bytes = chunk.buffer.data();
  if (size < 4) return {FaultKind::kTextRest, 0};
  if (LoadLength(bytes) != count) return {FaultKind::kTextCount, 0};
  // Each string has a length, so that `size` bounds what is allocated.
  if (count > (size - 4) / 4) return {FaultKind::kTextLength, (size - 4) / 4};
  chunk.spans.resize(count);
  int64_t at = 4;
  for (int64_t i = 0; i < count; ++i) {
    if (size - at < 4) return {FaultKind::kTextLength, i};
    const int64_t length = LoadLength(bytes + at);
    at += 4;
    if (length > size - at) return {FaultKind::kTextLength, i};
    chunk.spans[i] = {static_cast<uint32_t>(at), static_cast<uint32_t>(length)};
    at += length;
  }
  return at == size ? Ok() : Fault{FaultKind::kTextRest, count};
}

Fault CheckUtf8(const TextChunk& chunk) {
  const int64_t count = chunk.spans.size();
  for (int64_t i = 0; i < count; ++i) {
    if (!IsUtf8(chunk[i])) return {FaultKind::kUtf8, i};
  }
  return Ok();
}

Fault FindFixedBytes(int64_t length, int64_t count, TextChunk& chunk) {
  chunk.spans.resize(count);
  for (int64_t i = 0; i < count; ++i) {
    const int64_t start = i * length;
    int64_t end = start + length;
    while (end > start && chunk.buffer[end - 1] == '\0') --end;
    chunk.spans[i] = {static_cast<uint32_t>(start),
                      static_cast<uint32_t>(end - start)};
  }
  return Ok();
}

Fault FromUtf32(const TextFormat& format, int64_t count, TextChunk& chunk) {
  const std::string units = std::exchange(chunk.buffer, {});
  chunk.spans.resize(count);
  chunk.buffer.reserve(units.size() / 4);
  for (int64_t i = 0; i < count; ++i) {
    const size_t start = chunk.buffer.size();
    if (!AppendUtf32(units.data() + 4 * i * format.length, format.length,
                     format.order, chunk.buffer)) {
      return {FaultKind::kUtf8, i};
    }
    chunk.spans[i] = {static_cast<uint32_t>(start),
                      static_cast<uint32_t>(chunk.buffer.size() - start)};
  }
  return Ok();
}

bool EncodeVariable(std::string_view text, const TextFormat&, char*,
                    std::string& bytes) {
  AppendLength(static_cast<uint32_t>(text.size()), bytes);
  bytes.append(text);
  return true;
}

bool EncodeFixed(std::string_view text, const TextFormat& format, char* item,
                 std::string&) {
  if (text.ends_with('\0')) return false;
  if (format.kind == TextFormat::Kind::kUtf32) {
    return WriteUtf32(text, format.length, format.order, item);
  }
  if (static_cast<int64_t>(text.size()) > format.length) return false;
  text.copy(item, text.size());
  return true;
}

}  // namespace

Fault DecodeText(const TextFormat& format, int64_t count, std::string bytes,
                 TextChunk& chunk) {
  if (static_cast<int64_t>(bytes.size()) > kLargest) {
    return {FaultKind::kTextRest, 0};
  }
  chunk.buffer = std::move(bytes);
  if (format.kind == TextFormat::Kind::kVariable) {
    if (const Fault fault = FindVariable(count, chunk); !fault.ok()) {
      return fault;
    }
    return CheckUtf8(chunk);
  }
  const int64_t item = format.ItemBytes();
  if (item <= 0 || count > kLargest / item ||
      static_cast<int64_t>(chunk.buffer.size()) != count * item) {
    return {FaultKind::kTextRest, 0};
  }
  if (format.kind == TextFormat::Kind::kUtf32) {
    return FromUtf32(format, count, chunk);
  }
  FindFixedBytes(format.length, count, chunk);
  return CheckUtf8(chunk);
}

Fault EncodeText(const TextFormat& format, int64_t count,
                 const std::function<std::string_view(int64_t)>& text,
                 std::string& bytes) {
  const int64_t item = format.ItemBytes();
  const bool fixed = format.kind != TextFormat::Kind::kVariable;
  int64_t size = fixed ? 0 : 4;
  for (int64_t i = 0; i < count && size <= kLargest; ++i) {
    size += fixed ? item : 4 + static_cast<int64_t>(text(i).size());
  }
  if (size > kLargest) return {FaultKind::kValueRange, count};
  bytes.clear();
  if (fixed) {
    bytes.resize(size);
  } else {
    bytes.reserve(size);
    AppendLength(static_cast<uint32_t>(count), bytes);
  }
  const auto encode = fixed ? EncodeFixed : EncodeVariable;
  for (int64_t i = 0; i < count; ++i) {
    const std::string_view one = text(i);
    if (!IsUtf8(one)) return {FaultKind::kUtf8, i};
    if (!encode(one, format, bytes.data() + i * item, bytes)) {
      return {FaultKind::kTextLength, i};
    }
  }
  return Ok();
}

}  // namespace ats::core
