#include "node/hdf5_writer_spec.h"

#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "node/args.h"
#include "node/array_view.h"
#include "node/status_error.h"
#include "tensorstore/util/status.h"

namespace ats::node {

using ::nlohmann::json;
using ::tensorstore::Index;
using ::tensorstore::Result;

namespace {

absl::Status Unknown(const char* what, const json& given) {
  return absl::InvalidArgumentError(
      absl::StrCat("This is no ", what, ": ", given.dump()));
}

std::vector<uint64_t> ShapeOf(const json& shape) {
  return shape.is_null() ? std::vector<uint64_t>{}
                         : shape.get<std::vector<uint64_t>>();
}

template <typename T, typename Parse>
Result<std::vector<T>> Numbers(const json& values, Parse parse) {
  std::vector<T> numbers;
  for (const json& value : values) {
    T number;
    if (!parse(value.get_ref<const std::string&>(), &number)) {
      return Unknown("number", value);
    }
    numbers.push_back(number);
  }
  return numbers;
}

Result<hdf5::Attribute> AttributeSpec(const json& spec) {
  hdf5::Attribute attribute{spec.at("name"), {}, ShapeOf(spec.at("shape"))};
  const std::string kind = spec.at("kind");
  const json& values = spec.at("values");
  if (kind == "string") {
    attribute.values = values.get<std::vector<std::string>>();
  } else if (kind == "bool") {
    attribute.values = values.get<std::vector<bool>>();
  } else if (kind == "int64") {
    TENSORSTORE_ASSIGN_OR_RETURN(
        attribute.values,
        Numbers<int64_t>(values, [](const std::string& text, int64_t* number) {
          return absl::SimpleAtoi(text, number);
        }));
  } else if (kind == "uint64") {
    TENSORSTORE_ASSIGN_OR_RETURN(
        attribute.values,
        Numbers<uint64_t>(values, [](const std::string& text,
                                     uint64_t* number) {
          return absl::SimpleAtoi(text, number);
        }));
  } else if (kind == "float64") {
    TENSORSTORE_ASSIGN_OR_RETURN(
        attribute.values,
        Numbers<double>(values, [](const std::string& text, double* number) {
          return absl::SimpleAtod(text, number);
        }));
  } else if (kind != "null") {
    return Unknown("kind of attribute", kind);
  }
  const bool fits = std::visit(
      [&](const auto& held) {
        if constexpr (requires { held.size(); }) {
          return held.size() == hdf5::CountOf(attribute.shape);
        }
        return true;
      },
      attribute.values);
  if (!fits) return Unknown("attribute of that shape", spec.at("name"));
  return attribute;
}

Result<std::vector<hdf5::Attribute>> AttributeSpecs(const json& specs) {
  std::vector<hdf5::Attribute> attributes;
  for (const json& spec : specs) {
    TENSORSTORE_ASSIGN_OR_RETURN(auto attribute, AttributeSpec(spec));
    attributes.push_back(std::move(attribute));
  }
  return attributes;
}

Result<hdf5::ScalarType> ScalarSpec(const json& name) {
  if (name == "string") return hdf5::ScalarType(hdf5::TextType{});
  if (name.is_object()) {
    const size_t bytes = name.at("bytes");
    if (bytes == 0) return Unknown("length of text", name);
    return hdf5::ScalarType(hdf5::TextType{bytes});
  }
  const auto dtype = core::ParseDType(name.get_ref<const std::string&>());
  if (!dtype) return Unknown("element type", name);
  return hdf5::ScalarType(*dtype);
}

Result<hdf5::ElementType> ElementSpec(const json& dtype) {
  if (!dtype.is_array()) {
    TENSORSTORE_ASSIGN_OR_RETURN(auto scalar, ScalarSpec(dtype));
    return hdf5::ElementType(scalar);
  }
  std::vector<hdf5::Field> fields;
  for (const json& field : dtype) {
    TENSORSTORE_ASSIGN_OR_RETURN(auto type, ScalarSpec(field.at("dtype")));
    fields.push_back({field.at("name"), type, ShapeOf(field.at("shape"))});
  }
  return hdf5::ElementType(std::move(fields));
}

Result<hdf5::FilterSpec> FilterOf(const json& spec) {
  hdf5::FilterSpec filters;
  const json& codec = spec.at("codec");
  if (codec == "gzip") {
    filters.compressor = hdf5::FilterSpec::Compressor::kDeflate;
  } else if (codec == "lzf") {
    filters.compressor = hdf5::FilterSpec::Compressor::kLzf;
  } else if (codec != "none") {
    return Unknown("codec", codec);
  }
  filters.level = spec.at("level");
  if (filters.level < 0 || filters.level > 9) {
    return Unknown("level of gzip", filters.level);
  }
  filters.shuffle = spec.at("shuffle");
  return filters;
}

// `make` over JSON, whose accessors throw where a field is missing or of
// another type.
template <typename T, typename Make>
Result<T> FromJson(const json& spec, Make make) {
  try {
    return make();
  } catch (const json::exception& error) {
    return absl::InvalidArgumentError(
        absl::StrCat("The writer does not understand the request: ",
                     error.what()));
  }
}

// A typed array's bytes, pinned.
Result<std::span<const uint8_t>> PinnedBytes(Environment& environment,
                                             napi_value view,
                                             PinnedBlock& into) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto bytes, BytesOf(environment, view));
  TENSORSTORE_ASSIGN_OR_RETURN(auto pin, Pin::Make(environment, view));
  into.pins.push_back(std::move(pin));
  return std::span(static_cast<const uint8_t*>(bytes.data), bytes.size);
}

