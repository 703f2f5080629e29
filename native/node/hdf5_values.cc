// Reading the numbers of an HDF5 dataset into JavaScript's memory.
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "core/huge_pages.h"
#include "hdf5/read_job.h"
#include "node/args.h"
#include "node/array_view.h"
#include "node/bound_proof.h"
#include "node/hdf5_read.h"
#include "node/hdf5_selection.h"
#include "node/promise_bridge.h"

namespace ats::node {

using ::tensorstore::Future;
using ::tensorstore::Index;
using ::tensorstore::Result;

namespace {

// The future is ready when nothing writes to `target` any more; dropping it
// stops the read.
Future<void> StartRead(hdf5::reader::ReadPlan plan, std::shared_ptr<std::byte[]> target,
                       int threads) {
  auto [promise, future] =
      tensorstore::PromiseFuturePair<void>::Make(tensorstore::MakeResult());
  auto job = hdf5::reader::ReadJob::Start(
      std::move(plan), std::move(target), threads, Hdf5Threads(),
      [promise](absl::Status status) {
        promise.SetResult(status.ok()
                              ? tensorstore::MakeResult()
                              : Result<void>(Hdf5Error(std::move(status))));
      });
  promise.ExecuteWhenNotNeeded([job = std::move(job)] { job->Cancel(); });
  return std::move(future);
}

// The memory of the typed array `value`, pinned (L4), which `plan` must fill
// exactly or, with `places` given, has that many elements.
Result<std::shared_ptr<std::byte[]>> TargetArg(Environment& environment,
                                               napi_value value,
                                               uint64_t bytes) {
  const Index shape[] = {static_cast<Index>(bytes)};
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto array,
      ArrayOver(environment, value, tensorstore::dtype_v<uint8_t>, shape,
                tensorstore::ContiguousLayoutOrder::c));
  auto owner = array.pointer();
  return std::shared_ptr<std::byte[]>(
      owner, static_cast<std::byte*>(static_cast<void*>(array.data())));
}

absl::Status CheckNumeric(const hdf5::reader::Dataset& dataset) {
  if (!dataset.type().is_text()) return absl::OkStatus();
  return absl::InvalidArgumentError("Strings are read by readStrings");
}

Result<std::span<const double>> Numbers(Environment& environment,
                                        napi_value value) {
  napi_typedarray_type type;
  size_t length;
  void* data;
  ATS_NAPI(napi_get_typedarray_info(environment.env(), value, &type, &length,
                                    &data, nullptr, nullptr));
  if (type != napi_float64_array) {
    return absl::InvalidArgumentError("Runs are given as Float64Arrays");
  }
  return std::span(static_cast<const double*>(data), length);
}

}  // namespace

// read(axes, target, fresh, threads, token)
Result<napi_value> Hdf5Read(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* handle, Self<Hdf5DatasetHandle>(call));
  TENSORSTORE_RETURN_IF_ERROR(CheckNumeric(*handle->dataset));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto axes,
      Hdf5SelectionArg(environment, call[0], handle->dataset->shape()));
  hdf5::reader::ReadPlan plan(handle->dataset, std::move(axes));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto target, TargetArg(environment, call[1], plan.target_bytes()));
  bool fresh = false;
  ATS_NAPI(napi_get_value_bool(environment.env(), call[2], &fresh));
  TENSORSTORE_ASSIGN_OR_RETURN(auto threads, Uint32Arg(environment, call[3]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[4]));
  if (fresh) core::AdviseHugePages(target.get(), plan.target_bytes());
  return PromiseOf(environment,
                   StartRead(std::move(plan), std::move(target),
                             static_cast<int>(threads)),
                   {token, [path = handle->path] { return path; }},
                   ToUndefined());
}

// readRuns(starts, counts, places, target, fresh, below, threads, token)
Result<napi_value> Hdf5ReadRuns(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* handle, Self<Hdf5DatasetHandle>(call));
  const auto& dataset = handle->dataset;
  TENSORSTORE_RETURN_IF_ERROR(CheckNumeric(*dataset));
  if (dataset->shape().size() != 1) {
    return absl::InvalidArgumentError("Runs are of one dimension");
  }
  TENSORSTORE_ASSIGN_OR_RETURN(auto starts, Numbers(environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto counts, Numbers(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto places, Numbers(environment, call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto bytes, BytesOf(environment, call[3]));
  const uint64_t size = bytes.size / dataset->type().size;
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto runs, hdf5::reader::AxisRuns::Make(starts, counts, places,
                                      dataset->shape()[0], size));
  TENSORSTORE_ASSIGN_OR_RETURN(auto target,
                               TargetArg(environment, call[3], bytes.size));
  bool fresh = false;
  ATS_NAPI(napi_get_value_bool(environment.env(), call[4], &fresh));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto check,
      BoundCheckArg(environment, call[5], dataset->type().size));
  TENSORSTORE_ASSIGN_OR_RETURN(auto threads, Uint32Arg(environment, call[6]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[7]));
  if (fresh) core::AdviseHugePages(target.get(), bytes.size);
  std::vector<hdf5::reader::AxisRuns> axes;
  axes.push_back(std::move(runs));
  hdf5::reader::ReadPlan plan(dataset, std::move(axes), check);
  const auto count = static_cast<int64_t>(plan.targets());
  return PromiseOf(environment,
                   StartRead(std::move(plan), std::move(target),
                             static_cast<int>(threads)),
                   {token, [path = handle->path] { return path; }},
                   ToProof{std::move(check), count});
}

}  // namespace ats::node
