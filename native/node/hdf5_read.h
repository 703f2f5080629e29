// HDF5 files that are read: handles of the file, of its datasets, and of
// strings that wait for JavaScript's memory.
#ifndef ATS_NODE_HDF5_READ_H_
#define ATS_NODE_HDF5_READ_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "hdf5/dataset.h"
#include "hdf5/heap_strings.h"
#include "hdf5/hierarchy.h"
#include "hdf5/superblock.h"
#include "node/environment.h"
#include "node/handle.h"
#include "tensorstore/util/future.h"
#include "tensorstore/util/result.h"

namespace ats::node {

struct Hdf5FileHandle {
  std::shared_ptr<const hdf5::reader::Space> space;
  std::shared_ptr<hdf5::reader::Hierarchy> hierarchy;
  std::string path;
};

struct Hdf5DatasetHandle {
  std::shared_ptr<const hdf5::reader::Dataset> dataset;
  std::string path;
};

struct Hdf5StringsHandle {
  std::shared_ptr<const hdf5::reader::Strings> strings;
  std::string path;
};

template <>
struct HandleTraits<Hdf5FileHandle> {
  static constexpr char name[] = "NativeHdf5File";
  static constexpr napi_type_tag tag = {0x5a1f0c6e93b24d17, 0xa0e1d2c3b4a59621};
};
template <>
struct HandleTraits<Hdf5DatasetHandle> {
  static constexpr char name[] = "NativeHdf5Dataset";
  static constexpr napi_type_tag tag = {0x5a1f0c6e93b24d17, 0xa0e1d2c3b4a59622};
};
template <>
struct HandleTraits<Hdf5StringsHandle> {
  static constexpr char name[] = "NativeHdf5Strings";
  static constexpr napi_type_tag tag = {0x5a1f0c6e93b24d17, 0xa0e1d2c3b4a59623};
};

/// Adds openHdf5 to `exports`.
absl::Status RegisterHdf5Read(Environment& environment, napi_value exports);

/// The threads that read HDF5 files: one pool for the process.
const std::function<void(absl::AnyInvocable<void() &&>)>& Hdf5Threads();

/// As the typed error has it: a changed file is STALE, values in other files
/// are UNSAFE_PATH, what the system refuses is IO.
absl::Status Hdf5Error(absl::Status status);

/// Runs `work`, which gives a Result<T>, on one of them.
template <typename T, typename Work>
tensorstore::Future<T> OnHdf5Thread(Work work) {
  auto [promise, future] = tensorstore::PromiseFuturePair<T>::Make();
  Hdf5Threads()([promise = std::move(promise), work = std::move(work)] {
    tensorstore::Result<T> result = work();
    if (result.ok()) {
      promise.SetResult(std::move(result));
    } else {
      promise.SetResult(Hdf5Error(result.status()));
    }
  });
  return std::move(future);
}

/// The fields of records, as JavaScript sees them.
tensorstore::Result<napi_value> Hdf5Fields(
    Environment& environment, const hdf5::reader::ElementType& type);

/// The methods of a file that tell its structure.
tensorstore::Result<napi_value> Hdf5Root(Call& call);
tensorstore::Result<napi_value> Hdf5Names(Call& call);
tensorstore::Result<napi_value> Hdf5Child(Call& call);

/// The method of a file that makes strings of stored elements.
tensorstore::Result<napi_value> Hdf5Texts(Call& call);

/// The methods of a dataset that read values.
tensorstore::Result<napi_value> Hdf5Read(Call& call);
tensorstore::Result<napi_value> Hdf5ReadRuns(Call& call);
tensorstore::Result<napi_value> Hdf5ReadStrings(Call& call);

}  // namespace ats::node

#endif  // ATS_NODE_HDF5_READ_H_
