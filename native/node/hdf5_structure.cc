// The structure of HDF5 files: groups, members, attributes.
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "hdf5/hierarchy.h"
#include "node/args.h"
#include "node/hdf5_read.h"
#include "node/promise_bridge.h"
#include "node/values.h"

namespace ats::node {

using hdf5::reader::Attribute;
using hdf5::reader::Group;
using hdf5::reader::Node;
using hdf5::reader::NodeKind;
using ::tensorstore::Result;

namespace {

constexpr int64_t kMostSafe = (int64_t{1} << 53) - 1;

JsResult ToBigInt(Environment& environment, int64_t value) {
  napi_value result;
  ATS_NAPI(napi_create_bigint_int64(environment.env(), value, &result));
  return result;
}

JsResult ToBigInt(Environment& environment, uint64_t value) {
  napi_value result;
  ATS_NAPI(napi_create_bigint_uint64(environment.env(), value, &result));
  return result;
}

JsResult ToValue(Environment& environment, double value) {
  return ToNumber(environment, value);
}

JsResult ToValue(Environment& environment, bool value) {
  return ToBoolean(environment, value);
}

JsResult ToValue(Environment& environment, const std::string& value) {
  return ToString(environment, value);
}

// What a double holds exactly is a number, anything beyond a bigint.
template <typename T>
  requires std::is_same_v<T, int64_t> || std::is_same_v<T, uint64_t>
JsResult ToValue(Environment& environment, T value) {
  const bool safe = std::cmp_less_equal(value, kMostSafe) &&
                    std::cmp_greater_equal(value, -kMostSafe);
  return safe ? ToNumber(environment, static_cast<double>(value))
              : ToBigInt(environment, value);
}

// The next values of an attribute, as arrays within arrays from `dimension` on.
template <typename T>
JsResult Nest(Environment& environment, const std::vector<uint64_t>& shape,
              size_t dimension, const std::vector<T>& values, size_t& next) {
  if (dimension == shape.size()) return ToValue(environment, values[next++]);
  const napi_env env = environment.env();
  napi_value array;
  ATS_NAPI(napi_create_array_with_length(
      env, static_cast<size_t>(shape[dimension]), &array));
  for (uint64_t i = 0; i < shape[dimension]; ++i) {
    napi_handle_scope scope;
    ATS_NAPI(napi_open_handle_scope(env, &scope));
    const auto value = Nest<T>(environment, shape, dimension + 1, values, next);
    const napi_status status =
        value.ok() ? napi_set_element(env, array, static_cast<uint32_t>(i), *value)
                   : napi_ok;
    napi_close_handle_scope(env, scope);
    TENSORSTORE_RETURN_IF_ERROR(value.status());
    ATS_NAPI(status);
  }
  return array;
}

JsResult ToAttribute(Environment& environment, const Attribute& attribute) {
  if (attribute.null) return ToNull(environment);
  return std::visit(
      [&]<typename T>(const std::vector<T>& values) {
        size_t next = 0;
        return Nest<T>(environment, attribute.shape, 0, values, next);
      },
      attribute.values);
}

// Names and values by turns.
JsResult ToAttributes(Environment& environment, const Node& node) {
  std::vector<JsResult> items;
  for (const Attribute& attribute : node.attributes) {
    items.push_back(ToString(environment, attribute.name));
    items.push_back(ToAttribute(environment, attribute));
  }
  return ToArray(environment, items);
}

JsResult ToExtents(Environment& environment,
                   const std::vector<uint64_t>& extents) {
  std::vector<JsResult> items;
  for (uint64_t extent : extents) {
    items.push_back(ToNumber(environment, static_cast<double>(extent)));
  }
  return ToArray(environment, items);
}

// Numbers and names by turns.
JsResult ToFilters(Environment& environment, const Node& node) {
  std::vector<JsResult> items;
  for (const auto& filter : node.filters) {
    items.push_back(ToNumber(environment, filter.id));
    items.push_back(ToString(environment, filter.name));
  }
  return ToArray(environment, items);
}

}  // namespace

JsResult Hdf5Fields(Environment& environment,
                    const hdf5::reader::ElementType& type) {
  std::vector<JsResult> items;
  for (const auto& field : type.fields) {
    const auto number = [&](uint32_t value) {
      return ToNumber(environment, value);
    };
    items.push_back(ToObject(
        environment,
        {{"name", ToString(environment, field.name)},
         {"dtype", ToString(environment, field.type.name)},
         {"shape", ToExtents(environment, field.shape)},
         {"offset", number(field.offset)},
         {"itemBytes", number(field.type.size)},
         {"swap", number(field.type.swap)},
         {"fixed", ToBoolean(environment, field.type.fixed)},
         {"padding", number(static_cast<uint32_t>(field.type.padding))}}));
  }
  return ToArray(environment, items);
}

namespace {

JsResult ToNode(Environment& environment, const Node& node) {
  const auto address = ToNumber(environment, static_cast<double>(node.address));
  if (node.kind == NodeKind::kOther) {
    return ToObject(environment, {{"kind", ToString(environment, "other")}});
  }
  if (node.kind == NodeKind::kGroup) {
    return ToObject(environment,
                    {{"kind", ToString(environment, "group")},
                     {"path", ToString(environment, node.path)},
                     {"header", address},
                     {"attributes", ToAttributes(environment, node)}});
  }
  return ToObject(
      environment,
      {{"kind", ToString(environment, "array")},
       {"path", ToString(environment, node.path)},
       {"header", address},
       {"attributes", ToAttributes(environment, node)},
       {"dtype", ToString(environment, node.type.name)},
       {"fields", Hdf5Fields(environment, node.type)},
       {"itemBytes", ToNumber(environment, node.type.size)},
       {"fixed", ToBoolean(environment, node.type.fixed)},
       {"ascii", ToBoolean(environment, node.type.ascii)},
       {"empty", ToBoolean(environment, node.null)},
       {"shape", ToExtents(environment, node.shape)},
       {"chunks", node.chunks ? ToExtents(environment, *node.chunks)
                              : ToNull(environment)},
       {"filters", ToFilters(environment, node)}});
}

}  // namespace

// root(token)
Result<napi_value> Hdf5Root(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* file, Self<Hdf5FileHandle>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[0]));
  return PromiseOf(
      environment,
      OnHdf5Thread<Node>([hierarchy = file->hierarchy] { return hierarchy->Root(); }),
      {token, [path = file->path] { return path; }},
      [](Environment& environment, const Node& node) {
        return ToNode(environment, node);
      });
}

