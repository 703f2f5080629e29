// Writes an HDF5 file that h5py and anndata read as their own: the oldest file
// format (the library's default, as theirs), groups, attributes, data sets.
#ifndef ATS_HDF5_WRITER_H_
#define ATS_HDF5_WRITER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "hdf5/writer_dataset.h"
#include "hdf5/writer_driver.h"
#include "hdf5/writer_library.h"
#include "hdf5/writer_spec.h"
#include "tensorstore/util/result.h"

namespace ats::hdf5 {

/// A file that is being written. One call at a time, on any thread; `Stop` at
/// any time. After a call has failed the file is given up: every later call
/// fails, and the bytes on disk are no whole file. Only what HDF5 has no form
/// for (UNIMPLEMENTED) is refused without that.
class Writer {
 public:
  /// Creates `path`, which must not exist.
  static tensorstore::Result<std::unique_ptr<Writer>> Create(
      const std::string& path);

  /// As Abandon.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Creates a group whose parent is there, or gives the root its attributes.
  absl::Status AddGroup(const NewGroup& group);

  /// Creates a data set and gives its number. UNIMPLEMENTED, with nothing made,
  /// also for a copy that the library does not take.
  tensorstore::Result<size_t> AddDataset(NewDataset dataset);

  /// Creates a group with the attributes of `from` and `group`'s beside them, or
  /// gives the root those. UNIMPLEMENTED, with nothing made, for attributes that
  /// the library does not make.
  absl::Status CopyGroup(const NewGroup& group,
                         const reader::StoredObject& from);

  /// Copies stored values into data set `number`, which CopyOf described: see
  /// Dataset::CopyStored.
  tensorstore::Result<uint64_t> CopyStored(size_t number, uint64_t first,
                                           uint64_t most, int threads);

  /// Writes values of data set `number`, encoding on up to `threads` threads.
  absl::Status Write(size_t number, const Block& block, int threads);

  /// Completes the file. Idempotent after success.
  absl::Status Close();

  /// Gives the file up, unless it was closed, and lets go of it: what is on disk
  /// is to be removed. Idempotent.
  void Abandon();

  /// Makes the calls to come fail; one that is under way ends soon. Any thread.
  void Stop() { output_->Discard(); }

  const std::string& path() const { return output_->path(); }

 private:
  explicit Writer(std::unique_ptr<OutputFile> output)
      : output_(std::move(output)) {}
  absl::Status Open();
  absl::Status CheckOpen() const;
  absl::Status MakeGroup(const NewGroup& group,
                         const reader::StoredObject* from = nullptr);
  absl::Status CloseFile();
  // Gives the file up where `status` is a failure.
  absl::Status Settle(absl::Status status);

  std::unique_ptr<OutputFile> output_;
  Id file_;
  std::vector<std::unique_ptr<Dataset>> datasets_;
  bool closed_ = false;
};

}  // namespace ats::hdf5

#endif  // ATS_HDF5_WRITER_H_
