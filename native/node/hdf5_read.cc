// Opening HDF5 files and their datasets.
#include "node/hdf5_read.h"

#include <thread>
#include <utility>

#include "hdf5/object_header.h"
#include "node/args.h"
#include "node/handles.h"
#include "node/hdf5_copy.h"
#include "node/hdf5_strings.h"
#include "node/promise_bridge.h"
#include "node/values.h"
#include "tensorstore/internal/thread/thread_pool.h"
#include "tensorstore/util/executor.h"

namespace ats::node {

using ::tensorstore::Result;

namespace {

Result<std::shared_ptr<const hdf5::reader::Space>> OpenSpace(
    std::shared_ptr<hdf5::reader::File> file) {
  TENSORSTORE_ASSIGN_OR_RETURN(const auto superblock,
                               hdf5::reader::ReadSuperblock(*file));
  auto space = std::make_shared<const hdf5::reader::Space>(std::move(file), superblock);
  TENSORSTORE_RETURN_IF_ERROR(hdf5::reader::CheckExtension(*space));
  return space;
}

// openHdf5(fd, path, maxChunkBytes, maxMetadataBytes, token)
Result<napi_value> OpenHdf5(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto fd, Uint32Arg(environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto path, StringArg(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto chunk, IndexArg(environment, call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto metadata, IndexArg(environment, call[3]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[4]));
  if (chunk < 0 || metadata < 0) {
    return absl::InvalidArgumentError("A limit is a number of bytes");
  }
  auto file = hdf5::reader::File::Open(static_cast<int>(fd),
                               {static_cast<uint64_t>(chunk),
                                static_cast<uint64_t>(metadata)});
  if (!file.ok()) return Hdf5Error(file.status());
  return PromiseOf(
      environment,
      OnHdf5Thread<std::shared_ptr<const hdf5::reader::Space>>(
          [file = *std::move(file)] { return OpenSpace(file); }),
      {token, [path] { return path; }},
      [path](Environment& environment,
             const std::shared_ptr<const hdf5::reader::Space>& space) {
        return MakeHandle(
            environment,
            Hdf5FileHandle{
                space, std::make_shared<hdf5::reader::Hierarchy>(*space), path});
      });
}

// dataset(address, path, token)
Result<napi_value> OpenDataset(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* file, Self<Hdf5FileHandle>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto address, IndexArg(environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto path, StringArg(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[2]));
  return PromiseOf(
      environment,
      OnHdf5Thread<std::shared_ptr<const hdf5::reader::Dataset>>(
          [space = file->space, address] {
            return hdf5::reader::Dataset::Open(*space, static_cast<uint64_t>(address));
          }),
      {token, [path] { return path; }},
      [path](Environment& environment,
             const std::shared_ptr<const hdf5::reader::Dataset>& dataset) {
        return MakeHandle(environment, Hdf5DatasetHandle{dataset, path});
      });
}

// bytesRead()
Result<napi_value> BytesRead(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* file, Self<Hdf5FileHandle>(call));
  return ToNumber(call.environment,
                  static_cast<double>(file->space->file().bytes_read()));
}

// close()
Result<napi_value> CloseFile(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* file, Self<Hdf5FileHandle>(call));
  file->space->shared_file()->Close();
  return ToUndefinedValue(call.environment);
}

JsResult Extents(Environment& environment,
                 const std::vector<uint64_t>& extents) {
  const std::vector<tensorstore::Index> indices(extents.begin(), extents.end());
  return ToIndexArray(environment, indices);
}

// info(): { dtype, itemBytes, fields, shape, chunks, storedBytes }
Result<napi_value> Info(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* handle, Self<Hdf5DatasetHandle>(call));
  const hdf5::reader::Dataset& dataset = *handle->dataset;
  const bool chunked = dataset.kind() == hdf5::reader::Dataset::Kind::kChunked;
  return ToObject(
      environment,
      {{"dtype", ToString(environment, dataset.type().name)},
       {"itemBytes", ToNumber(environment, dataset.type().size)},
       {"fields", Hdf5Fields(environment, dataset.type())},
       {"shape", Extents(environment, dataset.shape())},
       {"chunks", chunked ? Extents(environment, dataset.grid().chunk())
                          : ToNull(environment)},
       {"storedBytes",
        ToNumber(environment, static_cast<double>(dataset.stored_bytes()))}});
}

}  // namespace

const std::function<void(absl::AnyInvocable<void() &&>)>& Hdf5Threads() {
  // Never destroyed: its threads outlive static destruction (L10).
  static const auto* const threads =
      new std::function<void(absl::AnyInvocable<void() &&>)>(
          [pool = tensorstore::internal::DetachedThreadPool(
               std::max(1u, std::thread::hardware_concurrency()))](
              absl::AnyInvocable<void() &&> task) { pool(std::move(task)); });
  return *threads;
}

absl::Status Hdf5Error(absl::Status status) {
  switch (status.code()) {
    case absl::StatusCode::kAborted:
      return CodedError("STALE", status.message());
    case absl::StatusCode::kPermissionDenied:
      return CodedError("UNSAFE_PATH", status.message());
    case absl::StatusCode::kUnavailable:
      return CodedError("IO", status.message());
    default:
      return status;
  }
}

absl::Status RegisterHdf5Read(Environment& environment, napi_value exports) {
  TENSORSTORE_RETURN_IF_ERROR(
      AddFunction(environment, exports, "openHdf5", Invoke<OpenHdf5>));
  TENSORSTORE_RETURN_IF_ERROR(DefineHandle<Hdf5FileHandle>(
      environment, {{"root", Invoke<Hdf5Root>},
                    {"names", Invoke<Hdf5Names>},
                    {"child", Invoke<Hdf5Child>},
                    {"texts", Invoke<Hdf5Texts>},
                    {"dataset", Invoke<OpenDataset>},
                    {"stored", Invoke<Hdf5Stored>},
                    {"bytesRead", Invoke<BytesRead>},
                    {"close", Invoke<CloseFile>}}));
  TENSORSTORE_RETURN_IF_ERROR(RegisterHdf5Strings(environment));
  TENSORSTORE_RETURN_IF_ERROR(RegisterHdf5Object(environment));
  return DefineHandle<Hdf5DatasetHandle>(
      environment, {{"info", Invoke<Info>},
                    {"read", Invoke<Hdf5Read>},
                    {"readRuns", Invoke<Hdf5ReadRuns>},
                    {"readStrings", Invoke<Hdf5ReadStrings>}});
}

}  // namespace ats::node
