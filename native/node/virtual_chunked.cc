// virtualChunked(): an array whose chunks JavaScript makes and takes.
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "node/args.h"
#include "node/array_view.h"
#include "node/handles.h"
#include "node/values.h"
#include "tensorstore/array.h"
#include "tensorstore/kvstore/generation.h"
#include "tensorstore/schema.h"
#include "tensorstore/serialization/function.h"
#include "tensorstore/util/future.h"
#include "tensorstore/virtual_chunked.h"

namespace ats::node {

using ::tensorstore::dynamic_rank;
using ::tensorstore::offset_origin;
using ::tensorstore::Result;
using ::tensorstore::TimestampedStorageGeneration;

/// A chunk that JavaScript is asked for, or given. TensorStore owns its memory
/// until the request is settled, which happens once: whoever comes later, such
/// as JavaScript after the teardown of its environment, changes nothing.
class ChunkRequest {
 public:
  using Chunk = tensorstore::Array<void, dynamic_rank, offset_origin>;
  using Promise = tensorstore::Promise<TimestampedStorageGeneration>;

  ChunkRequest(Chunk chunk, Promise promise)
      : chunk_(std::move(chunk)), promise_(std::move(promise)) {}
  ~ChunkRequest() {
    Settle(CodedError("INTERNAL", "A chunk was given up without an answer"));
  }

  /// Ends the request. Any thread.
  void Settle(const absl::Status& status) {
    {
      std::lock_guard lock(mutex_);
      if (std::exchange(settled_, true)) return;
    }
    // Not under the mutex: what waits for the chunk goes on from here.
    if (status.ok()) {
      promise_.SetResult(TimestampedStorageGeneration{
          tensorstore::StorageGeneration::FromString(""), asked_});
    } else {
      promise_.SetResult(status);
    }
  }

  /// Makes `bytes`, values in C order, the content of the chunk; or fails where
  /// they are not as many as it has.
  absl::Status Fill(const Bytes& bytes) {
    return WithValues(bytes, [&](auto values) {
      tensorstore::CopyArray(values, chunk_);
    });
  }

  /// Copies the content of the chunk to `bytes`, in C order.
  absl::Status CopyTo(const Bytes& bytes) {
    return WithValues(
        bytes, [&](auto values) { tensorstore::CopyArray(chunk_, values); });
  }

  auto domain() const { return chunk_.domain(); }

 private:
  template <typename Use>
  absl::Status WithValues(const Bytes& bytes, Use use) {
    std::lock_guard lock(mutex_);
    if (settled_) return absl::OkStatus();
    const auto dtype = chunk_.dtype();
    const tensorstore::Index wanted = chunk_.num_elements() * dtype.size();
    if (bytes.size != static_cast<size_t>(wanted)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "The values of a chunk have ", bytes.size, " bytes, not the ", wanted,
          " that its shape and type ask for"));
    }
    // With the chunk's own origin: both then have one domain.
    tensorstore::SharedArray<void, dynamic_rank, offset_origin> values(
        tensorstore::SharedElementPointer<void>(
            std::shared_ptr<void>(std::shared_ptr<void>(), bytes.data), dtype),
        tensorstore::StridedLayout<dynamic_rank, offset_origin>(
            tensorstore::c_order, dtype.size(), chunk_.domain()));
    values.element_pointer() = tensorstore::AddByteOffset(
        values.element_pointer(), -values.layout().origin_byte_offset());
    use(values);
    return absl::OkStatus();
  }

  std::mutex mutex_;
  bool settled_ = false;  // guarded by mutex_
  const Chunk chunk_;
  const Promise promise_;
  // As old as what it is answered with may be: a cache goes by it.
  const absl::Time asked_ = absl::Now();
};

using ChunkRequestPtr = std::shared_ptr<ChunkRequest>;

template <>
struct HandleTraits<ChunkRequestPtr> {
  static constexpr char name[] = "NativeChunkRequest";
  static constexpr napi_type_tag tag = {0x5a1f0c6e93b24d17, 0xa0e1d2c3b4a59609};
};

