#include "engine/run_read.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/chunk_read.h"
#include "engine/read_plan.h"
#include "engine/windowed_read.h"
#include "tensorstore/batch.h"
#include "tensorstore/index_space/dim_expression.h"
#include "tensorstore/index_space/output_index_method.h"
#include "tensorstore/read_write_options.h"
#include "tensorstore/util/status.h"

namespace ats::engine {

using ::tensorstore::Future;
using ::tensorstore::Index;
using ::tensorstore::SharedArray;
using ::tensorstore::TensorStore;

namespace {

absl::Status CheckRuns(const std::vector<Run>& runs, Index begin, Index end,
                       Index room) {
  Index after = begin;
  for (const Run& run : runs) {
    if (run.count < 0 || run.start < after || run.count > end - after ||
        run.start > end - run.count) {
      return absl::OutOfRangeError(
          absl::StrCat("The run of ", run.count, " elements from ", run.start,
                       " is not behind ", after, " and before ", end));
    }
    if (run.place < 0 || run.count > room || run.place > room - run.count) {
      return absl::InvalidArgumentError(absl::StrCat(
          "A run of ", run.count, " elements does not fit at ", run.place,
          " of a target of ", room));
    }
    after = run.start + run.count;
  }
  return absl::OkStatus();
}

// The part [place, place + count) of a one-dimensional array.
SharedArray<void> Part(const SharedArray<void>& array, Index place,
                       Index count) {
  auto* data = static_cast<char*>(array.data()) + place * array.dtype().size();
  return {tensorstore::SharedElementPointer<void>(
              std::shared_ptr<void>(array.pointer(), data), array.dtype()),
          {count}};
}

class RunRead {
 public:
  RunRead(TensorStore<> store, RunPlan plan, SharedArray<void> target)
      : store_(std::move(store)),
        plan_(std::move(plan)),
        target_(std::move(target)) {}

  const RunPlan& plan() const { return plan_; }

  Future<void> ReadBlock(Index block) const {
    // What a block reads of one shard becomes one request.
    auto batch = tensorstore::Batch::New();
    std::vector<tensorstore::AnyFuture> parts;
    for (const Segment& segment : plan_.Block(block)) {
      parts.push_back(ReadSegment(segment, batch));
    }
    return tensorstore::WaitAllFuture(parts);
  }

 private:
  Future<void> ReadSegment(const Segment& segment,
                           const tensorstore::Batch& batch) const {
    const Index count = segment.end - segment.begin;
    const auto pieces = plan_.Pieces(segment);
    if (pieces.size() == 1) {
      return ReadInterval(segment, Part(target_, pieces[0].place, count),
                          batch);
    }
    const auto scratch = tensorstore::AllocateArray(
        {count}, tensorstore::c_order, tensorstore::default_init,
        store_.dtype());
    return tensorstore::MapFuture(
        tensorstore::InlineExecutor{},
        [target = target_, scratch, begin = segment.begin,
         pieces = std::vector<Run>(pieces.begin(), pieces.end())](
            const tensorstore::Result<void>& read)
            -> tensorstore::Result<void> {
          if (!read.ok()) return read;
          const size_t size = target.dtype().size();
          const char* from = static_cast<const char*>(scratch.data());
          char* to = static_cast<char*>(target.data());
          for (const Run& piece : pieces) {
            std::memcpy(to + piece.place * size,
                        from + (piece.start - begin) * size,
                        piece.count * size);
          }
          return tensorstore::MakeResult();
        },
        ReadInterval(segment, scratch, batch));
  }

  Future<void> ReadInterval(const Segment& segment, SharedArray<void> into,
                            const tensorstore::Batch& batch) const {
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto source,
        store_ | tensorstore::Dims(0).HalfOpenInterval(segment.begin,
                                                       segment.end));
    tensorstore::ReadOptions options;
    options.alignment_options = tensorstore::DomainAlignmentOptions::translate;
    options.batch = batch;
    return tensorstore::Read(std::move(source), std::move(into),
                             std::move(options));
  }

  const TensorStore<> store_;
  const RunPlan plan_;
  const SharedArray<void> target_;
};

}  // namespace

Future<void> ReadRuns(const TensorStore<>& store, std::vector<Run> runs,
                      SharedArray<void> target,
                      std::shared_ptr<core::BoundCheck> check) {
  if (store.rank() != 1 || target.rank() != 1 ||
      store.dtype() != target.dtype()) {
    return absl::InvalidArgumentError(
        "Runs are read of one dimension, into memory of the same element type");
  }
  const auto& handle = tensorstore::internal::TensorStoreAccess::handle(store);
  const auto map = handle.transform.output_index_maps()[0];
  if (handle.transform.output_rank() != 1 ||
      map.method() != tensorstore::OutputIndexMethod::single_input_dimension ||
      map.stride() != 1 || map.offset() != 0) {
    return absl::InvalidArgumentError(
        "Runs are read of a store as it was opened, not of a view");
  }
  const auto domain = store.domain()[0];
  TENSORSTORE_RETURN_IF_ERROR(CheckRuns(runs, domain.inclusive_min(),
                                        domain.exclusive_max(),
                                        target.shape()[0]));
  if (auto read = ReadChunkRuns(store, runs, target, std::move(check))) {
    return *std::move(read);
  }
  // Inner chunks, not shards: what is scattered must not decode a whole shard.
  const ChunkGrid grid = GridOf(store, 0);
  const auto read = std::make_shared<const RunRead>(
      store,
      RunPlan::Make(runs, grid.origin[0], grid.shape[0], store.dtype().size(),
                    kBlockBytes),
      std::move(target));
  const Index in_window =
      WindowBytes() / std::max<Index>(read->plan().bytes_per_block(), 1);
  return RunInWindow([read](Index block) { return read->ReadBlock(block); },
                     read->plan().size(), std::max(in_window, kMinBlocks));
}

}  // namespace ats::engine
