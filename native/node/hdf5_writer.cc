// NativeHdf5Writer: an HDF5 file that is being written.
#include "node/hdf5_writer.h"

#include <optional>
#include <string>
#include <utility>

#include "hdf5/writer.h"
#include "hdf5/writer_copy.h"
#include "node/args.h"
#include "node/handles.h"
#include "node/hdf5_copy.h"
#include "node/hdf5_writer_jobs.h"
#include "node/hdf5_writer_spec.h"
#include "node/promise_bridge.h"
#include "node/values.h"

namespace ats::node {

using ::tensorstore::Result;

namespace {

// A writer and the thread that works for it. Everything but Stop happens on
// that thread.
class WriterState : public Closeable {
 public:
  WriterState(std::unique_ptr<hdf5::Writer> writer,
              std::shared_ptr<JobThread> thread, int threads)
      : writer(std::move(writer)), thread(std::move(thread)), threads(threads) {}

  // A worker that is terminated does not wait for the disk (L5).
  void CloseForTeardown() override { writer->Stop(); }

  const std::unique_ptr<hdf5::Writer> writer;
  const std::shared_ptr<JobThread> thread;
  const int threads;
};

}  // namespace

// What the JavaScript handle owns. Once it is collected the file is given up,
// on the writer's thread (L9), unless it was closed.
class Hdf5WriterHandle {
 public:
  explicit Hdf5WriterHandle(std::shared_ptr<WriterState> state)
      : state_(std::move(state)) {}
  Hdf5WriterHandle(Hdf5WriterHandle&&) = default;
  ~Hdf5WriterHandle() {
    if (state_ == nullptr) return;
    state_->writer->Stop();
    auto thread = state_->thread;
    thread->Finish([state = std::move(state_)] {});
  }

  const std::shared_ptr<WriterState>& state() const { return state_; }

 private:
  std::shared_ptr<WriterState> state_;
};

template <>
struct HandleTraits<Hdf5WriterHandle> {
  static constexpr char name[] = "NativeHdf5Writer";
  static constexpr napi_type_tag tag = {0x5a1f0c6e93b24d17, 0xa0e1d2c3b4a59609};
};

namespace {

// Runs `work` on `thread` and gives its result to a promise of JavaScript.
template <typename T, typename Work, typename Convert>
Result<napi_value> RunJob(Environment& environment, JobThread& thread,
                          double token, std::string path, Work work,
                          Convert convert) {
  auto pair = tensorstore::PromiseFuturePair<T>::Make();
  thread.Push([promise = std::move(pair.promise),
               work = std::move(work)]() mutable {
    try {
      promise.SetResult(work());
    } catch (const std::exception&) {
      promise.SetResult(absl::ResourceExhaustedError(
          "There is not enough memory to write this"));
    }
  });
  return PromiseOf(environment, std::move(pair.future),
                   {token, [path = std::move(path)] { return path; }},
                   std::move(convert));
}

template <typename T, typename Work, typename Convert>
Result<napi_value> RunFor(Call& call, napi_value token_value, Work work,
                          Convert convert) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* handle, Self<Hdf5WriterHandle>(call));
  TENSORSTORE_ASSIGN_OR_RETURN(double token,
                               NumberArg(call.environment, token_value));
  const auto& state = handle->state();
  return RunJob<T>(
      call.environment, *state->thread, token, state->writer->path(),
      [state, work = std::move(work)]() mutable {
        try {
          return work(*state);
        } catch (...) {
          state->writer->Stop();
          throw;
        }
      },
      std::move(convert));
}

// hdf5Create(path, threads, token): a writer of a new file.
Result<napi_value> Create(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto path, StringArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(uint32_t threads,
                               Uint32Arg(call.environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(double token,
                               NumberArg(call.environment, call[2]));
  if (path.find('\0') != std::string::npos) {
    return CodedError("UNSAFE_PATH", "A path has a NUL character");
  }
  using Handle = std::shared_ptr<Hdf5WriterHandle>;
  auto thread = JobThread::Start();
  return RunJob<Handle>(
      call.environment, *thread, token, path,
      [path, thread, threads]() -> Result<Handle> {
        auto writer = hdf5::Writer::Create(path);
        if (!writer.ok()) {
          thread->Finish([] {});
          return writer.status();
        }
        return std::make_shared<Hdf5WriterHandle>(std::make_shared<WriterState>(
            *std::move(writer), thread, static_cast<int>(threads)));
      },
      [](Environment& environment, Handle& handle) {
        environment.CloseAtTeardown(handle->state());
        return MakeHandle(environment, std::move(*handle));
      });
}

// group(json, token)
Result<napi_value> Group(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, JsonArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto spec, GroupSpec(json));
  return RunFor<void>(
      call, call[1],
      [spec = std::move(spec)](WriterState& state) {
        return tensorstore::MakeResult(state.writer->AddGroup(spec));
      },
      ToUndefined());
}

// dataset(json, token): the number of the new data set.
Result<napi_value> Dataset(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, JsonArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto spec, DatasetSpec(json));
  return RunFor<size_t>(
      call, call[1],
      [spec = std::move(spec)](WriterState& state) mutable {
        return state.writer->AddDataset(std::move(spec));
      },
      [](Environment& environment, size_t& number) {
        return ToNumber(environment, static_cast<double>(number));
      });
}

