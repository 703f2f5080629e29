#include "riegeli/digests/crc32_digester.h"

#include <stdint.h>
#include <zlib.h>

#include <string_view>

namespace riegeli {

void Crc32Digester::Write(std::string_view bytes) {
  // crc32() takes a 32-bit length, crc32_z() a size_t; and a null pointer means
  // something else to both.
  if (bytes.empty()) return;
  crc_ = static_cast<uint32_t>(
      crc32_z(crc_, reinterpret_cast<const Bytef*>(bytes.data()),
              bytes.size()));
}

}  // namespace riegeli
