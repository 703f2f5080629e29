#include "node/hdf5_strings.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <utility>

#include "hdf5/fixed_strings.h"
#include "hdf5/read_job.h"
#include "node/args.h"
#include "node/array_view.h"
#include "node/hdf5_read.h"
#include "node/hdf5_selection.h"
#include "node/promise_bridge.h"
#include "node/values.h"

namespace ats::node {

using ::tensorstore::Index;
using ::tensorstore::Promise;
using ::tensorstore::Result;
using ::tensorstore::SharedArray;

using StringsPtr = std::shared_ptr<const hdf5::reader::Strings>;

namespace {

Result<StringsPtr> Resolve(const hdf5::reader::Space& space,
                           const hdf5::reader::ElementType& type,
                           std::span<const std::byte> elements,
                           uint64_t max_bytes) {
  try {
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto strings,
        type.fixed ? hdf5::reader::CutStrings(type, elements, max_bytes)
                   : hdf5::reader::ResolveStrings(space, elements, max_bytes));
    return std::make_shared<const hdf5::reader::Strings>(std::move(strings));
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError("Not enough memory for the strings");
  }
}

// Reads the elements that `plan` selects: texts of a fixed length, or references
// and then what they refer to.
tensorstore::Future<StringsPtr> StartStrings(hdf5::reader::ReadPlan plan, int threads,
                                             uint64_t max_bytes) {
  const size_t bytes = plan.target_bytes();
  const std::shared_ptr<std::byte[]> elements(
      new (std::nothrow) std::byte[bytes]);
  if (elements == nullptr) {
    return absl::ResourceExhaustedError("Not enough memory for the strings");
  }
  auto [promise, future] = tensorstore::PromiseFuturePair<StringsPtr>::Make();
  auto job = hdf5::reader::ReadJob::Start(
      plan, elements, threads, Hdf5Threads(),
      [promise, elements, bytes, max_bytes,
       plan](absl::Status status) mutable {
        if (!promise.result_needed()) return;
        auto result = status.ok()
                          ? Resolve(plan.dataset().space(), plan.dataset().type(),
                                    {elements.get(), bytes}, max_bytes)
                          : Result<StringsPtr>(std::move(status));
        if (!result.ok()) result = Hdf5Error(result.status());
        promise.SetResult(std::move(result));
      });
  promise.ExecuteWhenNotNeeded([job = std::move(job)] { job->Cancel(); });
  return std::move(future);
}

// sizes(): { count, byteLength }
Result<napi_value> Sizes(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* handle, Self<Hdf5StringsHandle>(call));
  Environment& environment = call.environment;
  const auto number = [&](size_t value) {
    return ToNumber(environment, static_cast<double>(value));
  };
  return ToObject(environment,
                  {{"count", number(handle->strings->offsets.size() - 1)},
                   {"byteLength", number(handle->strings->bytes.size())}});
}

// fill(offsets, bytes, token)
Result<napi_value> Fill(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* handle, Self<Hdf5StringsHandle>(call));
  const StringsPtr strings = handle->strings;
  const auto count = static_cast<Index>(strings->offsets.size());
  const auto size = static_cast<Index>(strings->bytes.size());
  const bool narrow = size <= std::numeric_limits<int32_t>::max();
  const Index offset_shape[] = {count};
  const Index byte_shape[] = {size};
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto offsets,
      ArrayOver(environment, call[0],
                narrow ? tensorstore::DataType(tensorstore::dtype_v<int32_t>)
                       : tensorstore::DataType(tensorstore::dtype_v<int64_t>),
                offset_shape, tensorstore::ContiguousLayoutOrder::c));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto bytes, ArrayOver(environment, call[1], tensorstore::dtype_v<uint8_t>,
                            byte_shape, tensorstore::ContiguousLayoutOrder::c));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[2]));
  auto [promise, future] = tensorstore::PromiseFuturePair<void>::Make();
  // The arrays keep JavaScript's memory pinned until the task has ended (L4).
  Hdf5Threads()([strings, offsets, bytes, narrow,
                 promise = std::move(promise)] {
    const auto& from = strings->offsets;
    if (narrow) {
      std::copy(from.begin(), from.end(), static_cast<int32_t*>(offsets.data()));
    } else {
      std::copy(from.begin(), from.end(), static_cast<int64_t*>(offsets.data()));
    }
    std::copy(strings->bytes.begin(), strings->bytes.end(),
              static_cast<char*>(bytes.data()));
    promise.SetResult(tensorstore::MakeResult());
  });
  return PromiseOf(environment, std::move(future),
                   {token, [path = handle->path] { return path; }},
                   ToUndefined());
}

}  // namespace

// readStrings(axes, maxBytes, threads, token)
Result<napi_value> Hdf5ReadStrings(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* handle, Self<Hdf5DatasetHandle>(call));
  const auto& dataset = handle->dataset;
  if (!dataset->type().is_text()) {
    return absl::InvalidArgumentError("This dataset holds no strings");
  }
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto axes, Hdf5SelectionArg(environment, call[0], dataset->shape()));
  TENSORSTORE_ASSIGN_OR_RETURN(auto most, IndexArg(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto threads, Uint32Arg(environment, call[2]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[3]));
  std::string path = handle->path;
  return PromiseOf(
      environment,
      StartStrings(hdf5::reader::ReadPlan(dataset, std::move(axes)),
                   static_cast<int>(threads), static_cast<uint64_t>(most)),
      {token, [path] { return path; }},
      [path](Environment& environment, const StringsPtr& strings) {
        return MakeHandle(environment, Hdf5StringsHandle{strings, path});
      });
}

// texts(elements, itemBytes, fixed, padding, maxBytes, token): the strings that
// elements of a field stand for, of which a copy is taken.
Result<napi_value> Hdf5Texts(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto* file, Self<Hdf5FileHandle>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto bytes, BytesOf(environment, call[0]));
  hdf5::reader::ElementType type{"string", 0, 0};
  TENSORSTORE_ASSIGN_OR_RETURN(type.size, Uint32Arg(environment, call[1]));
  ATS_NAPI(napi_get_value_bool(environment.env(), call[2], &type.fixed));
  TENSORSTORE_ASSIGN_OR_RETURN(auto padding, Uint32Arg(environment, call[3]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto most, IndexArg(environment, call[4]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token, NumberArg(environment, call[5]));
  if (type.size == 0 || padding > 2) {
    return absl::InvalidArgumentError("Texts have a size and a padding");
  }
  type.padding = static_cast<hdf5::reader::Padding>(padding);
  std::vector<std::byte> elements(bytes.size);
  if (bytes.size > 0) std::memcpy(elements.data(), bytes.data, bytes.size);
  return PromiseOf(
      environment,
      OnHdf5Thread<StringsPtr>([space = file->space, type, most,
                                elements = std::move(elements)] {
        return Resolve(*space, type, elements, static_cast<uint64_t>(most));
      }),
      {token, [path = file->path] { return path; }},
      [path = file->path](Environment& environment, const StringsPtr& strings) {
        return MakeHandle(environment, Hdf5StringsHandle{strings, path});
      });
}

absl::Status RegisterHdf5Strings(Environment& environment) {
  return DefineHandle<Hdf5StringsHandle>(
      environment, {{"sizes", Invoke<Sizes>}, {"fill", Invoke<Fill>}});
}

}  // namespace ats::node
