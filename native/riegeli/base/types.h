// Number types shared by readers and writers.
#ifndef RIEGELI_BASE_TYPES_H_
#define RIEGELI_BASE_TYPES_H_

#include <stdint.h>

namespace riegeli {

// An offset in a byte stream, or a length of one, in bytes. Always 64 bits:
// streams may be longer than the address space of a 32-bit library call.
using Position = uint64_t;

}  // namespace riegeli

#endif  // RIEGELI_BASE_TYPES_H_
