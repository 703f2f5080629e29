// CRC-32C (Castagnoli) as in Zarr v3, iSCSI and ext4.
#ifndef RIEGELI_DIGESTS_CRC32C_DIGESTER_H_
#define RIEGELI_DIGESTS_CRC32C_DIGESTER_H_

#include <stdint.h>

#include <string_view>

#include "absl/crc/crc32c.h"

namespace riegeli {

// By Abseil, which uses the instructions of the processor.
class Crc32cDigester {
 public:
  void Write(std::string_view bytes) { crc_ = absl::ExtendCrc32c(crc_, bytes); }
  // The checksum of all bytes written so far.
  uint32_t Digest() const { return static_cast<uint32_t>(crc_); }

 private:
  absl::crc32c_t crc_{0};
};

}  // namespace riegeli

#endif  // RIEGELI_DIGESTS_CRC32C_DIGESTER_H_
