#include "hdf5/writer_dataset.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hdf5/writer_attribute.h"
#include "hdf5/writer_copy.h"
#include "hdf5/writer_pack.h"
#include "hdf5/writer_pipeline.h"
#include "hdf5/writer_stored_attribute.h"
#include "hdf5/writer_stored_type.h"
#include "hdf5/writer_type.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5 {
namespace {

// Elements that are packed at once for the library.
constexpr uint64_t kSlabElements = uint64_t{1} << 16;

// What HDF5 itself allows.
constexpr size_t kMaxRank = H5S_MAX_RANK;
constexpr uint64_t kMaxChunkBytes = uint64_t{0xffffffff};

absl::Status CheckShape(const NewDataset& spec, size_t item_bytes) {
  if (spec.shape.size() > kMaxRank ||
      CountOf(spec.shape) > INT64_MAX / std::max<size_t>(item_bytes, 1)) {
    return absl::InvalidArgumentError(
        absl::StrCat(spec.path, " is larger than HDF5 can hold"));
  }
  if (spec.chunks.empty()) return absl::OkStatus();
  const uint64_t values = CountOf(spec.chunks);
  if (spec.chunks.size() != spec.shape.size() || values == 0 ||
      values > kMaxChunkBytes / item_bytes) {
    return absl::InvalidArgumentError(
        absl::StrCat(spec.path, " has chunks that HDF5 cannot hold: they have "
                                "an extent of 1 or more along each axis and "
                                "take less than 4 GiB"));
  }
  return absl::OkStatus();
}

Id MakeSpace(const NewDataset& spec) {
  if (spec.null) return Id(H5Screate(H5S_NULL));
  if (spec.shape.empty()) return Id(H5Screate(H5S_SCALAR));
  const std::vector<hsize_t> shape(spec.shape.begin(), spec.shape.end());
  std::vector<hsize_t> limit = shape;
  if (spec.resizable) limit[0] = H5S_UNLIMITED;
  if (spec.copied && !spec.chunks.empty()) {
    const auto& most = spec.copied->from->dataset()->dataspace.most;
    for (size_t axis = 0; axis < limit.size(); ++axis) {
      limit[axis] = most[axis] == reader::kUnlimited
                        ? H5S_UNLIMITED
                        : std::max<hsize_t>(most[axis], shape[axis]);
    }
  }
  return Id(H5Screate_simple(static_cast<int>(shape.size()), shape.data(),
                             limit.data()));
}

Id MakeCreation(const NewDataset& spec, size_t item_bytes, hid_t type) {
  Id creation(H5Pcreate(H5P_DATASET_CREATE));
  // The same input gives the same bytes.
  bool done = H5Pset_obj_track_times(creation.get(), false) >= 0;
  if (NeedLargeAttributes(spec.attributes)) {
    done &= AllowLargeAttributes(creation.get());
  }
  if (spec.copied) {
    done &= DeclareCopy(creation.get(), *spec.copied, type);
  } else if (!spec.chunks.empty()) {
    const std::vector<hsize_t> chunks(spec.chunks.begin(), spec.chunks.end());
    done &= H5Pset_chunk(creation.get(), static_cast<int>(chunks.size()),
                         chunks.data()) >= 0 &&
            SetFilters(creation.get(), spec.filters,
                       CountOf(spec.chunks) * item_bytes);
  }
  return done ? std::move(creation) : Id();
}

size_t ItemBytesOf(const NewDataset& spec) {
  return spec.copied && !HasText(spec.type)
             ? spec.copied->from->dataset()->type.size
             : ItemBytes(spec.type);
}

// A selection of the file's values and the shape of the memory's.
struct Selection {
  Id file;
  Id memory;
  bool ok = false;
};

Selection Select(hid_t dataset, const Box& box) {
  Selection made{Id(H5Dget_space(dataset)), Id(H5Screate(H5S_SCALAR))};
  made.ok = made.file.ok() && made.memory.ok();
  if (box.shape.empty()) return made;
  const std::vector<hsize_t> start(box.origin.begin(), box.origin.end());
  const std::vector<hsize_t> count(box.shape.begin(), box.shape.end());
  made.memory = Id(H5Screate_simple(static_cast<int>(count.size()),
                                    count.data(), nullptr));
  made.ok = made.file.ok() && made.memory.ok() &&
            H5Sselect_hyperslab(made.file.get(), H5S_SELECT_SET, start.data(),
                                nullptr, count.data(), nullptr) >= 0;
  return made;
}

}  // namespace

