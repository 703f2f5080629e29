#include "engine/run_plan.h"

#include <algorithm>
#include <utility>

namespace ats::engine {

using ::tensorstore::Index;
using ::tensorstore::span;

class RunPlan::Builder {
 public:
  Builder(Index origin, Index chunk, Index element_bytes, Index block_bytes)
      : origin_(origin),
        chunk_(chunk),
        element_bytes_(element_bytes),
        block_bytes_(block_bytes) {}

  void Add(Run run) {
    if (run.count == 0) return;
    if (chunk_ <= 0) return Whole(run, run.count);
    // The parts of a chunk at either end may share it with other runs.
    const Index in_chunk = (run.start - origin_) % chunk_;
    if (in_chunk != 0 || run.count < chunk_) {
      Part(Cut(run, std::min(run.count, chunk_ - in_chunk)));
    }
    const Index step =
        std::max<Index>(block_bytes_ / (chunk_ * element_bytes_), 1) * chunk_;
    while (run.count >= chunk_) {
      const Index count = std::min(step, run.count / chunk_ * chunk_);
      Whole(Cut(run, count), count);
    }
    if (run.count > 0) Part(run);
  }

  RunPlan Finish() && {
    EndSegment();
    EndBlock();
    return std::move(plan_);
  }

 private:
  // Takes `count` elements from the front of `run`.
  static Run Cut(Run& run, Index count) {
    const Run front{run.start, count, run.place};
    run = {run.start + count, run.count - count, run.place + count};
    return front;
  }

  // A piece that has its chunks for itself.
  void Whole(const Run& piece, Index decoded) {
    EndSegment();
    Open(piece, decoded);
    EndSegment();
  }

  // A piece of one chunk, which further pieces may share.
  void Part(const Run& piece) {
    const Index chunk = (piece.start - origin_) / chunk_;
    if (open_ && chunk == open_chunk_) {
      plan_.pieces_.push_back(piece);
      plan_.segments_.back().end = piece.start + piece.count;
      return;
    }
    EndSegment();
    Open(piece, chunk_);
    open_chunk_ = chunk;
  }

  void Open(const Run& piece, Index decoded) {
    const Index bytes = decoded * element_bytes_;
    if (block_size_ > 0 && block_size_ + bytes > block_bytes_) EndBlock();
    block_size_ += bytes;
    plan_.pieces_.push_back(piece);
    const size_t at = plan_.pieces_.size() - 1;
    plan_.segments_.push_back(
        {piece.start, piece.start + piece.count, at, at});
    open_ = true;
  }

  void EndSegment() {
    if (open_) plan_.segments_.back().last = plan_.pieces_.size();
    open_ = false;
  }

  // Ends the block before what is added next.
  void EndBlock() {
    if (plan_.segments_.size() == plan_.blocks_.back()) return;
    plan_.blocks_.push_back(plan_.segments_.size());
    plan_.bytes_per_block_ = std::max(plan_.bytes_per_block_, block_size_);
    block_size_ = 0;
  }

  const Index origin_, chunk_, element_bytes_, block_bytes_;
  RunPlan plan_;
  Index block_size_ = 0;
  bool open_ = false;
  Index open_chunk_ = 0;
};

RunPlan RunPlan::Make(span<const Run> runs, Index origin, Index chunk,
                      Index element_bytes, Index block_bytes) {
  Builder builder(origin, chunk, element_bytes, block_bytes);
  for (const Run& run : runs) builder.Add(run);
  return std::move(builder).Finish();
}

span<const Segment> RunPlan::Block(Index block) const {
  return {segments_.data() + blocks_[block],
          static_cast<std::ptrdiff_t>(blocks_[block + 1] - blocks_[block])};
}

span<const Run> RunPlan::Pieces(const Segment& segment) const {
  return {pieces_.data() + segment.first,
          static_cast<std::ptrdiff_t>(segment.last - segment.first)};
}

}  // namespace ats::engine
