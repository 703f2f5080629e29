// One data set that is being written, block by block.
#ifndef ATS_HDF5_WRITER_DATASET_H_
#define ATS_HDF5_WRITER_DATASET_H_

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "hdf5/writer_driver.h"
#include "hdf5/writer_grid.h"
#include "hdf5/writer_library.h"
#include "hdf5/writer_spec.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5 {

class Dataset {
 public:
  /// Creates the data set in the library's open `file`, whose bytes go to
  /// `output`; both outlive it. INVALID_ARGUMENT or UNIMPLEMENTED for what HDF5
  /// cannot hold.
  static tensorstore::Result<std::unique_ptr<Dataset>> Create(
      hid_t file, OutputFile& output, NewDataset spec);

  ~Dataset();
  Dataset(const Dataset&) = delete;
  Dataset& operator=(const Dataset&) = delete;

  /// Writes a block. Chunks that are complete are encoded on up to `threads`
  /// threads and placed in order; those that are not yet wait in memory for the
  /// blocks that bring the rest. Closes the data set once every value has come.
  absl::Status Write(const Block& block, int threads);

  /// Copies what is taken over of another file, from part `first` of
  /// `Copied::parts` on, about `most` bytes (one part at least), reading on up
  /// to `threads` threads; the part to go on with. To be called until it gives
  /// `Copied::parts`, before anything is written. kDataLoss, kUnavailable where
  /// the source cannot be read, kAborted where it was changed.
  tensorstore::Result<uint64_t> CopyStored(uint64_t first, uint64_t most,
                                           int threads);

  const NewDataset& spec() const { return spec_; }

  /// Places what waits, with zeros for values that never came, and closes.
  absl::Status Finish();

 private:
  // A chunk of which not every value has come.
  struct Partial {
    std::vector<uint8_t> bytes;
    uint64_t missing;
  };
  // A chunk that is complete: its bytes in a block, or those of a Partial.
  struct Whole {
    uint64_t number;
    std::vector<uint8_t> bytes;
  };

  class Maker;

  Dataset(hid_t file, OutputFile& output, NewDataset spec);
  absl::Status Make();
  bool WritesCopied(const Block& block) const;
  absl::Status CheckBlock(const Block& block) const;
  absl::Status WriteSlabs(const Block& block);
  absl::Status WriteChunks(const BoxBytes& from, int threads);
  absl::Status WriteThroughLibrary(const Box& box, const uint8_t* elements);
  absl::Status PlaceWholes(std::span<Whole> wholes, const BoxBytes& from,
                           int threads);
  absl::Status Place(uint64_t number, const EncodedChunk& chunk);
  absl::Status PlaceAt(uint64_t number, const EncodedChunk& chunk);
  tensorstore::Result<uint64_t> CopyParts(uint64_t first, uint64_t most,
                                          int threads);
  tensorstore::Result<uint64_t> CopyCompact();
  tensorstore::Result<uint64_t> CopyBytes(uint64_t first, uint64_t most);
  tensorstore::Result<uint64_t> CopyChunks(uint64_t first, uint64_t most,
                                           int threads);
  absl::Status Failure(const char* what) const;
  absl::Status NotMade(const char* what) const;

  const hid_t file_;
  OutputFile& output_;
  const NewDataset spec_;
  const size_t item_bytes_;
  Id type_;
  Id dataset_;
  // Only where chunks are encoded by us.
  std::unique_ptr<ChunkGrid> grid_;
  // The chunks behind those that are copied, which are never written.
  uint64_t first_;
  std::vector<bool> placed_;
  std::map<uint64_t, Partial> partials_;
  uint64_t left_;
  bool copying_;
};

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_DATASET_H_
