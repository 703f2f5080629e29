// Reading a view of a store into memory that the caller provides.
#ifndef ATS_ENGINE_READ_H_
#define ATS_ENGINE_READ_H_

#include "absl/status/status.h"
#include "tensorstore/array.h"
#include "tensorstore/batch.h"
#include "tensorstore/data_type.h"
#include "tensorstore/index_space/index_domain.h"
#include "tensorstore/tensorstore.h"
#include "tensorstore/util/future.h"

namespace ats::engine {

/// Reads all of `store` into `target`, a zero-origin array of the same shape.
/// The target is kept alive until nothing can write to it any more, also when
/// the future has been dropped. Fails with kInvalidArgument where the shapes
/// differ or the element types do not convert.
tensorstore::Future<void> ReadInto(const tensorstore::TensorStore<>& store,
                                   tensorstore::SharedArray<void> target,
                                   tensorstore::Batch batch);

/// What can be known before reading: fails where the store cannot be read, or
/// its elements do not convert to `dtype` without loss.
absl::Status CheckReadable(const tensorstore::TensorStore<>& store,
                           tensorstore::DataType dtype);

/// Fails with kResourceExhausted where `domain` has more elements than one
/// JavaScript array can hold, kInvalidArgument where it is unbounded.
absl::Status CheckElementCount(tensorstore::IndexDomainView<> domain);

}  // namespace ats::engine

#endif  // ATS_ENGINE_READ_H_
