// How the bytes of a chunk are encoded: shuffle, then deflate or LZF.
#ifndef ATS_HDF5_WRITER_FILTER_H_
#define ATS_HDF5_WRITER_FILTER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "hdf5/writer_library.h"

struct libdeflate_compressor;

namespace ats::hdf5 {

/// The filters of a data set, in the order in which they are applied.
struct FilterSpec {
  enum class Compressor : uint8_t { kNone, kDeflate, kLzf };
  Compressor compressor = Compressor::kNone;
  /// Of deflate: 0 to 9, as zlib has them.
  int level = 4;
  /// First bytes of all values, then the second ones, and so on.
  bool shuffle = false;

  bool none() const { return compressor == Compressor::kNone && !shuffle; }
};

/// Declares the filters of a creation property list, for chunks of
/// `chunk_bytes`. False on failure. Under the LibraryLock.
bool SetFilters(hid_t creation, const FilterSpec& filters, size_t chunk_bytes);

/// Tells the library how to encode and decode LZF (a registered filter: 32000),
/// for chunks that only it can make. Under the LibraryLock.
void RegisterLzf();

/// An encoded chunk. `mask` has a bit for every filter that was left out.
struct EncodedChunk {
  std::span<const uint8_t> bytes;
  uint32_t mask = 0;
};

/// Encodes chunk after chunk on one thread; its memory is kept for the next.
class ChunkEncoder {
 public:
  ChunkEncoder(const FilterSpec& filters, size_t item_size);
  ~ChunkEncoder();
  ChunkEncoder(const ChunkEncoder&) = delete;
  ChunkEncoder& operator=(const ChunkEncoder&) = delete;

  /// Encodes `raw` into `out`, or gives `raw` itself where there is no filter.
  /// The result is valid while both are. std::bad_alloc where memory is short.
  EncodedChunk Encode(std::span<const uint8_t> raw, std::vector<uint8_t>& out);

 private:
  struct FreeCompressor {
    void operator()(libdeflate_compressor* compressor) const;
  };

  const FilterSpec filters_;
  const size_t item_size_;
  std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor_;
  std::vector<uint8_t> shuffled_;
};

/// out[b * n + i] = in[i * item_size + b]; bytes beyond whole values stay at
/// the end. `out` has the size of `in` and does not overlap it.
void Shuffle(std::span<const uint8_t> in, size_t item_size, uint8_t* out);

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_FILTER_H_
