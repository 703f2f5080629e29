#include "engine/string_array_write.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "core/parallel.h"
#include "tensorstore/internal/data_copy_concurrency_resource.h"
#include "tensorstore/internal/intrusive_ptr.h"
#include "tensorstore/kvstore/operations.h"
#include "tensorstore/kvstore/zarr3_sharding_indexed/shard_format.h"
#include "tensorstore/util/executor.h"
#include "tensorstore/util/status.h"

namespace ats::engine {

using ::tensorstore::Context;
using ::tensorstore::Future;
using ::tensorstore::Index;
using ::tensorstore::KvStore;
using ::tensorstore::Promise;
using ::tensorstore::ReadyFuture;
using ::tensorstore::Result;
using ::tensorstore::TimestampedStorageGeneration;
using ::tensorstore::internal::DataCopyConcurrencyResource;
namespace kvstore = ::tensorstore::kvstore;
namespace sharding = ::tensorstore::zarr3_sharding_indexed;

namespace {

using Pool = Context::Resource<DataCopyConcurrencyResource>;

const char* MeaningOf(core::FaultKind kind) {
  switch (kind) {
    case core::FaultKind::kTextLength:
      return "a text that is longer than its fixed length or ends with NUL";
    case core::FaultKind::kUtf8:
      return "a text that is not UTF-8";
    case core::FaultKind::kValueRange:
      return "more than 4 GiB of text in one chunk; choose smaller chunks";
    default:
      return "what memory cannot hold";
  }
}

// The cell of a grid of `shape` with the number `number` in C order.
Extents CellOf(Index number, const Extents& shape) {
  Extents cell(shape.size());
  for (size_t d = shape.size(); d-- > 0;) {
    cell[d] = number % shape[d];
    number /= shape[d];
  }
  return cell;
}

class StringWriter
    : public tensorstore::internal::AtomicReferenceCount<StringWriter> {
 public:
  using Ptr = tensorstore::internal::IntrusivePtr<StringWriter>;

  StringWriter(StringWriteRequest&& request, Pool pool, Promise<void> promise)
      : request_(std::move(request)),
        pool_(std::move(pool)),
        promise_(std::move(promise)),
        strides_(StridesOf(request_.shape)) {
    for (size_t d = 0; d < request_.shape.size(); ++d) {
      const Index stored = layout().stored()[d];
      first_.push_back(request_.origin[d] / stored);
      grid_.push_back((request_.shape[d] + stored - 1) / stored);
    }
    count_ = CountOf(grid_);
  }

  void Pump() {
    const Index most = 2 * std::max(1u, std::thread::hardware_concurrency());
    std::unique_lock lock(mutex_);
    while (next_ < count_ && status_.ok() && in_flight_ < most &&
           promise_.result_needed()) {
      ++in_flight_;
      // Adding a task never runs it.
      pool_->executor([self = Ptr(this), number = next_] {
        self->WriteOne(number);
      });
      ++next_;
    }
    if (in_flight_ > 0) return;
    const absl::Status status = status_;
    lock.unlock();
    promise_.SetResult(status.ok() ? tensorstore::MakeResult()
                                   : Result<void>(status));
  }

 private:
  const StringLayout& layout() const { return request_.layout; }

  void WriteOne(Index number) {
    Extents cell = CellOf(number, grid_);
    for (size_t d = 0; d < cell.size(); ++d) cell[d] += first_[d];
    const std::string key = layout().Key(cell);
    auto value = layout().shards ? EncodeShard(cell) : EncodeChunk(cell);
    if (!value.ok()) {
      return Finish(absl::Status(
          value.status().code(),
          absl::StrCat("The chunk \"", key, "\" of ", layout().path,
                       " would have ", value.status().message())));
    }
    auto written = kvstore::Write(request_.store, key, *std::move(value));
    written.Force();
    std::move(written).ExecuteWhenReady(
        [self = Ptr(this)](ReadyFuture<TimestampedStorageGeneration> ready) {
          self->Finish(ready.status());
        });
  }

  void Finish(const absl::Status& status) {
    {
      std::lock_guard lock(mutex_);
      --in_flight_;
      if (!status.ok() && status_.ok()) status_ = status;
    }
    Pump();
  }

  // The string at a place of the block. Looked at once more, because the memory
  // is JavaScript's and may have changed.
  std::string_view At(Index place) const {
    const auto& bytes = request_.block.bytes;
    return std::visit(
        [&](const auto& offsets) {
          const Index start = offsets[place], end = offsets[place + 1];
          return 0 <= start && start <= end && end <= bytes.size()
                     ? std::string_view(bytes.data() + start, end - start)
                     : std::string_view();
        },
        request_.block.offsets);
  }

  // The bytes of the chunk at `cell` of the grid of chunks.
  Result<absl::Cord> EncodeChunk(const Extents& cell) const {
    const size_t rank = cell.size();
    std::vector<std::string_view> texts(layout().chunk_count, layout().fill);
    Extents at(rank, 0), ends(rank);
    for (size_t d = 0; d < rank; ++d) {
      const Index start = cell[d] * layout().chunks[d] - request_.origin[d];
      ends[d] = std::min(layout().chunks[d], request_.shape[d] - start);
    }
    for (bool more = true; more;) {
      Index place = 0, stored = 0;
      for (size_t d = 0; d < rank; ++d) {
        place += (cell[d] * layout().chunks[d] - request_.origin[d] + at[d]) *
                 strides_[d];
        stored += at[d] * layout().chunk_strides[d];
      }
      texts[stored] = At(place);
      more = false;
      for (size_t d = rank; d-- > 0 && !more;) {
        more = ++at[d] < ends[d];
        if (!more) at[d] = 0;
      }
    }
    std::string bytes;
    const core::Fault fault = core::EncodeText(
        layout().text, layout().chunk_count,
        [&texts](int64_t i) { return texts[i]; }, bytes);
    if (!fault.ok()) {
      return absl::InvalidArgumentError(MeaningOf(fault.kind));
    }
    return layout().codecs.Encode(std::move(bytes));
  }

  // All chunks of the shard at `cell` of the grid of shards, on threads.
  Result<absl::Cord> EncodeShard(const Extents& cell) const {
    const StringShards& shards = *layout().shards;
    sharding::ShardEntries entries;
    const Index count = CountOf(shards.grid);
    entries.entries.resize(count);
    std::mutex mutex;
    absl::Status failed;
    const auto encode = [&](Index begin, Index end) {
      for (Index i = begin; i < end; ++i) {
        Extents chunk = CellOf(i, shards.grid);
        bool inside = true;
        for (size_t d = 0; d < chunk.size(); ++d) {
          chunk[d] += cell[d] * shards.grid[d];
          inside &= chunk[d] * layout().chunks[d] < layout().shape[d];
        }
        // What lies behind the array's end is not stored.
        if (!inside) continue;
        auto encoded = EncodeChunk(chunk);
        if (encoded.ok()) {
          entries.entries[i] = *std::move(encoded);
        } else {
          std::lock_guard lock(mutex);
          failed = encoded.status();
        }
      }
      return core::Ok();
    };
    const int threads = core::ThreadsFor(count * layout().chunk_count);
    const core::Fault fault = core::ParallelRanges(count, threads, encode);
    if (!failed.ok()) return failed;
    if (!fault.ok()) return absl::ResourceExhaustedError(MeaningOf(fault.kind));
    TENSORSTORE_ASSIGN_OR_RETURN(auto shard,
                                 sharding::EncodeShard(entries, shards.index));
    return *std::move(shard);
  }

  const StringWriteRequest request_;
  const Pool pool_;
  const Promise<void> promise_;
  // Of the block.
  const Extents strides_;
  // The part of the grid of stored keys that is written.
  Extents first_;
  Extents grid_;
  Index count_ = 0;

  std::mutex mutex_;
  // All guarded by mutex_.
  Index next_ = 0;
  Index in_flight_ = 0;
  absl::Status status_;
};

absl::Status CheckBlock(const StringWriteRequest& request) {
  const StringLayout& layout = request.layout;
  const size_t rank = layout.shape.size();
  if (request.origin.size() != rank || request.shape.size() != rank) {
    return absl::InvalidArgumentError(
        absl::StrCat("A block of ", layout.path, " needs its rank"));
  }
  for (size_t d = 0; d < rank; ++d) {
    const Index stored = layout.stored()[d], extent = layout.shape[d];
    const Index start = request.origin[d];
    if (start > extent || request.shape[d] > extent - start ||
        start % stored != 0 ||
        (request.shape[d] % stored != 0 &&
         start + request.shape[d] != extent)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "A block of ", layout.path, " covers part of a chunk along dimension ",
          d, "; write whole chunks of ", stored));
    }
  }
  return absl::OkStatus();
}

