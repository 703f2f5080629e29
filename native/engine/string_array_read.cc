#include "engine/string_array_read.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tensorstore/batch.h"
#include "tensorstore/internal/data_copy_concurrency_resource.h"
#include "tensorstore/internal/intrusive_ptr.h"
#include "tensorstore/kvstore/operations.h"
#include "tensorstore/kvstore/read_result.h"
#include "tensorstore/kvstore/zarr3_sharding_indexed/key.h"
#include "tensorstore/kvstore/zarr3_sharding_indexed/zarr3_sharding_indexed.h"
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
using ::tensorstore::internal::DataCopyConcurrencyResource;
namespace kvstore = ::tensorstore::kvstore;
namespace sharding = ::tensorstore::zarr3_sharding_indexed;

namespace {

using ColumnPtr = std::shared_ptr<StringColumn>;
using ConstColumnPtr = std::shared_ptr<const StringColumn>;
using Pool = Context::Resource<DataCopyConcurrencyResource>;

// Enough that the disk and every thread have something to do.
Index MaxInFlight() {
  return std::max<Index>(8, 4 * std::thread::hardware_concurrency());
}

// Steps through the product of `ends`, the last place fastest. False at its
// end.
bool Advance(std::vector<Index>& at, const std::vector<Index>& begins,
             const std::vector<Index>& ends) {
  for (size_t d = at.size(); d-- > 0;) {
    if (++at[d] < ends[d]) return true;
    at[d] = begins[d];
  }
  return false;
}

const char* MeaningOf(core::FaultKind kind) {
  switch (kind) {
    case core::FaultKind::kTextCount:
      return "says another number of strings than it has, at string ";
    case core::FaultKind::kTextLength:
      return "has a string that ends behind it: string ";
    case core::FaultKind::kUtf8:
      return "has text that is not UTF-8: string ";
    default:
      return "is cut, or has bytes left over, at string ";
  }
}

// One fetched chunk.
struct Chunk {
  std::vector<Index> pieces;
  // For errors.
  std::string name;
};

class StringReader
    : public tensorstore::internal::AtomicReferenceCount<StringReader> {
 public:
  using Ptr = tensorstore::internal::IntrusivePtr<StringReader>;

  StringReader(StringReadRequest&& request, Pool pool, ColumnPtr column,
               Promise<ConstColumnPtr> promise)
      : store_(std::move(request.store)),
        pool_(std::move(pool)),
        missing_is_corrupt_(request.missing_is_corrupt),
        limits_(request.limits),
        column_(std::move(column)),
        promise_(std::move(promise)),
        next_(column_->axes().size(), 0) {
    for (const ChunkAxis& axis : column_->axes()) {
      groups_.push_back(axis.group_count());
    }
    // Texts without length are not stored, and need not be looked for.
    const core::TextFormat& text = layout().text;
    done_ = column_->count() == 0 ||
            (text.kind != core::TextFormat::Kind::kVariable &&
             text.length == 0);
  }

  // Starts reads while there is room. One thread does so at a time; others
  // leave what they have changed for it to see.
  void Pump() {
    std::unique_lock lock(mutex_);
    if (pumping_) return;
    pumping_ = true;
    while (!done_ && status_.ok() && in_flight_ < MaxInFlight()) {
      const std::vector<Index> groups = next_;
      done_ = !Advance(next_, std::vector<Index>(next_.size(), 0), groups_);
      ++in_flight_;
      lock.unlock();
      Start(groups);
      lock.lock();
      Finish(lock, absl::OkStatus());
    }
    pumping_ = false;
    if (in_flight_ > 0) return;
    const absl::Status status = status_;
    lock.unlock();
    // Does nothing when it was done, or nobody waits any more.
    if (status.ok()) {
      promise_.SetResult(ConstColumnPtr(column_));
    } else {
      promise_.SetResult(status);
    }
  }

 private:
  const StringLayout& layout() const { return column_->layout(); }

  // Reads the chunks of one key of the store.
  void Start(const std::vector<Index>& groups) {
    const size_t rank = groups.size();
    std::vector<Index> begins, ends, cell;
    for (size_t d = 0; d < rank; ++d) {
      const ChunkAxis& axis = column_->axes()[d];
      const auto [begin, end] = axis.group(groups[d]);
      begins.push_back(begin);
      ends.push_back(end);
      cell.push_back(axis.Cell(begin));
      if (layout().shards) cell[d] /= layout().shards->grid[d];
    }
    const std::string key = layout().Key(cell);
    if (!layout().shards) {
      Fetch({std::move(begins), absl::StrCat("The chunk \"", key, "\" of ",
                                             layout().path)},
            kvstore::Read(store_, key));
      return;
    }
    const KvStore shard(sharding::GetShardedKeyValueStore(
        {store_.driver, store_.path + key, pool_->executor,
         /*cache_pool=*/{}, layout().shards->index}));
    // The chunks become few requests, and the index one.
    kvstore::ReadOptions options;
    options.batch = tensorstore::Batch::New();
    std::vector<Index> pieces = begins;
    do {
      std::vector<Index> inner;
      for (size_t d = 0; d < rank; ++d) {
        inner.push_back(column_->axes()[d].Cell(pieces[d]) %
                        layout().shards->grid[d]);
      }
      Fetch({pieces, absl::StrCat("The chunk (", absl::StrJoin(inner, ", "),
                                  ") of the shard \"", key, "\" of ",
                                  layout().path)},
            kvstore::Read(shard, sharding::IndicesToKey(inner), options));
    } while (Advance(pieces, begins, ends));
  }

  void Fetch(Chunk chunk, Future<kvstore::ReadResult> read) {
    {
      std::lock_guard lock(mutex_);
      ++in_flight_;
    }
    read.Force();
    std::move(read).ExecuteWhenReady(
        [self = Ptr(this), chunk = std::move(chunk)](
            ReadyFuture<kvstore::ReadResult> ready) mutable {
          // A copy: the task may let the reader go while it is being added.
          const tensorstore::Executor executor = self->pool_->executor;
          executor([self = std::move(self), chunk = std::move(chunk),
                    ready = std::move(ready)]() mutable {
            const absl::Status status = self->Decode(chunk, ready.result());
            ready = {};
            {
              std::unique_lock lock(self->mutex_);
              self->Finish(lock, status);
            }
            self->Pump();
          });
        });
  }

  void Finish(std::unique_lock<std::mutex>&, const absl::Status& status) {
    --in_flight_;
    if (!status.ok() && status_.ok()) status_ = status;
  }

  absl::Status Decode(Chunk& chunk, const Result<kvstore::ReadResult>& read) {
    if (!promise_.result_needed()) {
      return absl::CancelledError("Nobody waits for it any more");
    }
    if (!read.ok()) return Named(chunk, read.status());
    if (!read->has_value() && missing_is_corrupt_) {
      return Named(chunk, absl::DataLossError("is missing"));
    }
    core::TextChunk text;
    if (read->has_value()) {
      auto bytes = layout().codecs.Decode(read->value, limits_.max_chunk_bytes);
      if (!bytes.ok()) return Named(chunk, bytes.status());
      const core::Fault fault =
          core::DecodeText(layout().text, layout().chunk_count,
                           *std::move(bytes), text);
      if (!fault.ok()) {
        return Named(chunk, absl::DataLossError(absl::StrCat(
                                MeaningOf(fault.kind), fault.position)));
      }
    }
    auto kept = column_->Take(std::move(chunk.pieces), std::move(text),
                              !read->has_value());
    std::lock_guard lock(mutex_);
    column_->Add(std::move(kept));
    if (column_->byte_length() + 4 * column_->count() >
        limits_.max_read_bytes) {
      return absl::ResourceExhaustedError(absl::StrCat(
          layout().path, " has more text than ", limits_.max_read_bytes,
          " bytes; raise maxReadBytes, or select less"));
    }
    return absl::OkStatus();
  }

  // What codecs and shards say of stored bytes as if they were arguments is
  // damage.
  absl::Status Named(const Chunk& chunk, const absl::Status& status) {
    const bool damage = absl::IsInvalidArgument(status) ||
                        absl::IsFailedPrecondition(status) ||
                        absl::IsOutOfRange(status);
    absl::Status named(damage ? absl::StatusCode::kDataLoss : status.code(),
                       absl::StrCat(chunk.name, " ", status.message()));
    status.ForEachPayload([&](absl::string_view type, const absl::Cord& value) {
      named.SetPayload(type, value);
    });
    return named;
  }

  const KvStore store_;
  const Pool pool_;
  const bool missing_is_corrupt_;
  const StringLimits limits_;
  const ColumnPtr column_;
  const Promise<ConstColumnPtr> promise_;
  // How many keys of the store are touched along each dimension.
  std::vector<Index> groups_;

  std::mutex mutex_;
  // All guarded by mutex_, and the column's Add.
  std::vector<Index> next_;
  Index in_flight_ = 0;
  bool pumping_ = false;
  bool done_ = false;
  absl::Status status_;
};

}  // namespace

