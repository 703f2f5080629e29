#include "hdf5/writer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "hdf5/writer_attribute.h"
#include "hdf5/writer_stored_attribute.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5 {

using ::tensorstore::Result;

namespace {

// Names between the slashes that HDF5 would not take as names.
absl::Status CheckPath(const std::string& path) {
  size_t begin = 0;
  for (size_t i = 0; i <= path.size(); ++i) {
    if (i < path.size() && path[i] != '/') continue;
    const std::string_view name(path.data() + begin, i - begin);
    if (name.empty() || name == "." || name.find('\0') != name.npos) {
      return absl::InvalidArgumentError(
          absl::StrCat("'", path, "' is no path that HDF5 can hold"));
    }
    begin = i + 1;
  }
  return absl::OkStatus();
}

}  // namespace

Result<std::unique_ptr<Writer>> Writer::Create(const std::string& path) {
  TENSORSTORE_ASSIGN_OR_RETURN(auto output, OutputFile::Create(path));
  std::unique_ptr<Writer> writer(new Writer(std::move(output)));
  TENSORSTORE_RETURN_IF_ERROR(writer->Open());
  return writer;
}

absl::Status Writer::Open() {
  LibraryLock lock;
  Id access = AccessTo(*output_);
  if (access.ok()) {
    file_ = Id(H5Fcreate(path().c_str(), H5F_ACC_EXCL, H5P_DEFAULT,
                         access.get()));
  }
  if (file_.ok()) return absl::OkStatus();
  TENSORSTORE_RETURN_IF_ERROR(output_->error());
  return absl::InternalError(
      absl::StrCat(path(), " cannot be made an HDF5 file"));
}

Writer::~Writer() { Abandon(); }

void Writer::Abandon() {
  if (closed_) return;
  Stop();
  CloseFile().IgnoreError();
  closed_ = true;
}

absl::Status Writer::CheckOpen() const {
  if (closed_ || output_->discarded()) {
    return absl::CancelledError(
        absl::StrCat("The writer of ", path(), " was closed or stopped"));
  }
  return absl::OkStatus();
}

absl::Status Writer::Settle(absl::Status status) {
  if (!status.ok() && !absl::IsUnimplemented(status)) Stop();
  return status;
}

absl::Status Writer::AddGroup(const NewGroup& group) {
  TENSORSTORE_RETURN_IF_ERROR(CheckOpen());
  return Settle(MakeGroup(group));
}

absl::Status Writer::CopyGroup(const NewGroup& group,
                               const reader::StoredObject& from) {
  TENSORSTORE_RETURN_IF_ERROR(CheckOpen());
  return Settle(MakeGroup(group, &from));
}

absl::Status Writer::MakeGroup(const NewGroup& group,
                               const reader::StoredObject* from) {
  LibraryLock lock;
  StoredAttributes stored;
  if (from != nullptr) {
    TENSORSTORE_ASSIGN_OR_RETURN(stored, StoredAttributes::Prepare(*from));
  }
  if (group.path.empty()) {
    TENSORSTORE_RETURN_IF_ERROR(stored.Write(file_.get()));
    return WriteAttributes(file_.get(), group.attributes);
  }
  TENSORSTORE_RETURN_IF_ERROR(CheckPath(group.path));
  Id creation(H5Pcreate(H5P_GROUP_CREATE));
  if (NeedLargeAttributes(group.attributes)) {
    AllowLargeAttributes(creation.get());
  }
  stored.Allow(creation.get());
  Id link = NameProperties(H5P_LINK_CREATE, group.path);
  Id made(H5Gcreate2(file_.get(), group.path.c_str(), link.get(),
                     creation.get(), H5P_DEFAULT));
  if (!made.ok()) {
    TENSORSTORE_RETURN_IF_ERROR(output_->error());
    return absl::InternalError(
        absl::StrCat("The group ", group.path, " cannot be created by HDF5"));
  }
  TENSORSTORE_RETURN_IF_ERROR(stored.Write(made.get()));
  return WriteAttributes(made.get(), group.attributes);
}

Result<size_t> Writer::AddDataset(NewDataset dataset) {
  TENSORSTORE_RETURN_IF_ERROR(CheckOpen());
  TENSORSTORE_RETURN_IF_ERROR(Settle(CheckPath(dataset.path)));
  auto made = Dataset::Create(file_.get(), *output_, std::move(dataset));
  TENSORSTORE_RETURN_IF_ERROR(Settle(made.status()));
  datasets_.push_back(*std::move(made));
  return datasets_.size() - 1;
}

Result<uint64_t> Writer::CopyStored(size_t number, uint64_t first,
                                    uint64_t most, int threads) {
  TENSORSTORE_RETURN_IF_ERROR(CheckOpen());
  if (number >= datasets_.size()) {
    return absl::InvalidArgumentError("There is no such data set");
  }
  auto next = datasets_[number]->CopyStored(first, most, threads);
  TENSORSTORE_RETURN_IF_ERROR(Settle(next.status()));
  return next;
}

absl::Status Writer::Write(size_t number, const Block& block, int threads) {
  TENSORSTORE_RETURN_IF_ERROR(CheckOpen());
  if (number >= datasets_.size()) {
    return absl::InvalidArgumentError("There is no such data set");
  }
  return Settle(datasets_[number]->Write(block, threads));
}

absl::Status Writer::Close() {
  if (closed_) return absl::OkStatus();
  TENSORSTORE_RETURN_IF_ERROR(CheckOpen());
  for (auto& dataset : datasets_) {
    TENSORSTORE_RETURN_IF_ERROR(Settle(dataset->Finish()));
  }
  TENSORSTORE_RETURN_IF_ERROR(Settle(CloseFile()));
  closed_ = true;
  return absl::OkStatus();
}

absl::Status Writer::CloseFile() {
  LibraryLock lock;
  datasets_.clear();
  bool flushed = !file_.ok() || output_->discarded() ||
                 H5Fflush(file_.get(), H5F_SCOPE_LOCAL) >= 0;
  // What the library could not flush it could not let go of either.
  if (!flushed) Stop();
  const bool closed = file_.Close();
  output_->Close();
  TENSORSTORE_RETURN_IF_ERROR(output_->error());
  if (flushed && closed) return absl::OkStatus();
  return absl::InternalError(absl::StrCat(path(), " cannot be closed by HDF5"));
}

}  // namespace ats::hdf5
