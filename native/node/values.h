// C++ values → JavaScript values.
#ifndef ATS_NODE_VALUES_H_
#define ATS_NODE_VALUES_H_

#include <node_api.h>

#include <initializer_list>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "absl/strings/cord.h"
#include "absl/time/time.h"
#include "node/environment.h"
#include "tensorstore/index.h"
#include "tensorstore/index_space/index_domain.h"
#include "tensorstore/util/result.h"
#include "tensorstore/util/span.h"

namespace ats::node {

using JsResult = tensorstore::Result<napi_value>;

JsResult ToUndefinedValue(Environment& environment);
JsResult ToNull(Environment& environment);
JsResult ToBoolean(Environment& environment, bool value);
JsResult ToNumber(Environment& environment, double value);
JsResult ToString(Environment& environment, std::string_view utf8);

/// Bytes as a string with one character per byte: opaque tags such as storage
/// generations.
JsResult ToByteString(Environment& environment, std::string_view bytes);

/// JSON as text, for JSON.parse. Bytes that are not UTF-8 are replaced.
JsResult ToJsonText(Environment& environment, const ::nlohmann::json& json);

/// Milliseconds since 1970; Infinity for the infinite future.
JsResult ToMilliseconds(Environment& environment, absl::Time time);

/// An index as a number; unbounded ones are ±Infinity.
JsResult ToIndex(Environment& environment, tensorstore::Index index);

JsResult ToIndexArray(Environment& environment,
                      tensorstore::span<const tensorstore::Index> indices);

JsResult ToStringArray(Environment& environment,
                       tensorstore::span<const std::string> strings);

/// `{ origin, exclusiveMax, shape, labels, implicitLower, implicitUpper }`.
JsResult ToDomain(Environment& environment,
                  tensorstore::IndexDomainView<> domain);

/// A fresh Uint8Array with a copy of `bytes`.
JsResult ToBytes(Environment& environment, const absl::Cord& bytes);

/// An object of named values. A failed value fails the whole.
JsResult ToObject(
    Environment& environment,
    std::initializer_list<std::pair<const char*, JsResult>> fields);

/// An array of values.
JsResult ToArray(Environment& environment, tensorstore::span<const JsResult> values);

}  // namespace ats::node

#endif  // ATS_NODE_VALUES_H_
