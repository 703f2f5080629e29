// One read of a dataset: which chunks it touches, and how each of them is
// brought to its places in the result.
#ifndef ATS_HDF5_READ_PLAN_H_
#define ATS_HDF5_READ_PLAN_H_

#include <stdint.h>

#include <array>
#include <atomic>
#include <memory>
#include <span>
#include <vector>

#include "absl/status/status.h"
#include "core/bound_check.h"
#include "hdf5/axis_runs.h"
#include "hdf5/buffer.h"
#include "hdf5/dataset.h"

namespace ats::hdf5::reader {

/// What one thread needs while it reads; kept from unit to unit.
struct Scratch {
  Buffer stored;
  Buffer decoded;
  Buffer between;
};

/// Units of work are the touched chunks, in C order; they may be done in any
/// order and by several threads.
class ReadPlan {
 public:
  /// Reads what `axes` select, one per dimension of `dataset`, which is not
  /// null. `check`, where there is one, looks at everything that is read.
  ReadPlan(std::shared_ptr<const Dataset> dataset, std::vector<AxisRuns> axes,
           std::shared_ptr<core::BoundCheck> check = nullptr);

  const Dataset& dataset() const { return *dataset_; }
  uint64_t units() const { return units_; }
  /// Elements of the result.
  uint64_t targets() const { return targets_; }
  /// Bytes of the result.
  uint64_t target_bytes() const { return targets_ * dataset_->type().size; }

  /// Does the units [begin, end): fills their places in `out`, the whole
  /// result. Chunks that are neighbours in the file are read together, each is
  /// decoded once. Returns early, with success, once `stop` is set. kDataLoss
  /// where a chunk cannot be decoded.
  absl::Status Run(uint64_t begin, uint64_t end, std::byte* out,
                   Scratch& scratch, const std::atomic<bool>& stop) const;

 private:
  // One touched chunk.
  struct Unit {
    std::array<uint64_t, kMostDimensions> coordinates;
    std::array<std::span<const AxisRun>, kMostDimensions> runs;
    // What varies: dimensions behind `varying` are wanted whole and lie in the
    // result as they do in the chunk, `inner` bytes of them.
    size_t varying = 0;
    uint64_t inner = 0;
  };

  // A stored chunk that is wanted, and the unit that wants it.
  struct Wanted {
    const ChunkEntry* entry;
    uint64_t unit;
  };

  Unit UnitAt(uint64_t number) const;

  // Calls `use(from, to, bytes)` for every stretch of bytes of the chunk that
  // is one in the result too: its offset in the chunk and in the result.
  // Ascending by `from`.
  template <typename Use>
  void ForEachStretch(const Unit& unit, Use&& use) const;
  template <typename Use>
  void Visit(const Unit& unit, size_t dimension, uint64_t from, uint64_t to,
             Use& use) const;

  // Where the whole chunk lies in one piece of the result; false elsewhere.
  bool IsOnePiece(const Unit& unit, uint64_t& to) const;

  void Scatter(const Unit& unit, const std::byte* chunk, std::byte* out) const;
  void FillIn(const Unit& unit, std::byte* out) const;
  // Has `check_`, if any, look at what `unit` brought to `out`.
  void Check(const Unit& unit, const std::byte* out) const;
  absl::Status RunChunks(uint64_t begin, uint64_t end, std::byte* out,
                         Scratch& scratch, const std::atomic<bool>& stop) const;
  // How many of the first of `wanted`, which ascend in the file, are one piece
  // of the file and of the result, where that begins at `to`: 0 where they are
  // filtered, or so few that others are better read with them.
  size_t CountDirect(std::span<const Wanted> wanted, uint64_t& to) const;
  absl::Status ReadDirectly(std::span<const Wanted> chunks,
                            std::byte* out) const;
  // How many of the first of `wanted` are near enough to be read together.
  size_t CountNear(std::span<const Wanted> wanted) const;
  absl::Status RunGroup(std::span<const Wanted> group, std::byte* out,
                        Scratch& scratch, const std::atomic<bool>& stop) const;
  absl::Status Decode(const Wanted& wanted, std::span<const std::byte> stored,
                      std::byte* out, Scratch& scratch) const;
  absl::Status RunStretch(const Unit& unit, std::byte* out,
                          Scratch& scratch) const;

  std::shared_ptr<const Dataset> dataset_;
  std::vector<AxisRuns> axes_;
  std::shared_ptr<core::BoundCheck> check_;
  uint64_t units_ = 1;
  uint64_t targets_ = 1;
  // Bytes from one position to the next along each dimension.
  std::array<uint64_t, kMostDimensions> chunk_strides_{};
  std::array<uint64_t, kMostDimensions> target_strides_{};
  // An element that was never written, in the byte order of the result.
  std::vector<std::byte> fill_;
};

}  // namespace ats::hdf5::reader

#endif  // ATS_HDF5_READ_PLAN_H_
