// The key-value store "ats_zip": the members of a zip archive, for reading.
// Unlike TensorStore's "zip" it reads archives in which a name occurs twice,
// as zarr-python writes them (the last counts), reads the directory once, and
// bounds what it believes of it.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "os/coded_error.h"
#include "os/confined_root.h"
#include "os/file_range_driver.h"
#include "os/read_guard.h"
#include "os/zip_index.h"
#include "tensorstore/context.h"
#include "tensorstore/internal/file_io_concurrency_resource.h"
#include "tensorstore/internal/intrusive_ptr.h"
#include "tensorstore/internal/json_binding/json_binding.h"
#include "tensorstore/kvstore/file/util.h"
#include "tensorstore/kvstore/registry.h"
#include "tensorstore/kvstore/spec.h"
#include "tensorstore/util/execution/execution.h"
#include "tensorstore/util/garbage_collection/fwd.h"

namespace ats::os {
namespace {

namespace jb = ::tensorstore::internal_json_binding;
namespace kvstore = ::tensorstore::kvstore;

using ::tensorstore::Context;
using ::tensorstore::Result;
using ::tensorstore::internal::FileIoConcurrencyResource;
using ::tensorstore::internal_os::UniqueFileDescriptor;

struct ZipData {
  std::string file;
  // Another one for each opening: TensorStore shares drivers of equal specs,
  // and a file of the same name may be another one by now.
  std::string session;
  int64_t max_directory_bytes = 0;
  Context::Resource<FileIoConcurrencyResource> file_io_concurrency;

  constexpr static auto ApplyMembers = [](auto&& x, auto f) {
    return f(x.file, x.session, x.max_directory_bytes, x.file_io_concurrency);
  };

  constexpr static auto default_json_binder = jb::Object(
      jb::Member("file", jb::Projection<&ZipData::file>()),
      jb::Member("session", jb::Projection<&ZipData::session>()),
      jb::Member("max_directory_bytes",
                 jb::Projection<&ZipData::max_directory_bytes>(
                     jb::Integer<int64_t>(0))),
      jb::Member(FileIoConcurrencyResource::id,
                 jb::Projection<&ZipData::file_io_concurrency>()));
};

class ZipSpec : public tensorstore::internal_kvstore::RegisteredDriverSpec<
                    ZipSpec, ZipData> {
 public:
  static constexpr char id[] = "ats_zip";

  tensorstore::Future<kvstore::DriverPtr> DoOpen() const override;
};

Result<std::string> ReadAt(const UniqueFileDescriptor& file, int64_t offset,
                           int64_t length) {
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto bytes, ::tensorstore::internal_file_util::ReadFromFileDescriptor(
                      file.get(), {offset, offset + length},
                      /*block_alignment=*/0));
  CountBytesRead(length);
  return std::string(bytes);
}

class Zip : public tensorstore::internal_kvstore::RegisteredDriver<
                Zip, ZipSpec, FileRangeDriver> {
 public:
  Zip(ZipData data, RegularFile file, ZipIndex index)
      : data_(std::move(data)),
        size_(file.size),
        generation_(std::move(file.generation)),
        file_(std::make_shared<const UniqueFileDescriptor>(
            std::move(file.descriptor))),
        index_(std::move(index)) {}

  Result<std::optional<FileRange>> Find(std::string_view key) override {
    const auto it = index_.find(key);
    if (it == index_.end()) return std::nullopt;
    const ZipMember& member = it->second;
    if (member.encrypted || (member.method != 0 && member.method != 8)) {
      return CodedError(
          "UNSUPPORTED",
          absl::StrCat("The member ", key,
                       " of the archive is encrypted or compressed by another "
                       "method than Deflate; pack it again."));
    }
    if (member.header_offset > size_ - kLocalHeaderBytes) {
      return CodedError("CORRUPT", absl::StrCat("The member ", key,
                                                " lies behind the archive's "
                                                "end."));
    }
    const auto file = file_.Get();
    if (file == nullptr) return ClosedError(data_.file);
    TENSORSTORE_ASSIGN_OR_RETURN(
        auto header, ReadAt(*file, member.header_offset, kLocalHeaderBytes));
    FileRange range;
    TENSORSTORE_ASSIGN_OR_RETURN(range.offset,
                                 DataOffset(member, header, size_));
    range.file = file;
    range.size = member.stored_size;
    range.generation = generation_;
    range.packed =
        PackedValue{member.size, member.crc32, /*deflated=*/member.method == 8};
    if (member.method == 0 && member.size != member.stored_size) {
      return CodedError("CORRUPT", absl::StrCat("The member ", key,
                                                " of the archive has two "
                                                "sizes."));
    }
    return range;
  }

  void Close() override { file_.Drop(); }

  void ListImpl(kvstore::ListOptions options,
                kvstore::ListReceiver receiver) override {
    namespace execution = ::tensorstore::execution;
    execution::set_starting(receiver, [] {});
    for (auto it = index_.lower_bound(options.range.inclusive_min);
         it != index_.end() &&
         tensorstore::Contains(options.range, it->first);
         ++it) {
      execution::set_value(
          receiver,
          kvstore::ListEntry{it->first.substr(std::min(
                                 options.strip_prefix_length, it->first.size())),
                             it->second.size});
    }
    execution::set_done(receiver);
    execution::set_stopping(receiver);
  }

  const tensorstore::Executor& executor() const override {
    return data_.file_io_concurrency->executor;
  }

  std::string DescribeKey(std::string_view key) override {
    return absl::StrCat("\"", SplitGuard(key).key, "\" in \"", data_.file, "\"");
  }

  absl::Status GetBoundSpecData(ZipData& data) const {
    data = data_;
    return absl::OkStatus();
  }

 private:
  ZipData data_;
  int64_t size_;
  tensorstore::StorageGeneration generation_;
  Droppable<const UniqueFileDescriptor> file_;
  ZipIndex index_;
};

tensorstore::Future<kvstore::DriverPtr> ZipSpec::DoOpen() const {
  return tensorstore::MapFuture(
      data_.file_io_concurrency->executor,
      [data = data_]() -> Result<kvstore::DriverPtr> {
        TENSORSTORE_ASSIGN_OR_RETURN(auto file, OpenRegularFile(data.file));
        TENSORSTORE_ASSIGN_OR_RETURN(
            auto index,
            ReadZipIndex(
                [&](int64_t offset, int64_t length) {
                  return ReadAt(file.descriptor, offset, length);
                },
                file.size, data.max_directory_bytes));
        return tensorstore::internal::MakeIntrusivePtr<Zip>(
            data, std::move(file), std::move(index));
      });
}

const tensorstore::internal_kvstore::DriverRegistration<ZipSpec> registration;

}  // namespace
}  // namespace ats::os

TENSORSTORE_DECLARE_GARBAGE_COLLECTION_NOT_REQUIRED(ats::os::Zip)
