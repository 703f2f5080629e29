// A writer of a file.
#ifndef RIEGELI_BYTES_FD_WRITER_H_
#define RIEGELI_BYTES_FD_WRITER_H_

#include <string>
#include <string_view>

#include "riegeli/bytes/buffered_writer.h"

namespace riegeli {

// Creates or empties the file with a name and writes it. Its status has the
// code that corresponds to `errno` and names the file. Nothing is synced.
class FdWriter : public BufferedWriter {
 public:
  explicit FdWriter(std::string_view filename);
  FdWriter(FdWriter&& that) noexcept;
  FdWriter& operator=(FdWriter&& that) = delete;
  ~FdWriter() override;

 protected:
  void Done() override;
  bool WriteInternal(std::string_view src) override;

 private:
  bool FailOperation(std::string_view operation);

  std::string filename_;
  int fd_;
};

}  // namespace riegeli

#endif  // RIEGELI_BYTES_FD_WRITER_H_