// Makes the bytes of whole chunks.
class Dataset::Maker : public PieceMaker {
 public:
  Maker(const Dataset& dataset, std::span<const Whole> wholes,
        const BoxBytes& from)
      : dataset_(dataset),
        wholes_(wholes),
        from_(from),
        encoder_(dataset.spec_.filters, dataset.item_bytes_) {}

  EncodedChunk Make(uint64_t index, std::vector<uint8_t>& out) override {
    const Whole& whole = wholes_[index];
    const size_t bytes = dataset_.grid_->chunk_bytes();
    const uint8_t* raw = whole.bytes.data();
    if (whole.bytes.empty()) {
      raw = dataset_.grid_->FindWhole(whole.number, from_);
      if (raw == nullptr) raw = Gather(whole.number, out);
    }
    return encoder_.Encode({raw, bytes}, out);
  }

 private:
  const uint8_t* Gather(uint64_t number, std::vector<uint8_t>& out) {
    // Without a filter the gathered bytes are the piece, and outlive this call.
    auto& gathered = dataset_.spec_.filters.none() ? out : gathered_;
    gathered.assign(dataset_.grid_->chunk_bytes(), 0);
    dataset_.grid_->CopyInto(number, from_, gathered.data());
    return gathered.data();
  }

  const Dataset& dataset_;
  const std::span<const Whole> wholes_;
  const BoxBytes& from_;
  ChunkEncoder encoder_;
  std::vector<uint8_t> gathered_;
};

Dataset::Dataset(hid_t file, OutputFile& output, NewDataset spec)
    : file_(file),
      output_(output),
      spec_(std::move(spec)),
      item_bytes_(ItemBytesOf(spec_)),
      first_(spec_.copied ? spec_.copied->chunks : 0),
      left_(spec_.null ? 0 : CountOf(spec_.shape)),
      copying_(spec_.copied.has_value()) {}

Dataset::~Dataset() {
  LibraryLock lock;
  dataset_ = Id();
  type_ = Id();
}

tensorstore::Result<std::unique_ptr<Dataset>> Dataset::Create(
    hid_t file, OutputFile& output, NewDataset spec) {
  std::unique_ptr<Dataset> made(new Dataset(file, output, std::move(spec)));
  TENSORSTORE_RETURN_IF_ERROR(CheckShape(made->spec_, made->item_bytes_));
  TENSORSTORE_RETURN_IF_ERROR(made->Make());
  if (made->left_ == 0) {
    TENSORSTORE_RETURN_IF_ERROR(made->Finish());
  }
  return made;
}

absl::Status Dataset::Make() {
  LibraryLock lock;
  StoredAttributes attributes;
  if (spec_.copied) {
    const auto& from = *spec_.copied->from;
    TENSORSTORE_ASSIGN_OR_RETURN(type_, MakeStoredType(from.dataset()->type));
    TENSORSTORE_ASSIGN_OR_RETURN(attributes, StoredAttributes::Prepare(from));
  } else {
    TENSORSTORE_ASSIGN_OR_RETURN(type_, MakeType(spec_.type));
  }
  Id space = MakeSpace(spec_);
  Id creation = MakeCreation(spec_, item_bytes_, type_.get());
  if (!space.ok() || !creation.ok()) return NotMade("cannot be described");
  attributes.Allow(creation.get());
  Id link = NameProperties(H5P_LINK_CREATE, spec_.path);
  dataset_ = Id(H5Dcreate2(file_, spec_.path.c_str(), type_.get(), space.get(),
                           link.get(), creation.get(), H5P_DEFAULT));
  if (!dataset_.ok()) return NotMade("cannot be created");
  if (spec_.copied && !HasFiltersOf(dataset_.get(), *spec_.copied)) {
    dataset_ = Id();
    H5Ldelete(file_, spec_.path.c_str(), H5P_DEFAULT);
    return NotMade("has filters that cannot be declared");
  }
  if (!spec_.chunks.empty() && !HasText(spec_.type)) {
    grid_ = std::make_unique<ChunkGrid>(spec_.shape, spec_.chunks, item_bytes_);
    placed_.resize(left_ == 0 ? 0 : grid_->count() - first_);
  }
  TENSORSTORE_RETURN_IF_ERROR(attributes.Write(dataset_.get()));
  return WriteAttributes(dataset_.get(), spec_.attributes);
}

