#include "node/hdf5_copy.h"

#include <utility>

#include "hdf5/writer_copy.h"
#include "node/args.h"
#include "node/hdf5_read.h"
#include "node/promise_bridge.h"
#include "node/values.h"
#include "tensorstore/util/status.h"

namespace ats::node {

using ::tensorstore::Result;
using hdf5::reader::StoredDataset;
using hdf5::reader::StoredObject;

namespace {

// How the values of a dataset become those of a copy.
const char* ValuesOf(const StoredObject& object) {
  const StoredDataset* dataset = object.dataset();
  if (dataset == nullptr) return "other";
  if (dataset->type.plain()) return "stored";
  return hdf5::LibraryEncodes(dataset->filters) ? "text" : "other";
}

uint64_t StoredBytes(const StoredDataset* dataset) {
  if (dataset == nullptr) return 0;
  return dataset->bytes + dataset->index.stored_bytes();
}

JsResult Shape(Environment& environment, const StoredDataset* dataset) {
  if (dataset == nullptr || dataset->dataspace.null) return ToNull(environment);
  const auto& shape = dataset->dataspace.shape;
  return ToIndexArray(environment, std::vector<tensorstore::Index>(
                                       shape.begin(), shape.end()));
}

// info(): { kind, values, shape, storedBytes, attributesElsewhere }
Result<napi_value> Info(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* handle, Self<Hdf5ObjectHandle>(call));
  const StoredObject& object = *handle->object;
  return ToObject(
      environment,
      {{"kind", ToString(environment, object.is_dataset() ? "array" : "group")},
       {"values", ToString(environment, ValuesOf(object))},
       {"shape", Shape(environment, object.dataset())},
       {"storedBytes",
        ToNumber(environment,
                 static_cast<double>(StoredBytes(object.dataset())))},
       {"attributesElsewhere",
        ToBoolean(environment, object.attributes_elsewhere())}});
}

}  // namespace

Result<napi_value> Hdf5Stored(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* file, Self<Hdf5FileHandle>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto address, IndexArg(environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto path, StringArg(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[2]));
  using Object = std::shared_ptr<const StoredObject>;
  return PromiseOf(
      environment,
      OnHdf5Thread<Object>([space = file->space, address] {
        return StoredObject::Open(*space, static_cast<uint64_t>(address));
      }),
      {token, [path] { return path; }},
      [path](Environment& environment, const Object& object) {
        return MakeHandle(environment, Hdf5ObjectHandle{object, path});
      });
}

absl::Status CopyError(absl::Status status) {
  return status.GetPayload("os_error_code") ? status : Hdf5Error(status);
}

absl::Status RegisterHdf5Object(Environment& environment) {
  return DefineHandle<Hdf5ObjectHandle>(environment, {{"info", Invoke<Info>}});
}

}  // namespace ats::node
