#include "hdf5/writer_spec.h"

namespace ats::hdf5 {

uint64_t CountOf(std::span<const uint64_t> shape) {
  uint64_t count = 1;
  for (const uint64_t extent : shape) {
    if (extent == 0) return 0;
    if (count > UINT64_MAX / extent) return UINT64_MAX;
    count *= extent;
  }
  return count;
}

}  // namespace ats::hdf5
