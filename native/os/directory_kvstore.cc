// The key-value store "ats_directory": the files below a directory, for
// reading. Unlike TensorStore's "file" it follows no link and opens no pipe,
// and it goes on reading the directory that it opened when another one takes
// its place.
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "os/confined_root.h"
#include "os/file_range_driver.h"
#include "os/read_guard.h"
#include "tensorstore/context.h"
#include "tensorstore/internal/file_io_concurrency_resource.h"
#include "tensorstore/internal/intrusive_ptr.h"
#include "tensorstore/internal/json_binding/json_binding.h"
#include "tensorstore/kvstore/registry.h"
#include "tensorstore/kvstore/spec.h"
#include "tensorstore/util/garbage_collection/fwd.h"

namespace ats::os {
namespace {

namespace jb = ::tensorstore::internal_json_binding;

using ::tensorstore::Context;
using ::tensorstore::Result;
using ::tensorstore::internal::FileIoConcurrencyResource;

struct DirectoryData {
  std::string root;
  // Another one for each opening: TensorStore shares drivers of equal specs,
  // and a directory of the same name may be another one by now.
  std::string session;
  Context::Resource<FileIoConcurrencyResource> file_io_concurrency;

  constexpr static auto ApplyMembers = [](auto&& x, auto f) {
    return f(x.root, x.session, x.file_io_concurrency);
  };

  constexpr static auto default_json_binder = jb::Object(
      jb::Member("root", jb::Projection<&DirectoryData::root>()),
      jb::Member("session", jb::Projection<&DirectoryData::session>()),
      jb::Member(FileIoConcurrencyResource::id,
                 jb::Projection<&DirectoryData::file_io_concurrency>()));
};

class DirectorySpec
    : public tensorstore::internal_kvstore::RegisteredDriverSpec<
          DirectorySpec, DirectoryData> {
 public:
  static constexpr char id[] = "ats_directory";

  tensorstore::Future<tensorstore::kvstore::DriverPtr> DoOpen() const override;
};

class Directory
    : public tensorstore::internal_kvstore::RegisteredDriver<
          Directory, DirectorySpec, FileRangeDriver> {
 public:
  Directory(DirectoryData data, ConfinedRoot root)
      : data_(std::move(data)),
        root_(std::make_shared<const ConfinedRoot>(std::move(root))) {}

  Result<std::optional<FileRange>> Find(std::string_view key) override {
    const auto root = root_.Get();
    if (root == nullptr) return ClosedError(data_.root);
    TENSORSTORE_ASSIGN_OR_RETURN(auto file, root->OpenFile(key));
    if (!file) return std::nullopt;
    FileRange range;
    range.size = file->size;
    range.generation = std::move(file->generation);
    range.file = std::make_shared<
        const tensorstore::internal_os::UniqueFileDescriptor>(
        std::move(file->descriptor));
    return range;
  }

  void Close() override { root_.Drop(); }

  const tensorstore::Executor& executor() const override {
    return data_.file_io_concurrency->executor;
  }

  std::string DescribeKey(std::string_view key) override {
    return absl::StrCat("local file \"", data_.root, "/",
                        SplitGuard(key).key, "\"");
  }

  absl::Status GetBoundSpecData(DirectoryData& data) const {
    data = data_;
    return absl::OkStatus();
  }

 private:
  DirectoryData data_;
  Droppable<const ConfinedRoot> root_;
};

tensorstore::Future<tensorstore::kvstore::DriverPtr> DirectorySpec::DoOpen()
    const {
  TENSORSTORE_ASSIGN_OR_RETURN(auto root, ConfinedRoot::Open(data_.root));
  return tensorstore::kvstore::DriverPtr(
      tensorstore::internal::MakeIntrusivePtr<Directory>(data_,
                                                         std::move(root)));
}

const tensorstore::internal_kvstore::DriverRegistration<DirectorySpec>
    registration;

}  // namespace
}  // namespace ats::os

TENSORSTORE_DECLARE_GARBAGE_COLLECTION_NOT_REQUIRED(ats::os::Directory)
