// Access to libhdf5: initialised once per process, used by one thread at a
// time, silent. It only ever sees files that we create: stored bytes of others
// are read elsewhere.
#ifndef ATS_HDF5_WRITER_LIBRARY_H_
#define ATS_HDF5_WRITER_LIBRARY_H_

#include <hdf5.h>

#include <mutex>
#include <utility>

namespace ats::hdf5 {

/// Holds the library: it is built without thread safety, and all of its calls,
/// of every writer, are made under this lock. One thread may hold it twice.
class LibraryLock {
 public:
  LibraryLock();

 private:
  std::unique_lock<std::recursive_mutex> lock_;
};

/// Owns one identifier of the library, of any kind. Under the LibraryLock only.
class Id {
 public:
  Id() = default;
  explicit Id(hid_t id) : id_(id) {}
  Id(Id&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
  Id& operator=(Id&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~Id() {
    if (id_ >= 0) H5Idec_ref(id_);
  }

  bool ok() const { return id_ >= 0; }
  hid_t get() const { return id_; }

  /// Lets the identifier go now; false where the library reports a failure.
  bool Close() { return id_ < 0 || H5Idec_ref(std::exchange(id_, -1)) >= 0; }

 private:
  hid_t id_ = H5I_INVALID_HID;
};

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_LIBRARY_H_
