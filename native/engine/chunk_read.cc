#include "engine/chunk_read.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "core/reads_here.h"
#include "core/spread.h"
#include "engine/chunk_axis.h"
#include "engine/chunk_bytes.h"
#include "engine/scratch.h"
#include "engine/selected_part.h"
#include "engine/stored_chunks.h"
#include "engine/string_layout.h"
#include "engine/view_maps.h"
#include "engine/windowed_read.h"
#include "tensorstore/batch.h"
#include "tensorstore/kvstore/driver.h"
#include "tensorstore/kvstore/operations.h"
#include "tensorstore/kvstore/read_result.h"
#include "tensorstore/util/status.h"

namespace ats::engine {

using ::tensorstore::Future;
using ::tensorstore::Index;
using ::tensorstore::Result;
using ::tensorstore::SharedArray;
using ::tensorstore::span;
using ::tensorstore::TensorStore;
using ::tensorstore::kvstore::ReadResult;

namespace {

constexpr Index kMostTasks = 256;

using BoundCheckPtr = std::shared_ptr<core::BoundCheck>;

class ChunkRead {
 public:
  ChunkRead(StoredChunks chunks, std::vector<ChunkAxis> axes,
            std::vector<Index> out_strides, SharedArray<void> target,
            BoundCheckPtr check)
      : chunks_(std::move(chunks)),
        axes_(std::move(axes)),
        out_strides_(std::move(out_strides)),
        target_(std::move(target)),
        check_(std::move(check)),
        item_(target_.dtype().size()),
        order_(axes_.size()) {
    std::iota(order_.begin(), order_.end(), size_t{0});
    std::sort(order_.begin(), order_.end(), [&](size_t a, size_t b) {
      return chunks_.strides[a] > chunks_.strides[b];
    });
    Plan();
  }

  // Divides the touched chunks of each shard into tasks that decode about
  // kBlockBytes; without shards, each chunk is one.
  void Plan() {
    groups_ = 1;
    for (const ChunkAxis& axis : axes_) groups_ *= axis.group_count();
    if (!chunks_.is_sharded) return;
    const Index most = std::max<Index>(kBlockBytes / chunk_bytes(), 1);
    for (Index group = 0; group < groups_; ++group) {
      const Pieces pieces = PiecesOf(group);
      for (Index begin = 0; begin < pieces.count; begin += most) {
        tasks_.push_back({group, begin, std::min(begin + most, pieces.count)});
      }
    }
  }

  Index tasks() const {
    return chunks_.is_sharded ? static_cast<Index>(tasks_.size()) : groups_;
  }

  Index chunk_bytes() const {
    return CountOf(chunks_.shape) * static_cast<Index>(item_);
  }

  Index task_bytes() const {
    return chunks_.is_sharded ? std::max(kBlockBytes, chunk_bytes())
                              : std::max<Index>(chunk_bytes(), 1);
  }

  static Future<void> Run(std::shared_ptr<const ChunkRead> self, Index index) {
    if (!self->chunks_.is_sharded) {
      const Pieces pieces = self->PiecesOf(index);
      auto store = self->chunks_.store(self->CellOf(pieces.begin));
      return ReadAlone(std::move(self), std::move(store), pieces.begin);
    }
    const Task task = self->tasks_[index];
    const Pieces pieces = self->PiecesOf(task.group);
    auto shard = self->CellOf(pieces.begin);
    for (size_t d = 0; d < shard.size(); ++d) {
      shard[d] /= self->chunks_.per_shard[d];
    }
    const auto store = self->chunks_.store(shard);
    // What is read of one shard becomes few requests, and its index one.
    tensorstore::kvstore::ReadOptions options;
    options.batch = tensorstore::Batch::New();
    auto [promise, future] = tensorstore::PromiseFuturePair<void>::Make(
        tensorstore::MakeResult());
    for (Index piece = task.begin; piece < task.end; ++piece) {
      auto part = ReadInShard(self, store, pieces.At(piece), options);
      part.Force();
      // Ready when all of them are, whether one fails or not.
      std::move(part).ExecuteWhenReady(
          [promise = promise](tensorstore::ReadyFuture<void> ready) {
            if (ready.status().ok()) return;
            tensorstore::SetDeferredResult(promise, ready.result());
          });
    }
    return std::move(future);
  }

 private:
  struct Task {
    Index group, begin, end;
  };

  // The touched chunks under one key: along each dimension those of the
  // pieces [begin, end).
  struct Pieces {
    std::vector<Index> begin, end;
    Index count;

    std::vector<Index> At(Index index) const {
      std::vector<Index> at(begin.size());
      for (size_t d = begin.size(); d-- > 0;) {
        const Index extent = end[d] - begin[d];
        at[d] = begin[d] + index % extent;
        index /= extent;
      }
      return at;
    }
  };

