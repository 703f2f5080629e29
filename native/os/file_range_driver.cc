#include "os/file_range_driver.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "core/reads_here.h"
#include "os/coded_error.h"
#include "os/file_bytes.h"
#include "os/read_guard.h"
#include "os/unpack.h"
#include "tensorstore/batch.h"
#include "tensorstore/internal/global_initializer.h"
#include "tensorstore/internal/metrics/counter.h"
#include "tensorstore/internal/metrics/metadata.h"
#include "tensorstore/internal/metrics/registry.h"
#include "tensorstore/kvstore/batch_util.h"
#include "tensorstore/kvstore/byte_range.h"
#include "tensorstore/util/span.h"
#include "tensorstore/util/status.h"
#include "tensorstore/util/status_builder.h"

namespace ats::os {

using ::tensorstore::ByteRange;
using ::tensorstore::OptionalByteRangeRequest;
using ::tensorstore::Result;
using ::tensorstore::TimestampedStorageGeneration;
using ::tensorstore::kvstore::ReadResult;

namespace {

namespace batch = ::tensorstore::internal_kvstore_batch;

ABSL_CONST_INIT tensorstore::internal_metrics::Counter<int64_t> bytes_read;

TENSORSTORE_GLOBAL_INITIALIZER {
  tensorstore::internal_metrics::GetMetricRegistry().Register(
      &bytes_read, tensorstore::internal_metrics::MetricMetadata(
                       "/tensorstore/kvstore/ats/bytes_read",
                       "Bytes read from files by the stores of this package"));
}

using BatchReadBase =
    batch::BatchReadEntry<FileRangeDriver, batch::ByteRangeGenerationReadRequest,
                          /*key=*/std::string>;

// All reads of one value that are sent together.
class BatchRead final : public BatchReadBase {
 public:
  using BatchReadBase::BatchReadBase;
  using Ptr = ::tensorstore::internal::IntrusivePtr<BatchRead>;

  void Submit(BatchReadBase::Ptr self, tensorstore::Batch::View) final {
    if (request_batch.requests.empty()) return;
    auto read = ::tensorstore::internal::static_pointer_cast<BatchRead>(
        std::move(self));
    if (core::ReadsHere::OnThisThread()) return ReadHere(std::move(read));
    driver().executor()([read = std::move(read)]() mutable {
      if (read->Locate()) ReadLocated(std::move(read));
    });
  }

 private:
  // The key, without what guards it.
  std::string_view name() const { return split().key; }

  GuardedKey split() const {
    return SplitGuard(std::get<std::string>(batch_entry_key));
  }

  // On this thread, if the value is in memory; else as any other.
  static void ReadHere(Ptr self) {
    if (!self->Locate()) return;
    auto& requests = self->request_batch.requests;
    if (requests.size() == 1 && !self->range_.packed) {
      const ByteRange range = requests[0].byte_range.AsByteRange();
      auto bytes = ReadCachedFile(self->range_.file->get(), self->Stored(range));
      if (bytes) {
        CountBytesRead(range.size());
        requests[0].promise.SetResult(self->Guarded(*std::move(bytes), range));
        return;
      }
    }
    auto& driver = self->driver();
    driver.executor()(
        [self = std::move(self)]() mutable { ReadLocated(std::move(self)); });
  }

  // Finds the value. False where that answers all requests.
  bool Locate() {
    auto& requests = request_batch.requests;
    stamp_.time = absl::Now();
    auto found = driver().Find(name());
    if (!found.ok()) {
      batch::SetCommonResult(requests, std::move(found).status());
      return false;
    }
    if (!*found) {
      batch::SetCommonResult(requests, ReadResult::Missing(stamp_.time));
      return false;
    }
    range_ = **std::move(found);
    stamp_.generation = range_.generation;
    size_ = range_.packed ? range_.packed->size : range_.size;
    RefuseGuarded();
    batch::ValidateGenerationsAndByteRanges(requests, stamp_, size_);
    return !requests.empty();
  }

  static void ReadLocated(Ptr self) {
    const auto& packed = self->range_.packed;
    if (packed && (packed->deflated || self->HasWholeRead())) {
      self->ReadPacked();
    } else {
      ReadRanges(std::move(self));
    }
  }

