// Arrays of strings in key-value stores.
#ifndef ATS_NODE_STRING_ARRAYS_H_
#define ATS_NODE_STRING_ARRAYS_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "engine/string_column.h"
#include "node/environment.h"
#include "node/handle.h"
#include "tensorstore/context.h"

namespace ats::node {

/// Strings that have been decoded, until JavaScript has memory for them.
struct PendingStrings {
  using Column = std::shared_ptr<const engine::StringColumn>;
  Column column;
  /// Whose threads copy.
  tensorstore::Context context;
  std::string path;
};

template <>
struct HandleTraits<PendingStrings> {
  static constexpr char name[] = "NativeStrings";
  static constexpr napi_type_tag tag = {0x5a1f0c6e93b24d17, 0xa0e1d2c3b4a59609};
};

/// Adds readStrings and writeStrings to `exports`.
absl::Status RegisterStringArrays(Environment& environment, napi_value exports);

}  // namespace ats::node

#endif  // ATS_NODE_STRING_ARRAYS_H_