// names(group, token)
Result<napi_value> Hdf5Names(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* file, Self<Hdf5FileHandle>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto group, IndexArg(environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[1]));
  using Members = std::shared_ptr<const Group>;
  return PromiseOf(
      environment,
      OnHdf5Thread<Members>([hierarchy = file->hierarchy, group] {
        return hierarchy->Members(static_cast<uint64_t>(group));
      }),
      {token, [path = file->path] { return path; }},
      [](Environment& environment, const Members& members) {
        std::vector<std::string> names;
        for (const auto& link : members->links()) names.push_back(link.name);
        return ToStringArray(environment, names);
      });
}

// child(group, path, name, token)
Result<napi_value> Hdf5Child(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* file, Self<Hdf5FileHandle>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto group, IndexArg(environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto path, StringArg(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto name, StringArg(environment, call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[3]));
  return PromiseOf(
      environment,
      OnHdf5Thread<std::optional<Node>>([hierarchy = file->hierarchy, group,
                                         path = std::move(path),
                                         name = std::move(name)] {
        return hierarchy->Child(static_cast<uint64_t>(group), path, name);
      }),
      {token, [path = file->path] { return path; }},
      [](Environment& environment, const std::optional<Node>& node) {
        return node ? ToNode(environment, *node) : ToUndefinedValue(environment);
      });
}

}  // namespace ats::node