absl::Status Dataset::Failure(const char* what) const {
  TENSORSTORE_RETURN_IF_ERROR(output_.error());
  return absl::InternalError(absl::StrCat(spec_.path, " ", what, " by HDF5"));
}

// Nothing of a copy is there yet: it may be written in another way.
absl::Status Dataset::NotMade(const char* what) const {
  absl::Status status = Failure(what);
  if (!spec_.copied || !absl::IsInternal(status)) return status;
  return absl::UnimplementedError(status.message());
}

bool Dataset::WritesCopied(const Block& block) const {
  if (!spec_.copied || HasText(spec_.type)) return false;
  return copying_ || block.origin.empty() ||
         block.origin[0] < spec_.copied->rows;
}

absl::Status Dataset::CheckBlock(const Block& block) const {
  const size_t rank = spec_.shape.size();
  bool within = !spec_.null && block.origin.size() == rank &&
                block.shape.size() == rank && !WritesCopied(block);
  for (size_t axis = 0; within && axis < rank; ++axis) {
    within = block.origin[axis] <= spec_.shape[axis] &&
             block.shape[axis] <= spec_.shape[axis] - block.origin[axis];
  }
  if (!within) {
    return absl::InvalidArgumentError(
        absl::StrCat("A block of ", spec_.path, " is not within its shape"));
  }
  return CheckColumns(spec_.type, CountOf(block.shape), block.columns);
}

absl::Status Dataset::Write(const Block& block, int threads) {
  TENSORSTORE_RETURN_IF_ERROR(CheckBlock(block));
  const uint64_t count = CountOf(block.shape);
  if (count == 0) return absl::OkStatus();
  {
    LibraryLock lock;
    // Closed after its last value: this is a second writing of some.
    if (!dataset_.ok()) {
      dataset_ = Id(H5Dopen2(file_, spec_.path.c_str(), H5P_DEFAULT));
    }
    if (!dataset_.ok()) return Failure("cannot be opened again");
  }
  const Box box{block.origin, block.shape};
  const bool plain = std::holds_alternative<ScalarType>(spec_.type);
  if (HasText(spec_.type) || (grid_ == nullptr && !plain)) {
    TENSORSTORE_RETURN_IF_ERROR(WriteSlabs(block));
  } else {
    PackedElements packed;
    if (!plain) {
      TENSORSTORE_RETURN_IF_ERROR(
          packed.Pack(spec_.type, block.columns, 0, count));
    }
    const uint8_t* elements =
        plain ? std::get<std::span<const uint8_t>>(block.columns[0]).data()
              : packed.data();
    TENSORSTORE_RETURN_IF_ERROR(
        grid_ == nullptr ? WriteThroughLibrary(box, elements)
                         : WriteChunks({box, elements}, threads));
  }
  left_ -= std::min(left_, count);
  return left_ == 0 ? Finish() : absl::OkStatus();
}

absl::Status Dataset::WriteSlabs(const Block& block) {
  const uint64_t rows = block.shape.empty() ? 1 : block.shape[0];
  const uint64_t row = CountOf(block.shape) / rows;
  const uint64_t step = std::max<uint64_t>(1, kSlabElements / row);
  PackedElements packed;
  for (uint64_t first = 0; first < rows; first += step) {
    if (output_.discarded()) return absl::CancelledError("The write was stopped");
    const uint64_t count = std::min(step, rows - first);
    Box box{block.origin, block.shape};
    if (!box.shape.empty()) {
      box.origin[0] += first;
      box.shape[0] = count;
    }
    TENSORSTORE_RETURN_IF_ERROR(
        packed.Pack(spec_.type, block.columns, first * row, count * row));
    TENSORSTORE_RETURN_IF_ERROR(WriteThroughLibrary(box, packed.data()));
  }
  return absl::OkStatus();
}