  // Answers the requests that the guard refuses, and drops them.
  void RefuseGuarded() {
    auto& requests = request_batch.requests;
    const auto refused = [&](const Request& request) {
      absl::Status status =
          split().guard.CheckRequest(request.byte_range, size_, name());
      if (status.ok()) return false;
      request.promise.SetResult(std::move(status));
      return true;
    };
    requests.erase(std::remove_if(requests.begin(), requests.end(), refused),
                   requests.end());
  }

  bool HasWholeRead() const {
    for (const auto& request : request_batch.requests) {
      if (request.byte_range.AsByteRange().size() == size_) return true;
    }
    return false;
  }

  // The whole value is read and checked, whatever part of it is asked for.
  void ReadPacked() {
    auto stored = ReadStored({0, range_.size});
    auto value = stored.ok() ? Unpack(*std::move(stored), *range_.packed, name())
                             : std::move(stored);
    if (!value.ok()) {
      return batch::SetCommonResult(request_batch.requests, value.status());
    }
    for (auto& request : request_batch.requests) {
      const ByteRange part = request.byte_range.AsByteRange();
      request.promise.SetResult(
          Guarded(value->Subcord(part.inclusive_min, part.size()), part));
    }
  }

  // Each range by itself, ranges that touch in one read.
  static void ReadRanges(Ptr self) {
    auto& requests = self->request_batch.requests;
    if (requests.size() == 1) {
      requests[0].promise.SetResult(
          self->ReadRange(requests[0].byte_range.AsByteRange()));
      return;
    }
    batch::CoalescingOptions options;
    options.max_extra_read_bytes = 255;
    batch::ForEachCoalescedRequest<Request>(
        requests, options,
        [&](OptionalByteRangeRequest together,
            tensorstore::span<Request> parts) {
          self->driver().executor()([self, range = together.AsByteRange(),
                                     parts] {
            auto value = self->ReadStored(range);
            if (!value.ok()) {
              return batch::SetCommonResult(parts, std::move(value).status());
            }
            for (auto& request : parts) {
              const ByteRange part = request.byte_range.AsByteRange();
              request.promise.SetResult(self->Guarded(value->Subcord(
                  part.inclusive_min - range.inclusive_min, part.size()), part));
            }
          });
        });
  }

  Result<ReadResult> ReadRange(ByteRange range) {
    TENSORSTORE_ASSIGN_OR_RETURN(auto value, ReadStored(range));
    return Guarded(std::move(value), range);
  }

  Result<ReadResult> Guarded(absl::Cord value, ByteRange part) {
    TENSORSTORE_RETURN_IF_ERROR(
        split().guard.CheckPart(value, part, size_, name()));
    return ReadResult::Value(std::move(value), stamp_);
  }

  // Where a part of the value is in the file.
  ByteRange Stored(ByteRange part) const {
    return {part.inclusive_min + range_.offset,
            part.exclusive_max + range_.offset};
  }

  // A part of the value as it is stored.
  Result<absl::Cord> ReadStored(ByteRange part) {
    if (part.size() == 0) return absl::Cord();
    TENSORSTORE_ASSIGN_OR_RETURN(auto bytes,
                                 ReadFile(range_.file->get(), Stored(part)),
                                 _.Format("Reading %s", name()));
    CountBytesRead(static_cast<int64_t>(bytes.size()));
    return bytes;
  }

  TimestampedStorageGeneration stamp_;
  FileRange range_;
  // Of the value.
  int64_t size_ = 0;
};

}  // namespace

tensorstore::Future<ReadResult> FileRangeDriver::Read(
    tensorstore::kvstore::Key key, tensorstore::kvstore::ReadOptions options) {
  auto [promise, future] = tensorstore::PromiseFuturePair<ReadResult>::Make();
  BatchRead::MakeRequest<BatchRead>(
      *this, {std::move(key)}, options.batch, options.staleness_bound,
      BatchRead::Request{std::move(promise), options.byte_range,
                         std::move(options.generation_conditions)});
  return std::move(future);
}

absl::Status ClosedError(std::string_view path) {
  return CodedError("CLOSED",
                    absl::StrCat(path, " was read after it was closed."));
}

void CountBytesRead(int64_t bytes) { bytes_read.IncrementBy(bytes); }

}  // namespace ats::os
