// CRC-32 as in gzip, zlib and ZIP.
#ifndef RIEGELI_DIGESTS_CRC32_DIGESTER_H_
#define RIEGELI_DIGESTS_CRC32_DIGESTER_H_

#include <stdint.h>

#include <string_view>

namespace riegeli {

// Polynomial 0xedb88320 (reflected), by zlib.
class Crc32Digester {
 public:
  void Write(std::string_view bytes);
  // The checksum of all bytes written so far.
  uint32_t Digest() const { return crc_; }

 private:
  uint32_t crc_ = 0;
};

}  // namespace riegeli

#endif  // RIEGELI_DIGESTS_CRC32_DIGESTER_H_
