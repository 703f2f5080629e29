// The central directory of a zip archive (PKWARE's APPNOTE.TXT, section 4.3),
// of which no byte is believed.
#ifndef ATS_OS_ZIP_INDEX_H_
#define ATS_OS_ZIP_INDEX_H_

#include <cstdint>
#include <string>

#include "absl/container/btree_map.h"
#include "absl/functional/function_ref.h"
#include "tensorstore/util/result.h"

namespace ats::os {

// One member of an archive.
struct ZipMember {
  // Where its local header is.
  int64_t header_offset = 0;
  int64_t stored_size = 0;
  int64_t size = 0;
  uint32_t crc32 = 0;
  // 0 as it is, 8 by Deflate; others are not read.
  uint16_t method = 0;
  bool encrypted = false;
};

// Members by name, without those that are directories. Where a name occurs
// several times, as zarr-python writes it, the last is what counts.
using ZipIndex = absl::btree_map<std::string, ZipMember>;

// `length` bytes of the archive from `offset` on, which are known to be there.
using ReadBytes = absl::FunctionRef<tensorstore::Result<std::string>(
    int64_t offset, int64_t length)>;

// Reads the index of an archive of `size` bytes. CORRUPT where it has none or
// entries leave the file; UNSAFE_PATH for names that lead out of the archive;
// LIMIT_EXCEEDED where the directory has more than `max_bytes`.
tensorstore::Result<ZipIndex> ReadZipIndex(ReadBytes read, int64_t size,
                                           int64_t max_bytes);

// Bytes of a local header without its name and extra field.
inline constexpr int64_t kLocalHeaderBytes = 30;

// Where the data of `member` begins, from the bytes of its local header;
// CORRUPT where these are none or the data would leave a file of `size` bytes.
tensorstore::Result<int64_t> DataOffset(const ZipMember& member,
                                        std::string_view local_header,
                                        int64_t size);

}  // namespace ats::os

#endif  // ATS_OS_ZIP_INDEX_H_
