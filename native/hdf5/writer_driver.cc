#include "hdf5/writer_driver.h"

#include <H5FDdevelop.h>
#include <errno.h>
#include <fcntl.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "hdf5/writer_descriptor.h"

namespace ats::hdf5 {
namespace {

// What one call of the operating system is asked for: Linux and macOS take no
// more than 2 GiB.
constexpr size_t kMostPerCall = size_t{1} << 30;

// The payload that marks a status as the operating system's, as TensorStore
// sets it.
constexpr char kOsErrorPayload[] = "os_error_code";

absl::Status SystemError(int error, const std::string& path,
                         const char* what) {
  absl::Status status = absl::ErrnoToStatus(error, absl::StrCat(path, what));
  status.SetPayload(kOsErrorPayload, absl::Cord(absl::StrCat(error)));
  return status;
}

// An open file as the library sees it.
struct DriverFile {
  H5FD_t base;  // first, for the library
  OutputFile* output;
  haddr_t end_of_allocation = 0;
};

// What the access property list carries.
struct DriverInfo {
  OutputFile* output;
};

OutputFile& Output(H5FD_t* file) {
  return *reinterpret_cast<DriverFile*>(file)->output;
}

herr_t ToResult(bool done) { return done ? 0 : -1; }

H5FD_t* Open(const char*, unsigned, hid_t access, haddr_t) {
  const auto* info =
      static_cast<const DriverInfo*>(H5Pget_driver_info(access));
  if (info == nullptr) return nullptr;
  return reinterpret_cast<H5FD_t*>(new DriverFile{{}, info->output});
}

herr_t Close(H5FD_t* file) {
  delete reinterpret_cast<DriverFile*>(file);
  return 0;
}

herr_t Query(const H5FD_t*, unsigned long* flags) {
  if (flags != nullptr) {
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA |
             H5FD_FEAT_DATA_SIEVE | H5FD_FEAT_AGGREGATE_SMALLDATA |
             H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  }
  return 0;
}

haddr_t EndOfAllocation(const H5FD_t* file, H5FD_mem_t) {
  return reinterpret_cast<const DriverFile*>(file)->end_of_allocation;
}

herr_t SetEndOfAllocation(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  reinterpret_cast<DriverFile*>(file)->end_of_allocation = address;
  return 0;
}

haddr_t EndOfFile(const H5FD_t* file, H5FD_mem_t) {
  return reinterpret_cast<const DriverFile*>(file)->output->size();
}

herr_t Read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, size_t size,
            void* bytes) {
  return ToResult(Output(file).Read(address, bytes, size));
}

herr_t Write(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, size_t size,
             const void* bytes) {
  return ToResult(Output(file).Write(address, bytes, size));
}

herr_t Truncate(H5FD_t* file, hid_t, hbool_t) {
  return ToResult(Output(file).SetSize(EndOfAllocation(file, H5FD_MEM_DEFAULT)));
}

hid_t RegisterDriver() {
  H5FD_class_t driver = {};
  driver.version = H5FD_CLASS_VERSION;
  driver.value = static_cast<H5FD_class_value_t>(H5_VFD_RESERVED + 0x2a7);
  driver.name = "anndata-tensorstore";
  driver.maxaddr = static_cast<haddr_t>(INT64_MAX);
  driver.fc_degree = H5F_CLOSE_STRONG;
  driver.fapl_size = sizeof(DriverInfo);
  driver.open = Open;
  driver.close = Close;
  driver.query = Query;
  driver.get_eoa = EndOfAllocation;
  driver.set_eoa = SetEndOfAllocation;
  driver.get_eof = EndOfFile;
  driver.read = Read;
  driver.write = Write;
  driver.truncate = Truncate;
  const H5FD_mem_t map[] = H5FD_FLMAP_DICHOTOMY;
  std::copy(std::begin(map), std::end(map), driver.fl_map);
  return H5FDregister(&driver);
}

}  // namespace

tensorstore::Result<std::unique_ptr<OutputFile>> OutputFile::Create(
    const std::string& path) {
  const int descriptor = descriptor::CreateNew(path);
  if (descriptor < 0) return SystemError(errno, path, " cannot be created");
  return std::unique_ptr<OutputFile>(new OutputFile(path, descriptor));
}

void OutputFile::Close() {
  if (descriptor_ < 0) return;
  // Some file systems tell only now that they could not write.
  if (!descriptor::Close(descriptor_) && !discarded()) Fail(errno);
  descriptor_ = -1;
}

absl::Status OutputFile::error() const {
  if (error_ == 0) return absl::OkStatus();
  return SystemError(error_, path_, " cannot be written");
}

bool OutputFile::Fail(int error) {
  if (error_ == 0) error_ = error;
  return false;
}

bool OutputFile::Write(uint64_t offset, const void* bytes, size_t size) {
  size_ = std::max(size_, offset + size);
  if (discarded()) return true;
  auto* from = static_cast<const char*>(bytes);
  while (size > 0) {
    const int64_t done = descriptor::WriteAt(descriptor_, from,
                                             std::min(size, kMostPerCall),
                                             offset);
    if (done <= 0) {
      if (done < 0 && errno == EINTR) continue;
      return Fail(done < 0 ? errno : EIO);
    }
    from += done;
    offset += done;
    size -= done;
  }
  return true;
}

bool OutputFile::Read(uint64_t offset, void* bytes, size_t size) {
  auto* to = static_cast<char*>(bytes);
  while (size > 0) {
    const int64_t done =
        discarded() ? 0
                    : descriptor::ReadAt(descriptor_, to,
                                         std::min(size, kMostPerCall), offset);
    if (done < 0) {
      if (errno == EINTR) continue;
      return Fail(errno);
    }
    if (done == 0) {
      // Behind the end of the file is what was allocated and not yet written.
      std::memset(to, 0, size);
      return true;
    }
    to += done;
    offset += done;
    size -= done;
  }
  return true;
}

bool OutputFile::SetSize(uint64_t size) {
  if (size_ == size) return true;
  size_ = size;
  return discarded() || descriptor::SetSize(descriptor_, size) || Fail(errno);
}

Id AccessTo(OutputFile& file) {
  static const hid_t driver = RegisterDriver();
  Id access(H5Pcreate(H5P_FILE_ACCESS));
  const DriverInfo info{&file};
  if (!access.ok() || H5Pset_driver(access.get(), driver, &info) < 0 ||
      // Everything of the file is closed with it, whatever is still open.
      H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG) < 0) {
    return Id();
  }
  return access;
}

}  // namespace ats::hdf5
