#include "hdf5/writer_filter.h"

#include <libdeflate.h>

#include <cstdlib>
#include <cstring>
#include <new>

#include "hdf5/writer_lzf.h"

namespace ats::hdf5 {
namespace {

// The number under which h5py's LZF is registered, and what h5py stores with
// it: the filter's revision, the library's version, the bytes of a chunk.
constexpr H5Z_filter_t kLzfFilter = 32000;
constexpr unsigned kLzfRevision = 4;
constexpr unsigned kLzfVersion = 0x0105;

// The level of libdeflate for each of zlib's: of about the same ratio on
// matrices of cells, and twice as fast.
constexpr int kLibdeflateLevel[] = {0, 1, 1, 2, 3, 5, 6, 7, 8, 9};

// The library's callback: replaces *buffer, which has *capacity bytes, and
// gives the new number of bytes, or 0 where the chunk cannot be encoded.
size_t FilterLzf(unsigned flags, size_t count, const unsigned values[],
                 size_t size, size_t* capacity, void** buffer) {
  const bool decode = (flags & H5Z_FLAG_REVERSE) != 0;
  const size_t room = decode ? (count > 2 ? values[2] : 0) : size;
  auto* out = static_cast<uint8_t*>(std::malloc(room > 0 ? room : 1));
  if (out == nullptr) return 0;
  const std::span<const uint8_t> in(static_cast<const uint8_t*>(*buffer), size);
  const size_t done = decode ? DecodeLzf(in, {out, room})
                             : EncodeLzf(in, {out, room});
  if (done == 0) {
    std::free(out);
    return 0;
  }
  std::free(*buffer);
  *buffer = out;
  *capacity = room;
  return done;
}

template <size_t item_size>
void ShuffleItems(const uint8_t* in, size_t count, uint8_t* out) {
  for (size_t byte = 0; byte < item_size; ++byte) {
    for (size_t i = 0; i < count; ++i) {
      out[byte * count + i] = in[i * item_size + byte];
    }
  }
}

}  // namespace

bool SetFilters(hid_t creation, const FilterSpec& filters,
                size_t chunk_bytes) {
  if (filters.shuffle && H5Pset_shuffle(creation) < 0) return false;
  switch (filters.compressor) {
    case FilterSpec::Compressor::kNone:
      return true;
    case FilterSpec::Compressor::kDeflate:
      return H5Pset_deflate(creation, filters.level) >= 0;
    case FilterSpec::Compressor::kLzf: {
      const unsigned values[] = {kLzfRevision, kLzfVersion,
                                 static_cast<unsigned>(chunk_bytes)};
      return H5Pset_filter(creation, kLzfFilter, H5Z_FLAG_OPTIONAL,
                           std::size(values), values) >= 0;
    }
  }
  return false;
}

void RegisterLzf() {
  H5Z_class2_t filter = {};
  filter.version = H5Z_CLASS_T_VERS;
  filter.id = kLzfFilter;
  filter.encoder_present = 1;
  filter.decoder_present = 1;
  filter.name = "lzf";
  filter.filter = FilterLzf;
  H5Zregister(&filter);
}

ChunkEncoder::ChunkEncoder(const FilterSpec& filters, size_t item_size)
    : filters_(filters), item_size_(item_size) {
  if (filters.compressor != FilterSpec::Compressor::kDeflate) return;
  compressor_.reset(libdeflate_alloc_compressor(kLibdeflateLevel[filters.level]));
  if (compressor_ == nullptr) throw std::bad_alloc();
}

ChunkEncoder::~ChunkEncoder() = default;

void ChunkEncoder::FreeCompressor::operator()(
    libdeflate_compressor* compressor) const {
  libdeflate_free_compressor(compressor);
}

EncodedChunk ChunkEncoder::Encode(std::span<const uint8_t> raw,
                                  std::vector<uint8_t>& out) {
  std::span<const uint8_t> in = raw;
  if (filters_.shuffle) {
    auto& shuffled =
        filters_.compressor == FilterSpec::Compressor::kNone ? out : shuffled_;
    shuffled.resize(raw.size());
    Shuffle(raw, item_size_, shuffled.data());
    in = shuffled;
  }
  switch (filters_.compressor) {
    case FilterSpec::Compressor::kNone:
      return {in};
    case FilterSpec::Compressor::kDeflate: {
      out.resize(libdeflate_zlib_compress_bound(compressor_.get(), in.size()));
      const size_t size = libdeflate_zlib_compress(
          compressor_.get(), in.data(), in.size(), out.data(), out.size());
      return {{out.data(), size}};
    }
    case FilterSpec::Compressor::kLzf: {
      out.resize(in.size());
      const size_t size = EncodeLzf(in, out);
      if (size > 0) return {{out.data(), size}};
      // What does not shrink is stored without this filter, the last one.
      out.assign(in.begin(), in.end());
      return {out, filters_.shuffle ? 2u : 1u};
    }
  }
  return {in};
}

void Shuffle(std::span<const uint8_t> in, size_t item_size, uint8_t* out) {
  const size_t count = in.size() / item_size;
  switch (item_size) {
    case 2:
      ShuffleItems<2>(in.data(), count, out);
      break;
    case 4:
      ShuffleItems<4>(in.data(), count, out);
      break;
    case 8:
      ShuffleItems<8>(in.data(), count, out);
      break;
    default:
      for (size_t i = 0; i < count; ++i) {
        for (size_t byte = 0; byte < item_size; ++byte) {
          out[byte * count + i] = in[i * item_size + byte];
        }
      }
  }
  const size_t whole = count * item_size;
  std::memcpy(out + whole, in.data() + whole, in.size() - whole);
}

}  // namespace ats::hdf5
