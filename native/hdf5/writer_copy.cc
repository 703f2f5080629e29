#include "hdf5/writer_copy.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"

namespace ats::hdf5 {

using ::tensorstore::Result;
using reader::Filter;
using reader::Layout;
using reader::StoredDataset;

namespace {

// HDF5's numbers of filters, and of h5py's LZF.
enum FilterId : uint16_t {
  kDeflate = 1,
  kShuffle = 2,
  kFletcher32 = 3,
  kLzf = 32000,
};

// HDF5's own filters have smaller numbers; nobody else may name those.
constexpr uint16_t kFirstForeign = H5Z_FILTER_RESERVED;

// Level 6 is zlib's own.
constexpr int kDefaultLevel = 6;

absl::Status NotCopied(const std::string& path, const char* why) {
  return absl::UnimplementedError(
      absl::StrCat(path, " is not copied as it is stored: ", why));
}

// What encodes new chunks as `filters` have the old ones; nothing where we do
// not: the new chunks go without any filter then, and say so.
std::optional<FilterSpec> EncodingOf(std::span<const Filter> filters,
                                     size_t item_bytes) {
  FilterSpec spec;
  if (!filters.empty() && filters.front().id == kShuffle) {
    const auto& parameters = filters.front().parameters;
    if (parameters.empty() || parameters[0] != item_bytes) return std::nullopt;
    spec.shuffle = true;
    filters = filters.subspan(1);
  }
  if (filters.empty()) return spec;
  const Filter& last = filters.front();
  if (filters.size() > 1 || (last.id != kDeflate && last.id != kLzf)) {
    return std::nullopt;
  }
  spec.compressor = last.id == kLzf ? FilterSpec::Compressor::kLzf
                                    : FilterSpec::Compressor::kDeflate;
  spec.level = last.parameters.empty()
                   ? kDefaultLevel
                   : static_cast<int>(std::min<uint32_t>(last.parameters[0], 9));
  return spec;
}

// How many of the first chunks, in their order, are before row `rows`.
uint64_t ChunksBefore(const StoredDataset& dataset, uint64_t rows) {
  const auto& counts = dataset.grid.counts();
  if (counts.empty()) return 0;
  const uint64_t chunk = dataset.grid.chunk()[0];
  uint64_t chunks = std::min(counts[0], rows / chunk + (rows % chunk != 0));
  for (size_t axis = 1; axis < counts.size(); ++axis) chunks *= counts[axis];
  return chunks;
}

// The chunks of the index that are copied: they come first.
uint64_t EntriesBefore(const StoredDataset& dataset, uint64_t chunks) {
  const auto& entries = dataset.index.entries();
  return std::ranges::lower_bound(entries, chunks, {},
                                  &reader::ChunkEntry::number) -
         entries.begin();
}

absl::Status Extend(const std::string& path, const StoredDataset& dataset,
                    uint64_t rows, NewDataset& made) {
  const Layout::Kind layout = dataset.layout.kind;
  if (!dataset.number || dataset.number->swap != 0 || dataset.dataspace.null ||
      made.shape.empty() || layout == Layout::Kind::kCompact) {
    return NotCopied(path, "it holds no numbers that can be gone on with");
  }
  const uint64_t before = made.shape[0];
  if (rows < before) {
    return absl::InvalidArgumentError(absl::StrCat(path, " cannot shrink"));
  }
  made.shape[0] = rows;
  Copied& copied = *made.copied;
  copied.rows = before;
  if (layout == Layout::Kind::kChunked) {
    copied.rows -= before % made.chunks[0];
    const auto encoding = EncodingOf(dataset.filters, dataset.type.size);
    made.filters = encoding.value_or(FilterSpec{});
    if (!encoding) copied.left_out = MaskOfAll(dataset.filters.size());
  }
  return absl::OkStatus();
}

// A filter that is only named: no chunk is ever given to it.
size_t FilterNothing(unsigned, size_t, const unsigned[], size_t, size_t*,
                     void**) {
  return 0;
}

// Makes the library take the filter's number. Names stay as they were first
// given, because the library looks them up whenever it writes a header.
bool RegisterForeign(const Filter& filter) {
  constexpr size_t kLongestName = 255;
  static std::map<uint16_t, std::string>& names =
      *new std::map<uint16_t, std::string>;
  const auto [entry, is_new] =
      names.try_emplace(filter.id, filter.name.substr(0, kLongestName));
  if (!is_new) return true;
  H5Z_class2_t known = {};
  known.version = H5Z_CLASS_T_VERS;
  known.id = filter.id;
  known.encoder_present = 1;
  known.decoder_present = 1;
  known.name = entry->second.c_str();
  known.filter = FilterNothing;
  return H5Zregister(&known) >= 0;
}

bool DeclareFilter(hid_t creation, const Filter& filter) {
  if (filter.id >= kFirstForeign && filter.id != kLzf &&
      !RegisterForeign(filter)) {
    return false;
  }
  return H5Pset_filter(creation, filter.id, filter.flags & H5Z_FLAG_OPTIONAL,
                       filter.parameters.size(),
                       filter.parameters.data()) >= 0;
}

}  // namespace

uint32_t MaskOfAll(size_t filters) {
  return filters >= 32 ? ~uint32_t{0} : (uint32_t{1} << filters) - 1;
}

bool LibraryEncodes(std::span<const Filter> filters) {
  return std::ranges::all_of(filters, [](const Filter& filter) {
    return filter.id == kDeflate || filter.id == kShuffle ||
           filter.id == kFletcher32 || filter.id == kLzf;
  });
}

Result<NewDataset> CopyOf(std::string path, std::vector<Attribute> attributes,
                          std::shared_ptr<const reader::StoredObject> from,
                          std::optional<uint64_t> rows) {
  const StoredDataset* dataset = from->dataset();
  if (dataset == nullptr) return NotCopied(path, "its type or layout is unusual");
  NewDataset made;
  made.path = std::move(path);
  made.attributes = std::move(attributes);
  made.shape = dataset->dataspace.shape;
  made.null = dataset->dataspace.null;
  made.copied = Copied{std::move(from)};
  Copied& copied = *made.copied;
  const bool chunked = dataset->layout.kind == Layout::Kind::kChunked &&
                       !dataset->dataspace.null;
  if (chunked) made.chunks = dataset->layout.chunk;
  const bool text = !dataset->type.plain();
  // Values of other types are never written, only copied: any number will do.
  made.type = text ? ScalarType(TextType{}) : ScalarType(core::DType::kUint8);
  if (dataset->number) {
    if (const auto dtype = core::ParseDType(dataset->number->name)) {
      made.type = ScalarType(*dtype);
    }
  }
  if (text) {
    if (!rows && LibraryEncodes(dataset->filters)) return made;
    return NotCopied(made.path, "its text has to be written anew");
  }
  copied.rows = made.shape.empty() ? 1 : made.shape[0];
  if (rows) {
    const auto status = Extend(made.path, *dataset, *rows, made);
    if (!status.ok()) return status;
  }
  copied.values = copied.rows;
  for (size_t axis = 1; axis < made.shape.size(); ++axis) {
    copied.values *= made.shape[axis];
  }
  if (chunked) {
    copied.chunks = ChunksBefore(*dataset, copied.rows);
    copied.parts = EntriesBefore(*dataset, copied.chunks);
  } else {
    copied.parts = dataset->layout.kind == Layout::Kind::kCompact
                       ? (dataset->bytes > 0 ? 1 : 0)
                       : dataset->bytes;
  }
  return made;
}

bool DeclareCopy(hid_t creation, const Copied& copied, hid_t type) {
  const StoredDataset& dataset = *copied.from->dataset();
  if (!dataset.fill.empty() &&
      H5Pset_fill_value(creation, type, dataset.fill.data()) < 0) {
    return false;
  }
  switch (dataset.layout.kind) {
    case Layout::Kind::kCompact:
      return !dataset.type.plain() ||
             H5Pset_layout(creation, H5D_COMPACT) >= 0;
    case Layout::Kind::kContiguous:
      // The bytes are put where they belong without the library, which is to
      // make the place and leave it alone.
      return copied.parts == 0 ||
             (H5Pset_alloc_time(creation, H5D_ALLOC_TIME_EARLY) >= 0 &&
              H5Pset_fill_time(creation, H5D_FILL_TIME_NEVER) >= 0);
    case Layout::Kind::kChunked: {
      if (dataset.dataspace.null) return true;
      const std::vector<hsize_t> chunk(dataset.layout.chunk.begin(),
                                       dataset.layout.chunk.end());
      return H5Pset_chunk(creation, static_cast<int>(chunk.size()),
                          chunk.data()) >= 0 &&
             std::ranges::all_of(dataset.filters, [&](const Filter& filter) {
               return DeclareFilter(creation, filter);
             });
    }
  }
  return false;
}

bool HasFiltersOf(hid_t dataset, const Copied& copied) {
  const StoredDataset& from = *copied.from->dataset();
  if (from.layout.kind != Layout::Kind::kChunked || from.dataspace.null) {
    return true;
  }
  const Id creation(H5Dget_create_plist(dataset));
  if (H5Pget_nfilters(creation.get()) !=
      static_cast<int>(from.filters.size())) {
    return false;
  }
  for (size_t i = 0; i < from.filters.size(); ++i) {
    unsigned flags = 0, config = 0;
    // One more than there are shows whether the library added any.
    std::vector<unsigned> values(from.filters[i].parameters.size() + 1);
    size_t count = values.size();
    const H5Z_filter_t id =
        H5Pget_filter2(creation.get(), static_cast<unsigned>(i), &flags, &count,
                       values.data(), 0, nullptr, &config);
    values.resize(std::min(count, values.size()));
    if (id != from.filters[i].id ||
        !std::ranges::equal(values, from.filters[i].parameters)) {
      return false;
    }
  }
  return true;
}

}  // namespace ats::hdf5