Future<ConstColumnPtr> ReadStrings(StringReadRequest request) {
  const StringLayout& layout = request.layout;
  const size_t rank = layout.shape.size();
  if (request.selection.size() != rank) {
    return absl::InvalidArgumentError(
        absl::StrCat(layout.path, " needs one selection for each dimension"));
  }
  std::vector<ChunkAxis> axes;
  for (size_t d = 0; d < rank; ++d) {
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto axis, ChunkAxis::Make(std::move(request.selection[d]),
                                    layout.shape[d], layout.chunks[d],
                                    layout.stored()[d]));
    axes.push_back(std::move(axis));
  }
  TENSORSTORE_ASSIGN_OR_RETURN(
      ColumnPtr column,
      StringColumn::Make(std::move(axes), std::move(request.layout)));
  if (column->count() > request.limits.max_read_bytes / 4) {
    return absl::ResourceExhaustedError(absl::StrCat(
        column->layout().path, " has ", column->count(),
        " strings, which need more than ", request.limits.max_read_bytes,
        " bytes; raise maxReadBytes, or select less"));
  }
  TENSORSTORE_ASSIGN_OR_RETURN(
      Pool pool, request.context.GetResource<DataCopyConcurrencyResource>());
  auto [promise, future] =
      tensorstore::PromiseFuturePair<ConstColumnPtr>::Make();
  StringReader::Ptr reader(new StringReader(std::move(request), std::move(pool),
                                            std::move(column), promise));
  reader->Pump();
  return future;
}

}  // namespace ats::engine