absl::Status Dataset::WriteThroughLibrary(const Box& box,
                                          const uint8_t* elements) {
  LibraryLock lock;
  const Selection selection = Select(dataset_.get(), box);
  if (!selection.ok ||
      H5Dwrite(dataset_.get(), type_.get(), selection.memory.get(),
               selection.file.get(), H5P_DEFAULT, elements) < 0) {
    return Failure("cannot be written");
  }
  return absl::OkStatus();
}

absl::Status Dataset::WriteChunks(const BoxBytes& from, int threads) {
  std::vector<Whole> wholes;
  std::vector<uint64_t> again;
  grid_->ForEach(from.box, [&](uint64_t number) {
    if (placed_[number - first_]) {
      again.push_back(number);
      return;
    }
    const uint64_t came = CountOf(grid_->Overlap(number, from.box).shape);
    const uint64_t all = CountOf(grid_->CellOf(number).shape);
    const auto found = partials_.find(number);
    if (came == all && found == partials_.end()) {
      wholes.push_back({number, {}});
      return;
    }
    Partial& partial =
        found != partials_.end()
            ? found->second
            : partials_
                  .emplace(number, Partial{std::vector<uint8_t>(
                                               grid_->chunk_bytes()),
                                           all})
                  .first->second;
    grid_->CopyInto(number, from, partial.bytes.data());
    partial.missing -= std::min(partial.missing, came);
    if (partial.missing > 0) return;
    wholes.push_back({number, std::move(partial.bytes)});
    partials_.erase(number);
  });
  TENSORSTORE_RETURN_IF_ERROR(PlaceWholes(wholes, from, threads));
  for (const uint64_t number : again) {
    const Box part = grid_->Overlap(number, from.box);
    std::vector<uint8_t> values(CountOf(part.shape) * item_bytes_);
    CopyBox(part, item_bytes_, from.box, from.bytes, part, values.data());
    TENSORSTORE_RETURN_IF_ERROR(WriteThroughLibrary(part, values.data()));
  }
  return absl::OkStatus();
}

absl::Status Dataset::PlaceWholes(std::span<Whole> wholes, const BoxBytes& from,
                                  int threads) {
  if (wholes.empty()) return absl::OkStatus();
  return MakeAndPlace(
      wholes.size(), spec_.filters.none() ? 1 : threads,
      [&] { return std::make_unique<Maker>(*this, wholes, from); },
      [&](uint64_t index, const EncodedChunk& chunk) {
        return Place(wholes[index].number, chunk);
      });
}

absl::Status Dataset::Place(uint64_t number, const EncodedChunk& chunk) {
  const uint32_t left_out = spec_.copied ? spec_.copied->left_out : 0;
  TENSORSTORE_RETURN_IF_ERROR(
      PlaceAt(number, {chunk.bytes, chunk.mask | left_out}));
  placed_[number - first_] = true;
  return absl::OkStatus();
}

absl::Status Dataset::PlaceAt(uint64_t number, const EncodedChunk& chunk) {
  if (output_.discarded()) return absl::CancelledError("The write was stopped");
  const Box cell = grid_->CellOf(number);
  const std::vector<hsize_t> offset(cell.origin.begin(), cell.origin.end());
  LibraryLock lock;
  if (H5Dwrite_chunk(dataset_.get(), H5P_DEFAULT, chunk.mask, offset.data(),
                     chunk.bytes.size(), chunk.bytes.data()) < 0) {
    return Failure("cannot be written");
  }
  return absl::OkStatus();
}

absl::Status Dataset::Finish() {
  std::vector<Whole> wholes;
  for (auto& [number, partial] : partials_) {
    wholes.push_back({number, std::move(partial.bytes)});
  }
  partials_.clear();
  TENSORSTORE_RETURN_IF_ERROR(PlaceWholes(wholes, {}, 1));
  LibraryLock lock;
  return dataset_.Close() ? absl::OkStatus() : Failure("cannot be closed");
}

}  // namespace ats::hdf5
