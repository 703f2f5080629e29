// Dataset::CopyStored: the bytes of a copy, part by part.
#include <algorithm>
#include <mutex>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hdf5/writer_copy.h"
#include "hdf5/writer_dataset.h"
#include "hdf5/writer_pipeline.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5 {

using ::tensorstore::Result;
using reader::ChunkEntry;
using reader::Layout;
using reader::StoredDataset;

namespace {

// What a run of chunks may hold in memory.
constexpr uint64_t kMostHeld = uint64_t{64} << 20;
// Slots of the pipeline for each thread.
constexpr uint64_t kHeldPerThread = 2;
// Contiguous bytes are moved in slabs of so many.
constexpr size_t kSlabBytes = size_t{4} << 20;

absl::Status Stopped() { return absl::CancelledError("The write was stopped"); }

// The first failure of several threads.
class FirstFailure {
 public:
  void Note(absl::Status status) {
    std::lock_guard lock(mutex_);
    if (status_.ok()) status_ = std::move(status);
  }
  absl::Status status() {
    std::lock_guard lock(mutex_);
    return status_;
  }

 private:
  std::mutex mutex_;
  absl::Status status_;  // guarded by mutex_
};

// Reads chunks as they are stored. One that cannot be read has no bytes, and
// `failure` says why.
class ChunkReader : public PieceMaker {
 public:
  ChunkReader(const reader::File& file, std::span<const ChunkEntry> entries,
              FirstFailure& failure)
      : file_(file), entries_(entries), failure_(failure) {}

  EncodedChunk Make(uint64_t index, std::vector<uint8_t>& out) override {
    const ChunkEntry& entry = entries_[index];
    out.resize(entry.size);
    absl::Status status =
        entry.size == 0
            ? absl::DataLossError("A chunk has no bytes")
            : file_.Read(entry.offset, std::as_writable_bytes(std::span(out)));
    if (status.ok()) return {out, entry.mask};
    failure_.Note(std::move(status));
    return {};
  }

 private:
  const reader::File& file_;
  const std::span<const ChunkEntry> entries_;
  FirstFailure& failure_;
};

}  // namespace

Result<uint64_t> Dataset::CopyStored(uint64_t first, uint64_t most,
                                     int threads) {
  if (!spec_.copied || first > spec_.copied->parts) {
    return absl::InvalidArgumentError(
        absl::StrCat(spec_.path, " has nothing more to copy"));
  }
  const Copied& copied = *spec_.copied;
  if (!copying_) return copied.parts;
  const reader::File& file = copied.from->space().file();
  auto next = first < copied.parts ? CopyParts(first, most, threads)
                                   : Result<uint64_t>(first);
  // What looks like damage may be another process's write.
  TENSORSTORE_RETURN_IF_ERROR(file.CheckUnchanged());
  if (!next.ok() || *next < copied.parts) return next;
  copying_ = false;
  left_ -= std::min(left_, copied.values);
  if (left_ == 0) {
    TENSORSTORE_RETURN_IF_ERROR(Finish());
  }
  return next;
}

Result<uint64_t> Dataset::CopyParts(uint64_t first, uint64_t most,
                                    int threads) {
  switch (spec_.copied->from->dataset()->layout.kind) {
    case Layout::Kind::kCompact:
      return CopyCompact();
    case Layout::Kind::kContiguous:
      return CopyBytes(first, most);
    case Layout::Kind::kChunked:
      return CopyChunks(first, most, threads);
  }
  return absl::InternalError("A layout of an unknown kind");
}

Result<uint64_t> Dataset::CopyCompact() {
  const auto& bytes = spec_.copied->from->dataset()->layout.compact;
  LibraryLock lock;
  if (H5Dwrite(dataset_.get(), type_.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT,
               bytes.data()) < 0) {
    return Failure("cannot be written");
  }
  return 1;
}

Result<uint64_t> Dataset::CopyBytes(uint64_t first, uint64_t most) {
  const Copied& copied = *spec_.copied;
  haddr_t target;
  {
    LibraryLock lock;
    target = H5Dget_offset(dataset_.get());
  }
  if (target == HADDR_UNDEF) return Failure("has no place in the file");
  const uint64_t end = first + std::min(most, copied.parts - first);
  std::vector<std::byte> slab(std::min<uint64_t>(kSlabBytes, end - first));
  for (uint64_t at = first; at < end; at += slab.size()) {
    if (output_.discarded()) return Stopped();
    const auto part =
        std::span(slab).first(std::min<uint64_t>(slab.size(), end - at));
    TENSORSTORE_RETURN_IF_ERROR(copied.from->space().file().Read(
        copied.from->dataset()->offset + at, part));
    if (!output_.Write(target + at, part.data(), part.size())) {
      return Failure("cannot be written");
    }
  }
  return end;
}

Result<uint64_t> Dataset::CopyChunks(uint64_t first, uint64_t most,
                                     int threads) {
  const Copied& copied = *spec_.copied;
  const StoredDataset& from = *copied.from->dataset();
  auto entries = std::span(from.index.entries())
                     .subspan(first, copied.parts - first);
  uint64_t bytes = 0, largest = 1, count = 0;
  while (count < entries.size() && (count == 0 || bytes < most)) {
    bytes += entries[count].size;
    largest = std::max<uint64_t>(largest, entries[count].size);
    ++count;
  }
  entries = entries.first(count);
  // An index of a newer file leaves out more filters than there are.
  const uint32_t all = MaskOfAll(from.filters.size());
  FirstFailure failure;
  const auto status = MakeAndPlace(
      count,
      static_cast<int>(std::clamp<uint64_t>(
          kMostHeld / (largest * kHeldPerThread), 1,
          static_cast<uint64_t>(std::max(threads, 1)))),
      [&] {
        return std::make_unique<ChunkReader>(copied.from->space().file(),
                                             entries, failure);
      },
      [&](uint64_t index, const EncodedChunk& chunk) {
        if (chunk.bytes.empty()) return failure.status();
        return PlaceAt(entries[index].number, {chunk.bytes, chunk.mask & all});
      });
  TENSORSTORE_RETURN_IF_ERROR(status);
  return first + count;
}

}  // namespace ats::hdf5
