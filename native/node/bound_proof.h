// Reads that also tell whether the indices they bring are on their axis.
#ifndef ATS_NODE_BOUND_PROOF_H_
#define ATS_NODE_BOUND_PROOF_H_

#include <node_api.h>

#include <cstdint>
#include <memory>

#include "core/bound_check.h"
#include "node/args.h"
#include "node/environment.h"
#include "node/values.h"
#include "tensorstore/util/result.h"
#include "tensorstore/util/status.h"

namespace ats::node {

/// A check of integers of `width` bytes against the extent `value`, a number;
/// null where that is negative.
inline tensorstore::Result<std::shared_ptr<core::BoundCheck>> BoundCheckArg(
    Environment& environment, napi_value value, size_t width) {
  TENSORSTORE_ASSIGN_OR_RETURN(double extent, NumberArg(environment, value));
  if (!(extent >= 0)) return nullptr;
  if (extent > 0x1p53 || (width != 4 && width != 8)) {
    return absl::InvalidArgumentError(
        "Indices are signed integers of 32 or 64 bits");
  }
  return std::make_shared<core::BoundCheck>(width,
                                            static_cast<int64_t>(extent));
}

/// A conversion to whether all of the `count` values that were read are on the
/// axis; false where nobody looked.
struct ToProof {
  std::shared_ptr<core::BoundCheck> check;
  int64_t count;

  tensorstore::Result<napi_value> operator()(Environment& environment) const {
    return ToBoolean(environment, check != nullptr && check->Proves(count));
  }
};

}  // namespace ats::node

#endif  // ATS_NODE_BOUND_PROOF_H_