template <typename T>
std::span<const T> As(std::span<const uint8_t> bytes) {
  return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
}

Result<hdf5::PackedText> TextArg(Environment& environment, napi_value pair,
                                 PinnedBlock& into) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto parts, ArrayArg(environment, pair));
  napi_typedarray_type type;
  if (parts.size() != 2 ||
      napi_get_typedarray_info(environment.env(), parts[0], &type, nullptr,
                               nullptr, nullptr, nullptr) != napi_ok ||
      (type != napi_int32_array && type != napi_bigint64_array)) {
    return absl::InvalidArgumentError(
        "Text is given as offsets (Int32Array or BigInt64Array) and bytes");
  }
  hdf5::PackedText text;
  TENSORSTORE_ASSIGN_OR_RETURN(auto offsets,
                               PinnedBytes(environment, parts[0], into));
  TENSORSTORE_ASSIGN_OR_RETURN(text.bytes,
                               PinnedBytes(environment, parts[1], into));
  if (type == napi_int32_array) {
    text.offsets = As<int32_t>(offsets);
  } else {
    text.offsets = As<int64_t>(offsets);
  }
  return text;
}

Result<hdf5::Column> ColumnArg(Environment& environment, napi_value column,
                               PinnedBlock& into) {
  bool is_array = false;
  ATS_NAPI(napi_is_array(environment.env(), column, &is_array));
  if (is_array) {
    TENSORSTORE_ASSIGN_OR_RETURN(auto text, TextArg(environment, column, into));
    return hdf5::Column(text);
  }
  TENSORSTORE_ASSIGN_OR_RETURN(auto bytes,
                               PinnedBytes(environment, column, into));
  return hdf5::Column(bytes);
}

Result<std::vector<uint64_t>> ExtentsArg(Environment& environment,
                                         napi_value value) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto indices,
                               IndexVectorArg(environment, value));
  for (const Index index : indices) {
    if (index < 0) {
      return absl::InvalidArgumentError("A block has no negative extents");
    }
  }
  return std::vector<uint64_t>(indices.begin(), indices.end());
}

}  // namespace

Result<hdf5::NewGroup> GroupSpec(const json& spec) {
  return FromJson<hdf5::NewGroup>(spec, [&]() -> Result<hdf5::NewGroup> {
    TENSORSTORE_ASSIGN_OR_RETURN(auto attributes,
                                 AttributeSpecs(spec.at("attributes")));
    return hdf5::NewGroup{spec.at("path"), std::move(attributes)};
  });
}

Result<hdf5::NewDataset> DatasetSpec(const json& spec) {
  return FromJson<hdf5::NewDataset>(spec, [&]() -> Result<hdf5::NewDataset> {
    hdf5::NewDataset dataset;
    dataset.path = spec.at("path");
    TENSORSTORE_ASSIGN_OR_RETURN(dataset.attributes,
                                 AttributeSpecs(spec.at("attributes")));
    TENSORSTORE_ASSIGN_OR_RETURN(dataset.type, ElementSpec(spec.at("dtype")));
    dataset.shape = ShapeOf(spec.at("shape"));
    dataset.chunks = ShapeOf(spec.at("chunks"));
    TENSORSTORE_ASSIGN_OR_RETURN(dataset.filters, FilterOf(spec));
    dataset.resizable = spec.at("resizable");
    dataset.null = spec.at("empty");
    return dataset;
  });
}

Result<PinnedBlock> BlockArg(Environment& environment, napi_value origin,
                             napi_value shape, napi_value columns) {
  PinnedBlock made;
  TENSORSTORE_ASSIGN_OR_RETURN(made.block.origin,
                               ExtentsArg(environment, origin));
  TENSORSTORE_ASSIGN_OR_RETURN(made.block.shape,
                               ExtentsArg(environment, shape));
  TENSORSTORE_ASSIGN_OR_RETURN(auto given, ArrayArg(environment, columns));
  for (napi_value value : given) {
    TENSORSTORE_ASSIGN_OR_RETURN(auto column,
                                 ColumnArg(environment, value, made));
    made.block.columns.push_back(std::move(column));
  }
  return made;
}

}  // namespace ats::node
