// Fixed arrays: the chunk index of datasets that cannot grow, in newer files.
#include "hdf5/checksum.h"
#include "hdf5/chunk_index.h"
#include "hdf5/cursor.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5::reader {
namespace {

struct Header {
  ArrayElements elements;
  bool filtered;
  uint8_t page_bits;
  uint64_t count;
  uint64_t block;
};

Result<Header> ReadHeader(ChunkSink& sink) {
  const Space& space = sink.space();
  const size_t size = 4 + 4 + space.length_size() + space.offset_size() + 4;
  TENSORSTORE_ASSIGN_OR_RETURN(auto bytes,
                               space.Metadata(sink.layout().address, size));
  TENSORSTORE_RETURN_IF_ERROR(CheckBlock(bytes));
  Cursor cursor(bytes);
  if (!cursor.Matches("FAHD") || cursor.U8() != 0) {
    return absl::DataLossError("A fixed array has no header");
  }
  Header header;
  header.filtered = cursor.U8() == 1;
  const uint8_t element_size = cursor.U8();
  header.page_bits = cursor.U8();
  header.count = cursor.Unsigned(space.length_size());
  header.block = cursor.Address(space.offset_size());
  TENSORSTORE_ASSIGN_OR_RETURN(
      header.elements,
      ArrayElements::Make(sink, header.filtered, element_size));
  // An element of the array is at least an address in the file.
  if (header.page_bits >= 32 || header.count > space.file().size()) {
    return absl::DataLossError("A fixed array is larger than its file");
  }
  return header;
}

// The pages of a large array, one after the other; those that were never
// written are left out.
absl::Status ReadPages(ChunkSink& sink, const Header& header, uint64_t address,
                       std::span<const std::byte> written) {
  const uint64_t per_page = uint64_t{1} << header.page_bits;
  for (uint64_t page = 0; page * per_page < header.count; ++page) {
    const uint64_t first = page * per_page;
    const uint64_t count = std::min(per_page, header.count - first);
    const uint64_t size = count * header.elements.size() + 4;
    const auto bits = static_cast<uint8_t>(written[page / 8]);
    if ((bits & (0x80 >> (page % 8))) != 0) {
      TENSORSTORE_RETURN_IF_ERROR(sink.Spend(size));
      TENSORSTORE_ASSIGN_OR_RETURN(auto bytes,
                                   sink.space().Metadata(address, size));
      TENSORSTORE_RETURN_IF_ERROR(CheckBlock(bytes));
      TENSORSTORE_RETURN_IF_ERROR(header.elements.Add(
          sink, std::span(bytes).first(bytes.size() - 4), first, 0));
    }
    address += size;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReadFixedArray(ChunkSink& sink) {
  TENSORSTORE_ASSIGN_OR_RETURN(const Header header, ReadHeader(sink));
  if (header.block == kUndefined) return absl::OkStatus();
  const Space& space = sink.space();
  const uint64_t head = 4 + 2 + space.offset_size();
  const uint64_t per_page = uint64_t{1} << header.page_bits;
  const bool paged = header.count > per_page;
  const uint64_t pages = (header.count + per_page - 1) / per_page;
  const uint64_t body =
      paged ? (pages + 7) / 8 : header.count * header.elements.size();
  TENSORSTORE_RETURN_IF_ERROR(sink.Spend(head + body + 4));
  TENSORSTORE_ASSIGN_OR_RETURN(
      auto bytes, space.Metadata(header.block, head + body + 4));
  TENSORSTORE_RETURN_IF_ERROR(CheckBlock(bytes));
  Cursor cursor(bytes);
  if (!cursor.Matches("FADB") || cursor.U8() != 0 ||
      (cursor.U8() == 1) != header.filtered ||
      cursor.Address(space.offset_size()) != sink.layout().address) {
    return absl::DataLossError("A fixed array has no data");
  }
  const auto content = cursor.Bytes(body);
  return paged ? ReadPages(sink, header, header.block + head + body + 4, content)
               : header.elements.Add(sink, content, 0, 0);
}

}  // namespace ats::hdf5::reader
