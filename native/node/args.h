// JavaScript arguments → C++ values. Each conversion fails with
// INVALID_ARGUMENT and the name of what was expected.
#ifndef ATS_NODE_ARGS_H_
#define ATS_NODE_ARGS_H_

#include <node_api.h>
#include <stdint.h>

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "node/environment.h"
#include "tensorstore/data_type.h"
#include "tensorstore/index.h"
#include "tensorstore/util/result.h"

namespace ats::node {

/// Whether `value` is undefined or null.
bool IsAbsent(Environment& environment, napi_value value);

/// A string as UTF-8.
tensorstore::Result<std::string> StringArg(Environment& environment,
                                           napi_value value);

/// A string, or nothing where it is absent.
tensorstore::Result<std::optional<std::string>> OptionalStringArg(
    Environment& environment, napi_value value);

/// A number.
tensorstore::Result<double> NumberArg(Environment& environment,
                                      napi_value value);

/// A number of flag bits or other small unsigned integer.
tensorstore::Result<uint32_t> Uint32Arg(Environment& environment,
                                        napi_value value);

/// An index: an integer number or a bigint within TensorStore's index range.
tensorstore::Result<tensorstore::Index> IndexArg(Environment& environment,
                                                 napi_value value);

/// An index, or `absent` (such as kImplicit) where it is absent.
tensorstore::Result<tensorstore::Index> OptionalIndexArg(
    Environment& environment, napi_value value, tensorstore::Index absent);

/// The elements of an array.
tensorstore::Result<std::vector<napi_value>> ArrayArg(Environment& environment,
                                                      napi_value value);

/// An array of at most kMaxRank indices, such as a shape.
tensorstore::Result<std::vector<tensorstore::Index>> IndexVectorArg(
    Environment& environment, napi_value value);

/// As IndexVectorArg; absent elements become `absent`.
tensorstore::Result<std::vector<tensorstore::Index>> OptionalIndexVectorArg(
    Environment& environment, napi_value value, tensorstore::Index absent);

/// An array of strings.
tensorstore::Result<std::vector<std::string>> StringVectorArg(
    Environment& environment, napi_value value);

/// JSON text, parsed.
tensorstore::Result<::nlohmann::json> JsonArg(Environment& environment,
                                              napi_value value);

/// The name of a data type, such as "float32".
tensorstore::Result<tensorstore::DataType> DataTypeArg(
    Environment& environment, napi_value value);

/// Parses JSON text without throwing.
tensorstore::Result<::nlohmann::json> ParseJson(const std::string& text);

}  // namespace ats::node

#endif  // ATS_NODE_ARGS_H_