// copyGroup(json, object, token)
Result<napi_value> CopyGroup(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, JsonArg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto spec, GroupSpec(json));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto* from, FromHandle<Hdf5ObjectHandle>(call.environment, call[1]));
  return RunFor<void>(
      call, call[2],
      [spec = std::move(spec), from = from->object](WriterState& state) {
        return tensorstore::MakeResult(state.writer->CopyGroup(spec, *from));
      },
      ToUndefined());
}

// What a copy is, once it is made.
struct CopiedDataset {
  size_t number;
  uint64_t rows;
  uint64_t parts;
};

Result<CopiedDataset> AddCopy(WriterState& state, const hdf5::NewGroup& spec,
                              std::shared_ptr<const hdf5::reader::StoredObject>
                                  from,
                              std::optional<uint64_t> rows) {
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto copy,
      hdf5::CopyOf(spec.path, spec.attributes, std::move(from), rows));
  CopiedDataset made{0, copy.copied->rows, copy.copied->parts};
  TENSORSTORE_ASSIGN_OR_RETURN(made.number,
                               state.writer->AddDataset(std::move(copy)));
  return made;
}

// copyDataset(json, object, rows or null, token): { number, rows, parts }
Result<napi_value> CopyDataset(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(auto json, JsonArg(environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto spec, GroupSpec(json));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto* from, FromHandle<Hdf5ObjectHandle>(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto given,
                               OptionalIndexArg(environment, call[2], -1));
  std::optional<uint64_t> rows;
  if (given >= 0) rows = static_cast<uint64_t>(given);
  return RunFor<CopiedDataset>(
      call, call[3],
      [spec = std::move(spec), from = from->object, rows](WriterState& state) {
        return AddCopy(state, spec, from, rows);
      },
      [](Environment& environment, CopiedDataset& made) {
        const auto number = [&](uint64_t value) {
          return ToNumber(environment, static_cast<double>(value));
        };
        return ToObject(environment, {{"number", number(made.number)},
                                      {"rows", number(made.rows)},
                                      {"parts", number(made.parts)}});
      });
}

// copyStored(number, first, most, token): the part to go on with.
Result<napi_value> CopyStored(Call& call) {
  Environment& environment = call.environment;
  TENSORSTORE_ASSIGN_OR_RETURN(uint32_t number,
                               Uint32Arg(environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto first, IndexArg(environment, call[1]));
  TENSORSTORE_ASSIGN_OR_RETURN(auto most, IndexArg(environment, call[2]));
  if (first < 0 || most < 0) {
    return absl::InvalidArgumentError("Parts have no negative numbers");
  }
  return RunFor<uint64_t>(
      call, call[3],
      [number, first, most](WriterState& state) -> Result<uint64_t> {
        auto next = state.writer->CopyStored(
            number, static_cast<uint64_t>(first), static_cast<uint64_t>(most),
            state.threads);
        if (!next.ok()) return CopyError(next.status());
        return next;
      },
      [](Environment& environment, uint64_t& next) {
        return ToNumber(environment, static_cast<double>(next));
      });
}

// write(number, origin, shape, columns, token)
Result<napi_value> Write(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(uint32_t number,
                               Uint32Arg(call.environment, call[0]));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto block, BlockArg(call.environment, call[1], call[2], call[3]));
  return RunFor<void>(
      call, call[4],
      [number, block = std::move(block)](WriterState& state) mutable {
        auto result = tensorstore::MakeResult(
            state.writer->Write(number, block.block, state.threads));
        block.pins.clear();
        return result;
      },
      ToUndefined());
}

// close(token): completes the file.
Result<napi_value> Close(Call& call) {
  return RunFor<void>(
      call, call[0],
      [](WriterState& state) {
        return tensorstore::MakeResult(state.writer->Close());
      },
      ToUndefined());
}

// abandon(token): gives the file up and closes it.
Result<napi_value> Abandon(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* handle, Self<Hdf5WriterHandle>(call));
  handle->state()->writer->Stop();
  return RunFor<void>(
      call, call[0],
      [](WriterState& state) {
        state.writer->Abandon();
        return tensorstore::MakeResult(absl::OkStatus());
      },
      ToUndefined());
}

// stop(): the calls to come fail; what is under way ends soon.
Result<napi_value> Stop(Call& call) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto* handle, Self<Hdf5WriterHandle>(call));
  handle->state()->writer->Stop();
  return ToUndefinedValue(call.environment);
}

}  // namespace

absl::Status RegisterHdf5Writer(Environment& environment, napi_value exports) {
  TENSORSTORE_RETURN_IF_ERROR(
      DefineHandle<Hdf5WriterHandle>(environment, {
                                                      {"group", Invoke<Group>},
                                                      {"dataset", Invoke<Dataset>},
                                                      {"copyGroup", Invoke<CopyGroup>},
                                                      {"copyDataset", Invoke<CopyDataset>},
                                                      {"copyStored", Invoke<CopyStored>},
                                                      {"write", Invoke<Write>},
                                                      {"close", Invoke<Close>},
                                                      {"abandon", Invoke<Abandon>},
                                                      {"stop", Invoke<Stop>},
                                                  }));
  return AddFunction(environment, exports, "hdf5Create", Invoke<Create>);
}

}  // namespace ats::node