  Pieces PiecesOf(Index group) const {
    const size_t rank = axes_.size();
    Pieces pieces{std::vector<Index>(rank), std::vector<Index>(rank), 1};
    for (size_t d = rank; d-- > 0;) {
      const Index count = axes_[d].group_count();
      const auto [begin, end] = axes_[d].group(group % count);
      group /= count;
      pieces.begin[d] = begin;
      pieces.end[d] = end;
      pieces.count *= end - begin;
    }
    return pieces;
  }

  std::vector<Index> CellOf(const std::vector<Index>& pieces) const {
    std::vector<Index> cell(pieces.size());
    for (size_t d = 0; d < cell.size(); ++d) cell[d] = axes_[d].Cell(pieces[d]);
    return cell;
  }

  // Reads a chunk that is stored by itself, on the thread that decodes it where
  // that need not wait: its bytes are in the processor's cache then.
  static Future<void> ReadAlone(std::shared_ptr<const ChunkRead> self,
                                tensorstore::kvstore::DriverPtr store,
                                std::vector<Index> pieces) {
    auto [promise, future] =
        tensorstore::PromiseFuturePair<void>::Make(tensorstore::MakeResult());
    const tensorstore::Executor executor = self->chunks_.executor;
    executor([self = std::move(self), store = std::move(store),
              pieces = std::move(pieces),
              promise = std::move(promise)]() mutable {
      if (!promise.result_needed()) return;
      const tensorstore::Executor executor = self->chunks_.executor;
      std::string key = self->chunks_.key(self->CellOf(pieces));
      auto place = [self = std::move(self), store,
                          pieces = std::move(pieces),
                          key](const Result<ReadResult>& read) {
        return self->PlaceOf(*store, key, pieces, read);
      };
      Future<ReadResult> stored;
      {
        const core::ReadsHere here;
        stored = store->Read(std::move(key), {});
      }
      if (stored.ready()) {
        promise.SetResult(place(stored.result()));
        return;
      }
      tensorstore::LinkResult(
          std::move(promise),
          tensorstore::MapFuture(executor, std::move(place),
                                 std::move(stored)));
    });
    return std::move(future);
  }

  static Future<void> ReadInShard(std::shared_ptr<const ChunkRead> self,
                                  tensorstore::kvstore::DriverPtr store,
                                  std::vector<Index> pieces,
                                  tensorstore::kvstore::ReadOptions options) {
    std::vector<Index> cell = self->CellOf(pieces);
    for (size_t d = 0; d < cell.size(); ++d) {
      cell[d] %= self->chunks_.per_shard[d];
    }
    std::string key = self->chunks_.key(cell);
    auto stored = store->Read(key, std::move(options));
    const tensorstore::Executor executor = self->chunks_.executor;
    return tensorstore::MapFuture(
        executor,
        [self = std::move(self), store = std::move(store),
         pieces = std::move(pieces),
         key = std::move(key)](const Result<ReadResult>& read) {
          return self->PlaceOf(*store, key, pieces, read);
        },
        std::move(stored));
  }

  // Places what was read of `key` in `store`, or says what failed.
  Result<void> PlaceOf(tensorstore::kvstore::Driver& store,
                       const std::string& key,
                       const std::vector<Index>& pieces,
                       const Result<ReadResult>& read) const {
    absl::Status status = read.ok() ? Place(pieces, *read) : read.status();
    if (status.ok()) return tensorstore::MakeResult();
    return store.AnnotateError(key, "reading", status);
  }

  absl::Status Place(const std::vector<Index>& pieces,
                     const ReadResult& read) const {
    const core::Spread spread;
    const auto item = static_cast<Index>(item_);
    std::vector<SelectedPart::Entries> outer;
    for (size_t i = 0; i + 1 < order_.size(); ++i) {
      const size_t d = order_[i];
      outer.push_back(axes_[d].Entries(pieces[d]));
      for (auto& [out, in] : outer.back()) {
        out *= out_strides_[d];
        in *= chunks_.strides[d] * item;
      }
    }
    SelectedPart::Stretches inner = {{0, 0, 1}};
    Index out_step = item;
    if (!order_.empty()) {
      const size_t d = order_.back();
      inner = axes_[d].Stretches(pieces[d]);
      out_step = out_strides_[d];
      for (auto& stretch : inner) {
        stretch.out *= out_step;
        stretch.in *= item;
      }
    }
    const SelectedPart selected(std::move(outer), std::move(inner), item, out_step);
    auto* const to = static_cast<char*>(target_.data());
    TENSORSTORE_RETURN_IF_ERROR(PlaceSelected(selected, read, to));
    if (check_ == nullptr) return absl::OkStatus();
    return selected.ForEachRow([&](Index out, Index) {
      selected.CheckRow(*check_, to + out);
      return absl::OkStatus();
    });
  }

