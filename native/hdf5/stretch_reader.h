// Reads stretches of contiguous values, neighbours together.
#ifndef ATS_HDF5_STRETCH_READER_H_
#define ATS_HDF5_STRETCH_READER_H_

#include <stdint.h>

#include <cstddef>
#include <vector>

#include "absl/status/status.h"
#include "hdf5/buffer.h"
#include "hdf5/file.h"

namespace ats::hdf5::reader {

class StretchReader {
 public:
  /// Stretches are read from `origin` of `file` on into `out`; numbers of
  /// `swap` bytes are turned round.
  StretchReader(const File& file, uint64_t origin, std::byte* out, size_t swap,
                Buffer& buffer)
      : file_(file), origin_(origin), out_(out), swap_(swap), buffer_(buffer) {}

  /// `bytes` from offset `from` on go to `out + to`. Call it in ascending
  /// order of `from`; the bytes may arrive later.
  void Add(uint64_t from, uint64_t to, uint64_t bytes);

  /// Reads what has not been read yet; the first failure of all.
  absl::Status Finish();

 private:
  struct Stretch {
    uint64_t from, to, bytes;
  };

  void Flush();

  const File& file_;
  const uint64_t origin_;
  std::byte* const out_;
  const size_t swap_;
  Buffer& buffer_;
  // What waits, and where its last byte ends.
  std::vector<Stretch> group_;
  uint64_t end_ = 0;
  absl::Status status_;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_STRETCH_READER_H_
