#include "node/args.h"

#include <cmath>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "node/status_error.h"
#include "tensorstore/rank.h"
#include "tensorstore/util/status.h"

namespace ats::node {

using ::tensorstore::Index;
using ::tensorstore::Result;

bool IsAbsent(Environment& environment, napi_value value) {
  napi_valuetype type;
  if (value == nullptr ||
      napi_typeof(environment.env(), value, &type) != napi_ok) {
    return true;
  }
  return type == napi_undefined || type == napi_null;
}

Result<std::string> StringArg(Environment& environment, napi_value value) {
  const napi_env env = environment.env();
  size_t length = 0;
  if (napi_get_value_string_utf8(env, value, nullptr, 0, &length) != napi_ok) {
    return absl::InvalidArgumentError("A string is needed here");
  }
  std::string text(length, '\0');
  ATS_NAPI(napi_get_value_string_utf8(env, value, text.data(), length + 1,
                                      &length));
  return text;
}

Result<std::optional<std::string>> OptionalStringArg(Environment& environment,
                                                     napi_value value) {
  if (IsAbsent(environment, value)) return std::optional<std::string>();
  TENSORSTORE_ASSIGN_OR_RETURN(auto text, StringArg(environment, value));
  return std::optional<std::string>(std::move(text));
}

Result<double> NumberArg(Environment& environment, napi_value value) {
  double number;
  if (napi_get_value_double(environment.env(), value, &number) != napi_ok) {
    return absl::InvalidArgumentError("A number is needed here");
  }
  return number;
}

Result<uint32_t> Uint32Arg(Environment& environment, napi_value value) {
  TENSORSTORE_ASSIGN_OR_RETURN(double number, NumberArg(environment, value));
  if (!(number >= 0 && number <= UINT32_MAX && std::floor(number) == number)) {
    return absl::InvalidArgumentError(
        absl::StrCat("A small non-negative integer is needed here, not ",
                     number));
  }
  return static_cast<uint32_t>(number);
}

Result<Index> IndexArg(Environment& environment, napi_value value) {
  const napi_env env = environment.env();
  double number;
  int64_t index;
  if (napi_get_value_double(env, value, &number) == napi_ok) {
    if (!(std::abs(number) <= static_cast<double>(tensorstore::kInfIndex)) ||
        std::floor(number) != number) {
      return absl::InvalidArgumentError(
          absl::StrCat("An integer index is needed here, not ", number));
    }
    index = static_cast<int64_t>(number);
  } else {
    bool lossless = false;
    if (napi_get_value_bigint_int64(env, value, &index, &lossless) != napi_ok ||
        !lossless) {
      return absl::InvalidArgumentError(
          "An integer index (number or bigint) is needed here");
    }
  }
  if (index < -tensorstore::kInfIndex || index > tensorstore::kInfIndex) {
    return absl::InvalidArgumentError(
        absl::StrCat("Index ", index, " is beyond the index range"));
  }
  return index;
}

Result<Index> OptionalIndexArg(Environment& environment, napi_value value,
                               Index absent) {
  if (IsAbsent(environment, value)) return absent;
  return IndexArg(environment, value);
}

Result<std::vector<napi_value>> ArrayArg(Environment& environment,
                                         napi_value value) {
  uint32_t length = 0;
  if (napi_get_array_length(environment.env(), value, &length) != napi_ok) {
    return absl::InvalidArgumentError("An array is needed here");
  }
  std::vector<napi_value> elements(length);
  for (uint32_t i = 0; i < length; ++i) {
    ATS_NAPI(napi_get_element(environment.env(), value, i, &elements[i]));
  }
  return elements;
}

Result<std::vector<Index>> OptionalIndexVectorArg(Environment& environment,
                                                  napi_value value,
                                                  Index absent) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto elements, ArrayArg(environment, value));
  if (elements.size() > static_cast<size_t>(tensorstore::kMaxRank)) {
    return absl::InvalidArgumentError(
        absl::StrCat("Rank ", elements.size(), " is more than ",
                     tensorstore::kMaxRank));
  }
  std::vector<Index> indices;
  indices.reserve(elements.size());
  for (napi_value element : elements) {
    TENSORSTORE_ASSIGN_OR_RETURN(
        Index index, OptionalIndexArg(environment, element, absent));
    indices.push_back(index);
  }
  return indices;
}

Result<std::vector<Index>> IndexVectorArg(Environment& environment,
                                          napi_value value) {
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto indices,
      OptionalIndexVectorArg(environment, value, tensorstore::kImplicit));
  for (Index index : indices) {
    if (index == tensorstore::kImplicit) {
      return absl::InvalidArgumentError(
          "Every element of this array must be an index");
    }
  }
  return indices;
}

Result<std::vector<std::string>> StringVectorArg(Environment& environment,
                                                 napi_value value) {
  const napi_env env = environment.env();
  uint32_t length = 0;
  if (napi_get_array_length(env, value, &length) != napi_ok) {
    return absl::InvalidArgumentError("An array of strings is needed here");
  }
  std::vector<std::string> strings(length);
  for (uint32_t i = 0; i < length; ++i) {
    napi_handle_scope scope;
    napi_value element;
    ATS_NAPI(napi_open_handle_scope(env, &scope));
    auto text = napi_get_element(env, value, i, &element) == napi_ok
                    ? StringArg(environment, element)
                    : absl::InternalError("An array changed while it was read");
    napi_close_handle_scope(env, scope);
    TENSORSTORE_ASSIGN_OR_RETURN(strings[i], std::move(text));
  }
  return strings;
}

Result<::nlohmann::json> ParseJson(const std::string& text) {
  auto json = ::nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) {
    return absl::InvalidArgumentError("This is not valid JSON");
  }
  return json;
}

Result<::nlohmann::json> JsonArg(Environment& environment, napi_value value) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto text, StringArg(environment, value));
  return ParseJson(text);
}

Result<tensorstore::DataType> DataTypeArg(Environment& environment,
                                          napi_value value) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto name, StringArg(environment, value));
  tensorstore::DataType dtype = tensorstore::GetDataType(name);
  if (!dtype.valid()) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", name, "\" is not the name of a data type"));
  }
  return dtype;
}

}  // namespace ats::node