namespace {

// Calls the JavaScript function that was kept as `callback` with a request.
void CallJavaScript(Environment& environment, uint64_t callback,
                    const ChunkRequestPtr& request, bool write) {
  const auto call = [&]() -> absl::Status {
    TENSORSTORE_ASSIGN_OR_RETURN(napi_value function,
                                 environment.Callback(callback));
    const auto domain = request->domain();
    napi_value arguments[4], undefined, ignored;
    TENSORSTORE_ASSIGN_OR_RETURN(arguments[0],
                                 MakeHandle(environment, request));
    TENSORSTORE_ASSIGN_OR_RETURN(arguments[1], ToBoolean(environment, write));
    TENSORSTORE_ASSIGN_OR_RETURN(arguments[2],
                                 ToIndexArray(environment, domain.origin()));
    TENSORSTORE_ASSIGN_OR_RETURN(arguments[3],
                                 ToIndexArray(environment, domain.shape()));
    ATS_NAPI(napi_get_undefined(environment.env(), &undefined));
    ATS_NAPI(napi_call_function(environment.env(), undefined, function, 4,
                                arguments, &ignored));
    return absl::OkStatus();
  };
  if (const absl::Status status = call(); !status.ok()) {
    napi_value ignored;
    napi_get_and_clear_last_exception(environment.env(), &ignored);
    request->Settle(status);
  }
}

// The function of one array, and the requests to it that are open. TensorStore
// holds it; its environment ends what is open before it dies (L5).
class ChunkSource : public Closeable {
 public:
  ChunkSource(std::shared_ptr<CompletionQueue> queue, uint64_t callback)
      : queue_(std::move(queue)), callback_(callback) {}
  ~ChunkSource() override {
    queue_->Push([callback = callback_](Environment& environment) {
      environment.DropCallback(callback);
    });
  }

  tensorstore::Future<TimestampedStorageGeneration> Ask(
      ChunkRequest::Chunk chunk, bool write) {
    auto [promise, future] =
        tensorstore::PromiseFuturePair<TimestampedStorageGeneration>::Make();
    auto request =
        std::make_shared<ChunkRequest>(std::move(chunk), std::move(promise));
    {
      std::lock_guard lock(mutex_);
      if (closed_) return Ended();
      if (open_.size() >= prune_at_) {
        std::erase_if(open_, [](const auto& weak) { return weak.expired(); });
        prune_at_ = 2 * open_.size() + kPruneAtLeast;
      }
      open_.push_back(request);
    }
    queue_->Push([callback = callback_, request = std::move(request),
                  write](Environment& environment) {
      CallJavaScript(environment, callback, request, write);
    });
    return future;
  }

  void CloseForTeardown() override {
    std::vector<std::weak_ptr<ChunkRequest>> open;
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
      open.swap(open_);
    }
    for (auto& weak : open) {
      if (auto request = weak.lock()) request->Settle(Ended());
    }
  }

 private:
  static constexpr size_t kPruneAtLeast = 64;

  static absl::Status Ended() {
    return CodedError("CLOSED", "The thread that makes the chunks has ended");
  }

  const std::shared_ptr<CompletionQueue> queue_;
  const uint64_t callback_;
  std::mutex mutex_;
  bool closed_ = false;                            // guarded by mutex_
  std::vector<std::weak_ptr<ChunkRequest>> open_;  // guarded by mutex_
  size_t prune_at_ = kPruneAtLeast;                // guarded by mutex_
};

