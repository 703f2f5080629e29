#include "node/values.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "node/status_error.h"
#include "tensorstore/util/status.h"

namespace ats::node {

using ::tensorstore::Index;

JsResult ToUndefinedValue(Environment& environment) {
  napi_value value;
  ATS_NAPI(napi_get_undefined(environment.env(), &value));
  return value;
}

JsResult ToNull(Environment& environment) {
  napi_value value;
  ATS_NAPI(napi_get_null(environment.env(), &value));
  return value;
}

JsResult ToBoolean(Environment& environment, bool value) {
  napi_value result;
  ATS_NAPI(napi_get_boolean(environment.env(), value, &result));
  return result;
}

JsResult ToNumber(Environment& environment, double value) {
  napi_value result;
  ATS_NAPI(napi_create_double(environment.env(), value, &result));
  return result;
}

JsResult ToString(Environment& environment, std::string_view utf8) {
  napi_value result;
  ATS_NAPI(napi_create_string_utf8(environment.env(), utf8.data(), utf8.size(),
                                   &result));
  return result;
}

JsResult ToByteString(Environment& environment, std::string_view bytes) {
  napi_value result;
  ATS_NAPI(napi_create_string_latin1(environment.env(), bytes.data(),
                                     bytes.size(), &result));
  return result;
}

JsResult ToJsonText(Environment& environment, const ::nlohmann::json& json) {
  return ToString(environment,
                  json.dump(/*indent=*/-1, /*indent_char=*/' ',
                            /*ensure_ascii=*/false,
                            ::nlohmann::json::error_handler_t::replace));
}

JsResult ToMilliseconds(Environment& environment, absl::Time time) {
  if (time == absl::InfiniteFuture()) {
    return ToNumber(environment, std::numeric_limits<double>::infinity());
  }
  return ToNumber(environment,
                  absl::ToDoubleMilliseconds(time - absl::UnixEpoch()));
}

JsResult ToIndex(Environment& environment, Index index) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (index <= -tensorstore::kInfIndex) return ToNumber(environment, -kInfinity);
  if (index >= tensorstore::kInfIndex) return ToNumber(environment, kInfinity);
  return ToNumber(environment, static_cast<double>(index));
}

JsResult ToArray(Environment& environment,
                 tensorstore::span<const JsResult> values) {
  napi_value array;
  ATS_NAPI(napi_create_array_with_length(environment.env(), values.size(),
                                         &array));
  for (ptrdiff_t i = 0; i < values.size(); ++i) {
    TENSORSTORE_RETURN_IF_ERROR(values[i].status());
    ATS_NAPI(napi_set_element(environment.env(), array,
                              static_cast<uint32_t>(i), *values[i]));
  }
  return array;
}

JsResult ToIndexArray(Environment& environment,
                      tensorstore::span<const Index> indices) {
  std::vector<JsResult> values;
  for (Index index : indices) values.push_back(ToIndex(environment, index));
  return ToArray(environment, values);
}

JsResult ToStringArray(Environment& environment,
                       tensorstore::span<const std::string> strings) {
  const napi_env env = environment.env();
  napi_value array;
  ATS_NAPI(napi_create_array_with_length(env, strings.size(), &array));
  for (ptrdiff_t i = 0; i < strings.size(); ++i) {
    napi_handle_scope scope;
    ATS_NAPI(napi_open_handle_scope(env, &scope));
    auto text = ToString(environment, strings[i]);
    const napi_status status =
        text.ok() ? napi_set_element(env, array, static_cast<uint32_t>(i), *text)
                  : napi_ok;
    napi_close_handle_scope(env, scope);
    TENSORSTORE_RETURN_IF_ERROR(text.status());
    ATS_NAPI(status);
  }
  return array;
}

JsResult ToObject(
    Environment& environment,
    std::initializer_list<std::pair<const char*, JsResult>> fields) {
  napi_value object;
  ATS_NAPI(napi_create_object(environment.env(), &object));
  for (const auto& [name, value] : fields) {
    TENSORSTORE_RETURN_IF_ERROR(value.status());
    ATS_NAPI(
        napi_set_named_property(environment.env(), object, name, *value));
  }
  return object;
}

JsResult ToDomain(Environment& environment,
                  tensorstore::IndexDomainView<> domain) {
  std::vector<JsResult> origin, exclusive_max, shape, labels, lower, upper;
  for (tensorstore::DimensionIndex i = 0; i < domain.rank(); ++i) {
    const auto interval = domain[i].interval();
    origin.push_back(ToIndex(environment, interval.inclusive_min()));
    exclusive_max.push_back(ToIndex(environment, interval.exclusive_max()));
    shape.push_back(ToIndex(environment, IsFinite(interval)
                                             ? interval.size()
                                             : tensorstore::kInfIndex));
    labels.push_back(ToString(environment, domain.labels()[i]));
    lower.push_back(
        ToBoolean(environment, domain.implicit_lower_bounds()[i]));
    upper.push_back(
        ToBoolean(environment, domain.implicit_upper_bounds()[i]));
  }
  return ToObject(environment,
                  {{"origin", ToArray(environment, origin)},
                   {"exclusiveMax", ToArray(environment, exclusive_max)},
                   {"shape", ToArray(environment, shape)},
                   {"labels", ToArray(environment, labels)},
                   {"implicitLower", ToArray(environment, lower)},
                   {"implicitUpper", ToArray(environment, upper)}});
}

JsResult ToBytes(Environment& environment, const absl::Cord& bytes) {
  void* data;
  napi_value buffer, array;
  ATS_NAPI(napi_create_arraybuffer(environment.env(), bytes.size(), &data,
                                   &buffer));
  char* out = static_cast<char*>(data);
  for (std::string_view chunk : bytes.Chunks()) {
    std::memcpy(out, chunk.data(), chunk.size());
    out += chunk.size();
  }
  ATS_NAPI(napi_create_typedarray(environment.env(), napi_uint8_array,
                                  bytes.size(), buffer, 0, &array));
  return array;
}

}  // namespace ats::node
