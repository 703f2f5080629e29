// Streams that misbehave on purpose, and helpers, for the tests beside this.
#ifndef ATS_TEST_RIEGELI_STREAMS_H_
#define ATS_TEST_RIEGELI_STREAMS_H_

#include <stddef.h>
#include <stdint.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/cord.h"
#include "riegeli/base/types.h"
#include "riegeli/bytes/reader.h"
#include "riegeli/bytes/writer.h"

namespace riegeli_test {

// Gives its bytes in pieces of `piece` bytes where nobody asks for more, cannot
// go back, knows no size, and fails at its end where `failure` is set.
class DripReader : public riegeli::Reader {
 public:
  DripReader(std::string data, size_t piece,
             std::optional<absl::Status> failure = std::nullopt)
      : data_(std::move(data)), piece_(piece), failure_(std::move(failure)) {}

 protected:
  bool PullSlow(size_t min_length, size_t) override {
    const size_t pos = static_cast<size_t>(this->pos());
    const size_t left = data_.size() - pos;
    const size_t length = std::min(left, std::max(piece_, min_length));
    set_buffer(data_.data() + pos, length);
    set_limit_pos(pos + length);
    if (length >= min_length) return true;
    if (failure_.has_value()) {
      move_cursor(length);
      Fail(*failure_);
    }
    return false;
  }

 private:
  std::string data_;
  size_t piece_;
  std::optional<absl::Status> failure_;
};

// Endless zeros up to `size`, without the memory for them.
class ZeroReader : public riegeli::Reader {
 public:
  explicit ZeroReader(riegeli::Position size)
      : size_(size), block_(size_t{1} << 20, '\0') {}

  bool SupportsRewind() override { return true; }
  bool SupportsSize() override { return true; }

 protected:
  bool PullSlow(size_t min_length, size_t) override {
    return Show(pos(), min_length);
  }
  bool SeekSlow(riegeli::Position new_pos) override {
    Show(std::min(new_pos, size_), 0);
    return new_pos <= size_;
  }
  std::optional<riegeli::Position> SizeImpl() override { return size_; }

 private:
  bool Show(riegeli::Position pos, size_t min_length) {
    if (block_.size() < min_length) block_.resize(min_length);
    const size_t length = static_cast<size_t>(
        std::min<riegeli::Position>(size_ - pos, block_.size()));
    set_buffer(block_.data(), length);
    set_limit_pos(pos + length);
    return length >= min_length;
  }

  riegeli::Position size_;
  std::string block_;
};

// Counts what is written, and fails where `limit` is passed.
class CountingWriter : public riegeli::Writer {
 public:
  explicit CountingWriter(std::optional<riegeli::Position> limit = std::nullopt)
      : limit_(limit), block_(size_t{1} << 20, '\0') {}

 protected:
  bool PushSlow(size_t min_length, size_t) override {
    if (limit_.has_value() && pos() + min_length > *limit_) {
      return Fail(absl::ResourceExhaustedError("disk full"));
    }
    set_start_pos(pos());
    if (block_.size() < min_length) block_.resize(min_length);
    size_t length = block_.size();
    if (limit_.has_value()) {
      length = static_cast<size_t>(
          std::min<riegeli::Position>(length, *limit_ - start_pos()));
    }
    set_buffer(block_.data(), length);
    return true;
  }

 private:
  std::optional<riegeli::Position> limit_;
  std::string block_;
};

// `data` as a Cord of pieces of `piece` bytes, which Abseil does not merge.
inline absl::Cord Fragmented(std::string_view data, size_t piece) {
  absl::Cord cord;
  for (size_t i = 0; i < data.size(); i += piece) {
    auto* bytes = new std::string(data.substr(i, piece));
    cord.Append(absl::MakeCordFromExternal(*bytes, [bytes] { delete bytes; }));
  }
  return cord;
}

// Bytes that compress a little: runs, a counter, and noise.
inline std::string Sample(size_t size) {
  std::string data(size, '\0');
  uint32_t state = 12345;
  for (size_t i = 0; i < size; ++i) {
    state = state * 1664525 + 1013904223;
    data[i] = static_cast<char>(i % 7 < 5 ? i / 64 : state >> 24);
  }
  return data;
}

}  // namespace riegeli_test

#endif  // ATS_TEST_RIEGELI_STREAMS_H_
