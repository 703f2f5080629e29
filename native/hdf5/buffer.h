// Memory that is reused from chunk to chunk and never cleared.
#ifndef ATS_HDF5_BUFFER_H_
#define ATS_HDF5_BUFFER_H_

#include <stddef.h>

#include <memory>
#include <span>

namespace ats::hdf5::reader {

class Buffer {
 public:
  /// At least `size` bytes, whose contents are whatever they were. They stay
  /// valid until the next call.
  std::span<std::byte> Get(size_t size) {
    if (size > capacity_) {
      bytes_.reset();
      bytes_ = std::make_unique_for_overwrite<std::byte[]>(size);
      capacity_ = size;
    }
    return {bytes_.get(), size};
  }

 private:
  std::unique_ptr<std::byte[]> bytes_;
  size_t capacity_ = 0;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_BUFFER_H_
