#include "engine/keep_pools.h"

#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>

#include "tensorstore/internal/data_copy_concurrency_resource.h"
#include "tensorstore/internal/file_io_concurrency_resource.h"

namespace ats::engine {
namespace {

using ::tensorstore::Context;
using ::tensorstore::internal::DataCopyConcurrencyResource;
using ::tensorstore::internal::FileIoConcurrencyResource;

constexpr size_t kKept = 256;

struct Pools {
  Context::Resource<DataCopyConcurrencyResource> data_copy;
  Context::Resource<FileIoConcurrencyResource> file_io;
};

}  // namespace

void KeepPools(const Context& context) {
  auto data_copy = context.GetResource<DataCopyConcurrencyResource>();
  auto file_io = context.GetResource<FileIoConcurrencyResource>();
  if (!data_copy.ok() || !file_io.ok()) return;
  // Never destroyed: pool threads outlive static destruction.
  static auto& mutex = *new std::mutex;
  static auto& kept = *new std::deque<Pools>;
  std::lock_guard lock(mutex);
  kept.push_back({*std::move(data_copy), *std::move(file_io)});
  if (kept.size() > kKept) kept.pop_front();
}

}  // namespace ats::engine
