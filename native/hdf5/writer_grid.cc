#include "hdf5/writer_grid.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "hdf5/writer_spec.h"

namespace ats::hdf5 {
namespace {

// The bytes between two neighbours along each axis of an array of `shape`.
std::vector<size_t> StridesOf(std::span<const uint64_t> shape,
                              size_t item_bytes) {
  std::vector<size_t> strides(shape.size());
  for (size_t axis = shape.size(); axis-- > 0;) {
    strides[axis] = item_bytes;
    item_bytes *= shape[axis];
  }
  return strides;
}

size_t OffsetOf(const Box& part, const Box& box,
                std::span<const size_t> strides) {
  size_t offset = 0;
  for (size_t axis = 0; axis < strides.size(); ++axis) {
    offset += (part.origin[axis] - box.origin[axis]) * strides[axis];
  }
  return offset;
}

struct Copy {
  std::span<const uint64_t> shape;
  std::span<const size_t> from_strides;
  std::span<const size_t> to_strides;
  // Axes from this one on are one run of bytes in both arrays.
  size_t run_axis;
  size_t run_bytes;

  void Run(size_t axis, const uint8_t* from, uint8_t* to) const {
    if (axis >= run_axis) {
      std::memcpy(to, from, run_bytes);
      return;
    }
    for (uint64_t i = 0; i < shape[axis]; ++i) {
      Run(axis + 1, from + i * from_strides[axis], to + i * to_strides[axis]);
    }
  }
};

}  // namespace

void CopyBox(const Box& part, size_t item_bytes, const Box& from_box,
             const uint8_t* from, const Box& to_box, uint8_t* to) {
  const std::vector<size_t> from_strides = StridesOf(from_box.shape, item_bytes);
  const std::vector<size_t> to_strides = StridesOf(to_box.shape, item_bytes);
  Copy copy{part.shape, from_strides, to_strides, part.shape.size(),
            item_bytes};
  while (copy.run_axis > 0) {
    const size_t axis = --copy.run_axis;
    copy.run_bytes *= part.shape[axis];
    const bool whole = part.shape[axis] == from_box.shape[axis] &&
                       part.shape[axis] == to_box.shape[axis];
    if (!whole) break;
  }
  copy.Run(0, from + OffsetOf(part, from_box, from_strides),
           to + OffsetOf(part, to_box, to_strides));
}

ChunkGrid::ChunkGrid(std::vector<uint64_t> shape, std::vector<uint64_t> chunks,
                     size_t item_bytes)
    : shape_(std::move(shape)),
      chunks_(std::move(chunks)),
      item_bytes_(item_bytes),
      chunk_bytes_(CountOf(chunks_) * item_bytes) {
  for (size_t axis = 0; axis < shape_.size(); ++axis) {
    counts_.push_back((shape_[axis] + chunks_[axis] - 1) / chunks_[axis]);
    count_ *= counts_.back();
  }
}

std::vector<uint64_t> ChunkGrid::OriginOf(uint64_t number) const {
  std::vector<uint64_t> origin(shape_.size());
  for (size_t axis = shape_.size(); axis-- > 0;) {
    origin[axis] = number % counts_[axis] * chunks_[axis];
    number /= counts_[axis];
  }
  return origin;
}

Box ChunkGrid::CellOf(uint64_t number) const {
  Box cell{OriginOf(number), chunks_};
  for (size_t axis = 0; axis < shape_.size(); ++axis) {
    cell.shape[axis] =
        std::min(chunks_[axis], shape_[axis] - cell.origin[axis]);
  }
  return cell;
}

void ChunkGrid::ForEach(
    const Box& box, const std::function<void(uint64_t number)>& visit) const {
  const size_t rank = shape_.size();
  std::vector<uint64_t> first(rank), last(rank);
  for (size_t axis = 0; axis < rank; ++axis) {
    if (box.shape[axis] == 0) return;
    first[axis] = box.origin[axis] / chunks_[axis];
    last[axis] = (box.origin[axis] + box.shape[axis] - 1) / chunks_[axis];
  }
  std::vector<uint64_t> at = first;
  for (;;) {
    uint64_t number = 0;
    for (size_t axis = 0; axis < rank; ++axis) {
      number = number * counts_[axis] + at[axis];
    }
    visit(number);
    size_t axis = rank;
    while (axis > 0 && at[axis - 1] == last[axis - 1]) {
      --axis;
      at[axis] = first[axis];
    }
    if (axis == 0) return;
    ++at[axis - 1];
  }
}

Box ChunkGrid::Overlap(uint64_t number, const Box& box) const {
  Box part = CellOf(number);
  for (size_t axis = 0; axis < shape_.size(); ++axis) {
    const uint64_t end =
        std::min(part.origin[axis] + part.shape[axis],
                 box.origin[axis] + box.shape[axis]);
    part.origin[axis] = std::max(part.origin[axis], box.origin[axis]);
    part.shape[axis] = end - part.origin[axis];
  }
  return part;
}

void ChunkGrid::CopyInto(uint64_t number, const BoxBytes& from,
                         uint8_t* chunk) const {
  CopyBox(Overlap(number, from.box), item_bytes_, from.box, from.bytes,
          {OriginOf(number), chunks_}, chunk);
}

const uint8_t* ChunkGrid::FindWhole(uint64_t number,
                                    const BoxBytes& from) const {
  const Box part = Overlap(number, from.box);
  if (part.shape != chunks_ ||
      !std::equal(chunks_.begin() + 1, chunks_.end(),
                  from.box.shape.begin() + 1)) {
    return nullptr;
  }
  const std::vector<size_t> strides = StridesOf(from.box.shape, item_bytes_);
  return from.bytes + OffsetOf(part, from.box, strides);
}

}  // namespace ats::hdf5
