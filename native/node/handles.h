// The handle classes of the binding: which C++ value each one owns.
#ifndef ATS_NODE_HANDLES_H_
#define ATS_NODE_HANDLES_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "node/environment.h"
#include "node/handle.h"
#include "tensorstore/batch.h"
#include "tensorstore/context.h"
#include "tensorstore/index_space/index_transform.h"
#include "tensorstore/kvstore/kvstore.h"
#include "tensorstore/progress.h"
#include "tensorstore/spec.h"
#include "tensorstore/tensorstore.h"
#include "tensorstore/transaction.h"

namespace ats::node {

/// A batch that is submitted by `Submit`, by the end of its handle or at
/// teardown (L5), whichever comes first.
class BatchState : public Closeable {
 public:
  void Submit() { batch_.reset(); }
  void CloseForTeardown() override { Submit(); }
  const std::optional<tensorstore::Batch>& batch() const { return batch_; }

 private:
  std::optional<tensorstore::Batch> batch_ = tensorstore::Batch::New();
};

using BatchPtr = std::shared_ptr<BatchState>;

/// A write under way: both its futures, and what its errors are about.
struct PendingWrite {
  tensorstore::WriteFutures futures;
  tensorstore::TensorStore<> target;
};

template <>
struct HandleTraits<tensorstore::TensorStore<>> {
  static constexpr char name[] = "NativeTensorStore";
  static constexpr napi_type_tag tag = {0x5a1f0c6e93b24d17, 0xa0e1d2c3b4a59601};
};
template <>
struct HandleTraits<tensorstore::Spec> {
  static constexpr char name[] = "NativeSpec";
  static constexpr napi_type_tag tag = {0x5a1f0c6e93b24d17, 0xa0e1d2c3b4a59602};
};
template <>
struct HandleTraits<tensorstore::IndexTransform<>> {
  static constexpr char name[] = "NativeIndexTransform";
  static constexpr napi_type_tag tag = {0x5a1f0c6e93b24d17, 0xa0e1d2c3b4a59603};
};
template <>
struct HandleTraits<tensorstore::KvStore> {
  static constexpr char name[] = "NativeKvStore";
  static constexpr napi_type_tag tag = {0x5a1f0c6e93b24d17, 0xa0e1d2c3b4a59604};
};
template <>
struct HandleTraits<tensorstore::Context> {
  static constexpr char name[] = "NativeContext";
  static constexpr napi_type_tag tag = {0x5a1f0c6e93b24d17, 0xa0e1d2c3b4a59605};
};
template <>
struct HandleTraits<tensorstore::Transaction> {
  static constexpr char name[] = "NativeTransaction";
  static constexpr napi_type_tag tag = {0x5a1f0c6e93b24d17, 0xa0e1d2c3b4a59606};
};
template <>
struct HandleTraits<BatchPtr> {
  static constexpr char name[] = "NativeBatch";
  static constexpr napi_type_tag tag = {0x5a1f0c6e93b24d17, 0xa0e1d2c3b4a59607};
};
template <>
struct HandleTraits<PendingWrite> {
  static constexpr char name[] = "NativeWrite";
  static constexpr napi_type_tag tag = {0x5a1f0c6e93b24d17, 0xa0e1d2c3b4a59608};
};

/// Define the classes and add the module's functions that make handles.
absl::Status RegisterStore(Environment& environment, napi_value exports);
absl::Status RegisterSpec(Environment& environment, napi_value exports);
absl::Status RegisterTransform(Environment& environment, napi_value exports);
absl::Status RegisterKvStore(Environment& environment, napi_value exports);
absl::Status RegisterContext(Environment& environment, napi_value exports);
absl::Status RegisterTransaction(Environment& environment, napi_value exports);
absl::Status RegisterBatch(Environment& environment, napi_value exports);
absl::Status RegisterWrite(Environment& environment, napi_value exports);
absl::Status RegisterOpen(Environment& environment, napi_value exports);
absl::Status RegisterCombine(Environment& environment, napi_value exports);
absl::Status RegisterVirtualChunked(Environment& environment,
                                    napi_value exports);
absl::Status RegisterMetrics(Environment& environment, napi_value exports);

/// Adds a function to `exports`.
absl::Status AddFunction(Environment& environment, napi_value exports,
                         const char* name, napi_callback function);

/// The batch of a handle, no_batch where it is absent. INVALID_ARGUMENT for a
/// batch that was submitted already.
tensorstore::Result<tensorstore::Batch> BatchArg(Environment& environment,
                                                 napi_value value);

/// The transaction of a handle, no_transaction where it is absent.
tensorstore::Result<tensorstore::Transaction> TransactionArg(
    Environment& environment, napi_value value);

/// The context of a handle, TensorStore's default where it is absent.
tensorstore::Result<tensorstore::Context> ContextArg(Environment& environment,
                                                     napi_value value);

/// What errors of a key-value store or of an array in one are about: a file
/// path, else a URL.
std::string PathOf(const tensorstore::KvStore& kvstore);
std::string PathOf(const tensorstore::TensorStore<>& store);

}  // namespace ats::node

#endif  // ATS_NODE_HANDLES_H_