// virtualChunked(schema, callback, canRead, canWrite, recheck, context,
//                transaction)
Result<napi_value> VirtualChunked(Call& call) {
  Environment& environment = call.environment;
  tensorstore::virtual_chunked::OpenOptions options;
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, JsonArg(environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto schema,
                               tensorstore::Schema::FromJson(std::move(json)));
  if (!schema.dtype().valid() || !IsNumeric(schema.dtype())) {
    return absl::InvalidArgumentError(
        "Virtual chunks need a dtype of numbers or booleans");
  }
  TENSORSTORE_RETURN_IF_ERROR(options.Set(std::move(schema)));
  bool can_read, can_write, recheck;
  ATS_NAPI(napi_get_value_bool(call.env(), call[2], &can_read));
  ATS_NAPI(napi_get_value_bool(call.env(), call[3], &can_write));
  ATS_NAPI(napi_get_value_bool(call.env(), call[4], &recheck));
  TENSORSTORE_RETURN_IF_ERROR(
      options.Set(tensorstore::RecheckCachedData(recheck)));
  TENSORSTORE_ASSIGN_OR_RETURN(options.context,
                               ContextArg(environment, call[5]));
  TENSORSTORE_ASSIGN_OR_RETURN(options.transaction,
                               TransactionArg(environment, call[6]));
  TENSORSTORE_ASSIGN_OR_RETURN(const uint64_t callback,
                               environment.KeepCallback(call[1]));
  auto source = std::make_shared<ChunkSource>(environment.queue(), callback);
  environment.CloseAtTeardown(source);
  tensorstore::virtual_chunked::ReadFunction read;
  tensorstore::virtual_chunked::WriteFunction write;
  if (can_read) {
    read = tensorstore::NonSerializable{
        [source](ChunkRequest::Chunk chunk,
                 const tensorstore::virtual_chunked::ReadParameters&) {
          return source->Ask(std::move(chunk), false);
        }};
  }
  if (can_write) {
    write = tensorstore::NonSerializable{
        [source](tensorstore::Array<const void, dynamic_rank, offset_origin>
                     chunk,
                 const tensorstore::virtual_chunked::WriteParameters&) {
          // Only read, as the promise of the request says.
          return source->Ask(tensorstore::ConstDataTypeCast<void>(
                                 std::move(chunk)),
                             true);
        }};
  }
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto handle,
      tensorstore::virtual_chunked::internal_virtual_chunked::MakeDriver(
          std::move(read), std::move(write), std::move(options)));
  return MakeHandle(environment,
                    tensorstore::internal::TensorStoreAccess::Construct<
                        tensorstore::TensorStore<>>(std::move(handle)));
}

// Methods of NativeChunkRequest.

Result<napi_value> FillChunk(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* request, Self<ChunkRequestPtr>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto bytes, BytesOf(call.environment, call[0]));
  TENSORSTORE_RETURN_IF_ERROR((*request)->Fill(bytes));
  (*request)->Settle(absl::OkStatus());
  return ToUndefinedValue(call.environment);
}

Result<napi_value> CopyChunk(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* request, Self<ChunkRequestPtr>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto bytes, BytesOf(call.environment, call[0]));
  TENSORSTORE_RETURN_IF_ERROR((*request)->CopyTo(bytes));
  return ToUndefinedValue(call.environment);
}

Result<napi_value> AcceptChunk(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* request, Self<ChunkRequestPtr>(call));
  (*request)->Settle(absl::OkStatus());
  return ToUndefinedValue(call.environment);
}

// reject(code, message)
Result<napi_value> RejectChunk(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* request, Self<ChunkRequestPtr>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(auto code, StringArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto message,
                               StringArg(call.environment, call[1]));
  (*request)->Settle(CodedError(code, message));
  return ToUndefinedValue(call.environment);
}

}  // namespace

absl::Status RegisterVirtualChunked(Environment& environment,
                                    napi_value exports) {
  TENSORSTORE_RETURN_IF_ERROR(AddFunction(
      environment, exports, "virtualChunked", Invoke<VirtualChunked>));
  return DefineHandle<ChunkRequestPtr>(
      environment, {
                       {"fill", Invoke<FillChunk>},
                       {"copy", Invoke<CopyChunk>},
                       {"accept", Invoke<AcceptChunk>},
                       {"reject", Invoke<RejectChunk>},
                   });
}

}  // namespace ats::node
