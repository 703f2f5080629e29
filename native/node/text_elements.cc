#include "node/text_elements.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "node/args.h"
#include "node/array_view.h"
#include "node/values.h"
#include "tensorstore/util/status.h"

namespace ats::node {

using ::tensorstore::DataTypeId;
using ::tensorstore::Index;
using ::tensorstore::Result;
using ::tensorstore::SharedArray;

namespace {

std::string TextOf(const void* element, DataTypeId id) {
  switch (id) {
    case DataTypeId::string_t:
      return *static_cast<const std::string*>(element);
    case DataTypeId::ustring_t:
      return static_cast<const tensorstore::dtypes::ustring_t*>(element)->utf8;
    default:
      return static_cast<const ::nlohmann::json*>(element)->dump(
          -1, ' ', false, ::nlohmann::json::error_handler_t::replace);
  }
}

absl::Status SetText(void* element, DataTypeId id, std::string text) {
  switch (id) {
    case DataTypeId::string_t:
      *static_cast<std::string*>(element) = std::move(text);
      return absl::OkStatus();
    case DataTypeId::ustring_t:
      static_cast<tensorstore::dtypes::ustring_t*>(element)->utf8 =
          std::move(text);
      return absl::OkStatus();
    default: {
      TENSORSTORE_ASSIGN_OR_RETURN(auto json, ParseJson(text));
      *static_cast<::nlohmann::json*>(element) = std::move(json);
      return absl::OkStatus();
    }
  }
}

}  // namespace

absl::Status CheckTextElements(tensorstore::DataType dtype) {
  switch (dtype.id()) {
    case DataTypeId::string_t:
    case DataTypeId::ustring_t:
    case DataTypeId::json_t:
      return absl::OkStatus();
    default:
      return absl::InvalidArgumentError(absl::StrCat(
          "Values of type ", dtype.name(), " are read into a typed array"));
  }
}

Result<napi_value> TextElementsToJs(Environment& environment,
                                    const SharedArray<void>& array) {
  const DataTypeId id = array.dtype().id();
  const auto* element = static_cast<const char*>(array.data());
  std::vector<std::string> texts;
  texts.reserve(array.num_elements());
  for (Index i = 0; i < array.num_elements(); ++i) {
    texts.push_back(TextOf(element + i * array.dtype().size(), id));
  }
  return ToStringArray(environment, texts);
}

Result<SharedArray<const void>> TextElementsArg(
    Environment& environment, napi_value values, tensorstore::DataType dtype,
    tensorstore::span<const Index> shape) {
  TENSORSTORE_RETURN_IF_ERROR(CheckTextElements(dtype));
  TENSORSTORE_ASSIGN_OR_RETURN(auto texts,
                               StringVectorArg(environment, values));
  if (ElementCount(shape) != static_cast<Index>(texts.size())) {
    return absl::InvalidArgumentError(
        absl::StrCat(texts.size(), " values do not fit shape [",
                     absl::StrJoin(shape, ", "), "]"));
  }
  auto array = tensorstore::AllocateArray(shape, tensorstore::c_order,
                                          tensorstore::value_init, dtype);
  auto* element = static_cast<char*>(array.data());
  for (std::string& text : texts) {
    TENSORSTORE_RETURN_IF_ERROR(SetText(element, dtype.id(), std::move(text)));
    element += dtype.size();
  }
  return SharedArray<const void>(std::move(array));
}

}  // namespace ats::node
