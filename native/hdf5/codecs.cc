#include "hdf5/codecs.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include <blosc.h>
#include <libdeflate.h>
#include <lz4.h>
#include <zstd.h>

#include "absl/strings/str_cat.h"

namespace ats::hdf5::reader {
namespace {

absl::Status Undecodable(const char* filter) {
  return absl::DataLossError(
      absl::StrCat("A chunk cannot be decoded (", filter, ")"));
}

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const {
    libdeflate_free_decompressor(decompressor);
  }
};

struct FreeZstd {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

uint64_t BigEndian(Input in, size_t width) {
  uint64_t value = 0;
  for (size_t i = 0; i < width; ++i) {
    value = value << 8 | static_cast<uint64_t>(in[i]);
  }
  return value;
}

}  // namespace

absl::Status DecodeDeflate(Input in, Output out) {
  // Its tables are worth keeping; one a thread.
  thread_local const std::unique_ptr<libdeflate_decompressor, FreeDecompressor>
      decompressor(libdeflate_alloc_decompressor());
  if (!decompressor) return absl::ResourceExhaustedError("Not enough memory");
  size_t written = 0;
  const libdeflate_result result = libdeflate_zlib_decompress(
      decompressor.get(), in.data(), in.size(), out.data(), out.size(),
      &written);
  if (result != LIBDEFLATE_SUCCESS || written != out.size()) {
    return Undecodable("gzip");
  }
  return absl::OkStatus();
}

absl::Status DecodeLzf(Input in, Output out) {
  size_t at = 0, put = 0;
  while (at < in.size()) {
    const size_t control = static_cast<size_t>(in[at++]);
    if (control < 32) {
      const size_t length = control + 1;
      if (length > in.size() - at || length > out.size() - put) {
        return Undecodable("lzf");
      }
      std::memcpy(out.data() + put, in.data() + at, length);
      at += length;
      put += length;
      continue;
    }
    size_t length = control >> 5;
    if (length == 7) {
      if (at >= in.size()) return Undecodable("lzf");
      length += static_cast<size_t>(in[at++]);
    }
    length += 2;
    if (at >= in.size()) return Undecodable("lzf");
    const size_t distance =
        ((control & 0x1f) << 8 | static_cast<size_t>(in[at++])) + 1;
    if (distance > put || length > out.size() - put) return Undecodable("lzf");
    std::byte* const to = out.data() + put;
    const std::byte* const from = to - distance;
    if (distance >= length) {
      std::memcpy(to, from, length);
    } else {
      // They overlap: what is written is read again.
      for (size_t i = 0; i < length; ++i) to[i] = from[i];
    }
    put += length;
  }
  return put == out.size() ? absl::OkStatus() : Undecodable("lzf");
}

absl::Status DecodeBlosc(Input in, Output out) {
  size_t size = 0;
  if (blosc_cbuffer_validate(in.data(), in.size(), &size) != 0 ||
      size != out.size()) {
    return Undecodable("blosc");
  }
  const int written =
      blosc_decompress_ctx(in.data(), out.data(), out.size(), 1);
  if (written < 0 || static_cast<size_t>(written) != out.size()) {
    return Undecodable("blosc");
  }
  return absl::OkStatus();
}

absl::Status DecodeLz4(Input in, Output out) {
  if (in.size() < 12 || BigEndian(in, 8) != out.size()) {
    return Undecodable("lz4");
  }
  const uint64_t block = BigEndian(in.subspan(8), 4);
  if (block == 0) return Undecodable("lz4");
  in = in.subspan(12);
  while (!out.empty()) {
    const size_t content = std::min<uint64_t>(block, out.size());
    if (in.size() < 4) return Undecodable("lz4");
    const size_t stored = BigEndian(in, 4);
    in = in.subspan(4);
    if (stored > in.size()) return Undecodable("lz4");
    if (stored == content) {
      std::memcpy(out.data(), in.data(), content);
    } else if (stored > LZ4_MAX_INPUT_SIZE || content > LZ4_MAX_INPUT_SIZE ||
               LZ4_decompress_safe(reinterpret_cast<const char*>(in.data()),
                                   reinterpret_cast<char*>(out.data()),
                                   static_cast<int>(stored),
                                   static_cast<int>(content)) !=
                   static_cast<int>(content)) {
      return Undecodable("lz4");
    }
    in = in.subspan(stored);
    out = out.subspan(content);
  }
  return absl::OkStatus();
}

absl::Status DecodeZstd(Input in, Output out) {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeZstd> context(
      ZSTD_createDCtx());
  if (!context) return absl::ResourceExhaustedError("Not enough memory");
  const size_t written = ZSTD_decompressDCtx(context.get(), out.data(),
                                             out.size(), in.data(), in.size());
  if (ZSTD_isError(written) || written != out.size()) {
    return Undecodable("zstd");
  }
  return absl::OkStatus();
}

}  // namespace ats::hdf5::reader
