// A reader of a file.
#ifndef RIEGELI_BYTES_FD_READER_H_
#define RIEGELI_BYTES_FD_READER_H_

#include <stddef.h>

#include <optional>
#include <string>
#include <string_view>

#include "riegeli/base/types.h"
#include "riegeli/bytes/buffered_reader.h"

namespace riegeli {

// Opens the file with a name and reads it, from the begin on. Its status has the
// code that corresponds to `errno` (NotFound, PermissionDenied, ...) and names
// the file.
class FdReader : public BufferedReader {
 public:
  explicit FdReader(std::string_view filename);
  FdReader(FdReader&& that) noexcept;
  FdReader& operator=(FdReader&& that) = delete;
  ~FdReader() override;

  bool ToleratesReadingAhead() override { return true; }
  bool SupportsRewind() override { return ok(); }
  bool SupportsSize() override { return ok(); }

 protected:
  void Done() override;
  size_t ReadInternal(size_t min_length, size_t max_length,
                      char* dest) override;
  bool SeekSlow(Position new_pos) override;
  std::optional<Position> SizeImpl() override;

 private:
  bool FailOperation(std::string_view operation);

  std::string filename_;
  int fd_;
};

}  // namespace riegeli

#endif  // RIEGELI_BYTES_FD_READER_H_
