#include "hdf5/writer_stored_attribute.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "hdf5/writer_attribute.h"
#include "hdf5/writer_stored_type.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5 {

using ::tensorstore::Result;
using reader::StoredAttribute;

namespace {

Id MakeSpace(const reader::Dataspace& dataspace) {
  if (dataspace.null) return Id(H5Screate(H5S_NULL));
  if (dataspace.shape.empty()) return Id(H5Screate(H5S_SCALAR));
  const std::vector<hsize_t> shape(dataspace.shape.begin(),
                                   dataspace.shape.end());
  return Id(H5Screate_simple(static_cast<int>(shape.size()), shape.data(),
                             nullptr));
}

bool WriteOne(hid_t object, const StoredAttribute& attribute, hid_t type) {
  const Id space = MakeSpace(attribute.dataspace);
  const Id properties = NameProperties(H5P_ATTRIBUTE_CREATE, attribute.name);
  Id made(H5Acreate2(object, attribute.name.c_str(), type, space.get(),
                     properties.get(), H5P_DEFAULT));
  if (!made.ok()) return false;
  std::vector<const char*> texts;
  for (const std::string& text : attribute.texts) texts.push_back(text.c_str());
  const void* values = texts.empty()
                           ? static_cast<const void*>(attribute.bytes.data())
                           : texts.data();
  const bool none = texts.empty() && attribute.bytes.empty();
  return (none || H5Awrite(made.get(), type, values) >= 0) && made.Close();
}

}  // namespace

Result<StoredAttributes> StoredAttributes::Prepare(
    const reader::StoredObject& object) {
  StoredAttributes prepared;
  if (object.attributes_elsewhere()) return prepared;
  prepared.attributes_ = object.attributes();
  for (const StoredAttribute& attribute : prepared.attributes_) {
    TENSORSTORE_ASSIGN_OR_RETURN(Id type, MakeStoredType(attribute.type));
    prepared.types_.push_back(std::move(type));
  }
  return prepared;
}

void StoredAttributes::Allow(hid_t creation) const {
  const bool large = std::ranges::any_of(
      attributes_, [](const StoredAttribute& attribute) {
        return attribute.bytes.size() > kCompactAttributeBytes ||
               attribute.texts.size() * kTextReferenceBytes >
                   kCompactAttributeBytes;
      });
  if (large) AllowLargeAttributes(creation);
}

absl::Status StoredAttributes::Write(hid_t object) const {
  for (size_t i = 0; i < attributes_.size(); ++i) {
    if (WriteOne(object, attributes_[i], types_[i].get())) continue;
    return absl::InternalError(
        absl::StrCat("HDF5 cannot write the attribute ",
                     absl::CHexEscape(attributes_[i].name)));
  }
  return absl::OkStatus();
}

}  // namespace ats::hdf5