  absl::Status PlaceSelected(const SelectedPart& selected, const ReadResult& read,
                             char* to) const {
    if (!read.has_value()) {
      return selected.ForEachRow([&](Index out, Index) {
        selected.FillRow(chunks_.fill, to + out);
        return absl::OkStatus();
      });
    }
    const auto size = static_cast<size_t>(chunk_bytes());
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto chunk, ChunkBytes::Open(chunks_.codec, read.value, size));
    if (chunk.in_place() != nullptr) {
      return CopyRows(selected, chunk.in_place(), to);
    }
    if (selected.IsWhole(chunks_.shape)) {
      return chunk.Decode(0, size, to + selected.FirstOut());
    }
    const Scratch<ChunkRead> scratch(size);
    return selected.ForEachRow([&](Index out, Index in) -> absl::Status {
      TENSORSTORE_RETURN_IF_ERROR(
          selected.DecodeRow(chunk, in, scratch.data()));
      selected.CopyRow(scratch.data() + in, to + out);
      return absl::OkStatus();
    });
  }

  static absl::Status CopyRows(const SelectedPart& selected, const char* from,
                               char* to) {
    return selected.ForEachRow([&](Index out, Index in) {
      selected.CopyRow(from + in, to + out);
      return absl::OkStatus();
    });
  }

  const StoredChunks chunks_;
  const std::vector<ChunkAxis> axes_;
  // Of the target, in bytes.
  const std::vector<Index> out_strides_;
  const SharedArray<void> target_;
  // Null where nobody asks.
  const BoundCheckPtr check_;
  const size_t item_;
  // Dimensions, the one whose neighbours are nearest in a chunk last.
  std::vector<size_t> order_;
  // How many keys are read from.
  Index groups_ = 1;
  // Empty without shards.
  std::vector<Task> tasks_;
};

// Numbers whose bytes are as good as any others: not booleans.
bool IsNumber(tensorstore::DataType dtype) {
  using Id = tensorstore::DataTypeId;
  constexpr Id kNumbers[] = {
      Id::int8_t,    Id::uint8_t,     Id::int16_t,  Id::uint16_t,
      Id::int32_t,   Id::uint32_t,    Id::int64_t,  Id::uint64_t,
      Id::float16_t, Id::bfloat16_t,  Id::float32_t, Id::float64_t,
      Id::complex64_t, Id::complex128_t};
  return std::find(std::begin(kNumbers), std::end(kNumbers), dtype.id()) !=
         std::end(kNumbers);
}

// The chunks of a store of such numbers as `target` has.
std::optional<StoredChunks> NumbersFor(const TensorStore<>& store,
                                       const SharedArray<void>& target) {
  if (store.dtype() != target.dtype() || !IsNumber(target.dtype())) {
    return std::nullopt;
  }
  return StoredChunksOf(store);
}

Future<void> ReadAxes(StoredChunks chunks, std::vector<ChunkAxis> axes,
                      std::vector<Index> out_strides,
                      const SharedArray<void>& target, BoundCheckPtr check) {
  const auto read = std::make_shared<const ChunkRead>(
      std::move(chunks), std::move(axes), std::move(out_strides), target,
      std::move(check));
  const Index window =
      std::clamp(WindowBytes() / read->task_bytes(), kMinBlocks, kMostTasks);
  return RunInWindow([read](Index task) { return ChunkRead::Run(read, task); },
                     read->tasks(), window);
}

}  // namespace

std::optional<Future<void>> ReadChunks(const TensorStore<>& view,
                                       const SharedArray<void>& target) {
  auto chunks = NumbersFor(view, target);
  if (!chunks) return std::nullopt;
  auto dimensions = OuterSelection(
      tensorstore::internal::TensorStoreAccess::handle(view).transform);
  if (!dimensions) return std::nullopt;
  if (target.num_elements() == 0) {
    return Future<void>(tensorstore::MakeResult());
  }
  std::vector<ChunkAxis> axes;
  std::vector<Index> out_strides;
  for (size_t d = 0; d < dimensions->size(); ++d) {
    auto& [selection, input] = (*dimensions)[d];
    const Index chunk = chunks->shape[d];
    // The view is within the array's bounds.
    auto axis =
        ChunkAxis::Make(std::move(selection), tensorstore::kMaxFiniteIndex,
                        chunk, chunk * chunks->per_shard[d]);
    if (!axis.ok()) return std::nullopt;
    axes.push_back(*std::move(axis));
    out_strides.push_back(input < 0 ? 0 : target.byte_strides()[input]);
  }
  return ReadAxes(*std::move(chunks), std::move(axes), std::move(out_strides),
                  target, /*check=*/nullptr);
}

std::optional<Future<void>> ReadChunkRuns(const TensorStore<>& store,
                                          span<const Run> runs,
                                          const SharedArray<void>& target,
                                          BoundCheckPtr check) {
  auto chunks = NumbersFor(store, target);
  if (!chunks) return std::nullopt;
  const Index chunk = chunks->shape[0];
  auto axis = ChunkAxis::OfRuns(runs, chunk, chunk * chunks->per_shard[0]);
  if (!axis.ok()) return std::nullopt;
  return ReadAxes(*std::move(chunks), {*std::move(axis)},
                  {target.byte_strides()[0]}, target, std::move(check));
}

}  // namespace ats::engine
