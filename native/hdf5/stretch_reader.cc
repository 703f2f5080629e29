#include "hdf5/stretch_reader.h"

#include <algorithm>
#include <cstring>

#include "hdf5/codecs.h"

namespace ats::hdf5::reader {
namespace {

// Gaps up to this many bytes are read over: as fast as another system call.
constexpr uint64_t kGapBytes = uint64_t{16} << 10;
constexpr uint64_t kGroupBytes = uint64_t{1} << 20;
constexpr size_t kGroupSize = 4096;

}  // namespace

void StretchReader::Add(uint64_t from, uint64_t to, uint64_t bytes) {
  const uint64_t end = from + bytes;
  if (!group_.empty() &&
      (from > end_ + kGapBytes || end - group_.front().from > kGroupBytes ||
       group_.size() == kGroupSize)) {
    Flush();
  }
  end_ = group_.empty() ? end : std::max(end_, end);
  group_.push_back({from, to, bytes});
}

void StretchReader::Flush() {
  if (!status_.ok()) group_.clear();
  if (group_.empty()) return;
  const uint64_t begin = group_.front().from;
  if (group_.size() == 1) {
    // Straight into its place.
    status_ = file_.Read(origin_ + begin,
                         {out_ + group_[0].to, group_[0].bytes});
  } else {
    const auto bytes = buffer_.Get(end_ - begin);
    status_ = file_.Read(origin_ + begin, bytes);
    for (const Stretch& stretch : group_) {
      std::memcpy(out_ + stretch.to, bytes.data() + (stretch.from - begin),
                  stretch.bytes);
    }
  }
  if (swap_ > 1) {
    for (const Stretch& stretch : group_) {
      SwapBytes({out_ + stretch.to, stretch.bytes}, swap_);
    }
  }
  group_.clear();
}

absl::Status StretchReader::Finish() {
  Flush();
  return status_;
}

}  // namespace ats::hdf5::reader