template <typename Offset>
bool AreOffsets(tensorstore::span<const Offset> offsets, Index count,
                Index bytes) {
  return offsets.size() == count + 1 && offsets.front() >= 0 &&
         offsets.back() <= bytes &&
         std::is_sorted(offsets.begin(), offsets.end());
}

}  // namespace

Future<void> WriteStrings(StringWriteRequest request) {
  TENSORSTORE_RETURN_IF_ERROR(CheckBlock(request));
  const Index count = CountOf(request.shape);
  const bool sound = std::visit(
      [&](const auto& offsets) {
        return AreOffsets(offsets, count, request.block.bytes.size());
      },
      request.block.offsets);
  if (!sound) {
    return absl::InvalidArgumentError(
        absl::StrCat("The offsets of a block of ", request.layout.path,
                     " must ascend within its bytes, one more than strings"));
  }
  if (count == 0) return tensorstore::MakeResult();
  TENSORSTORE_ASSIGN_OR_RETURN(
      Pool pool, request.context.GetResource<DataCopyConcurrencyResource>());
  auto [promise, future] =
      tensorstore::PromiseFuturePair<void>::Make(tensorstore::MakeResult());
  StringWriter::Ptr writer(
      new StringWriter(std::move(request), std::move(pool), promise));
  writer->Pump();
  return future;
}

}  // namespace ats::engine
