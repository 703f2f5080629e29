#include "hdf5/writer_stored_type.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "tensorstore/util/status.h"

namespace ats::hdf5 {

using ::tensorstore::Result;
using reader::StoredType;
using Class = StoredType::Class;

namespace {

// Called under the LibraryLock only: the library's type names are macros that
// look the identifier up. Each function gives no identifier on failure.

// What integers, bits and floats have in common; precision before size where a
// type shrinks, as the library checks each step.
bool SetBits(hid_t id, const StoredType& type) {
  return H5Tset_precision(id, type.precision) >= 0 &&
         H5Tset_size(id, type.size) >= 0 &&
         H5Tset_offset(id, type.offset) >= 0 &&
         H5Tset_order(id, type.big_endian ? H5T_ORDER_BE : H5T_ORDER_LE) >= 0 &&
         H5Tset_pad(id, static_cast<H5T_pad_t>(type.low_padding),
                    static_cast<H5T_pad_t>(type.high_padding)) >= 0;
}

// Room for the fields of the largest type there is, until they are set.
bool Widen(hid_t id, const StoredType& type, size_t bytes) {
  return type.size <= bytes ||
         (H5Tset_size(id, type.size) >= 0 &&
          H5Tset_precision(id, size_t{type.size} * 8) >= 0);
}

Id MakeInteger(const StoredType& type) {
  const bool bits = type.type_class == Class::kBits;
  Id id(H5Tcopy(bits ? H5T_STD_B64LE : H5T_STD_I64LE));
  const bool done =
      Widen(id.get(), type, 8) && SetBits(id.get(), type) &&
      (bits || H5Tset_sign(id.get(), type.is_signed ? H5T_SGN_2
                                                    : H5T_SGN_NONE) >= 0);
  return done ? std::move(id) : Id();
}

Id MakeFloat(const StoredType& type) {
  constexpr H5T_norm_t kNormalization[] = {H5T_NORM_NONE, H5T_NORM_MSBSET,
                                           H5T_NORM_IMPLIED};
  if (type.normalization > 2) return Id();
  Id id(H5Tcopy(H5T_IEEE_F64LE));
  const bool done =
      Widen(id.get(), type, 8) &&
      H5Tset_fields(id.get(), type.sign, type.exponent, type.exponent_size,
                    type.mantissa, type.mantissa_size) >= 0 &&
      H5Tset_ebias(id.get(), type.bias) >= 0 &&
      H5Tset_norm(id.get(), kNormalization[type.normalization]) >= 0 &&
      H5Tset_inpad(id.get(), static_cast<H5T_pad_t>(type.inner_padding)) >= 0 &&
      SetBits(id.get(), type);
  return done ? std::move(id) : Id();
}

Id MakeText(const StoredType& type) {
  const bool any_length = type.type_class == Class::kLongText;
  Id id(H5Tcopy(H5T_C_S1));
  const bool done =
      H5Tset_size(id.get(), any_length ? H5T_VARIABLE : type.size) >= 0 &&
      H5Tset_strpad(id.get(), static_cast<H5T_str_t>(type.padding)) >= 0 &&
      H5Tset_cset(id.get(), static_cast<H5T_cset_t>(type.characters)) >= 0;
  return done ? std::move(id) : Id();
}

Id MakeOpaque(const StoredType& type) {
  Id id(H5Tcreate(H5T_OPAQUE, type.size));
  return H5Tset_tag(id.get(), type.tag.c_str()) >= 0 ? std::move(id) : Id();
}

Id Make(const StoredType& type);

Id MakeRecord(const StoredType& type) {
  Id id(H5Tcreate(H5T_COMPOUND, type.size));
  for (size_t i = 0; i < type.members.size(); ++i) {
    const Id part = Make(type.parts[i]);
    if (!part.ok() ||
        H5Tinsert(id.get(), type.members[i].name.c_str(),
                  type.members[i].offset, part.get()) < 0) {
      return Id();
    }
  }
  return id;
}

Id MakeEnum(const StoredType& type) {
  const Id base = Make(type.parts.front());
  if (!base.ok()) return Id();
  Id id(H5Tenum_create(base.get()));
  for (size_t i = 0; i < type.members.size(); ++i) {
    if (H5Tenum_insert(id.get(), type.members[i].name.c_str(),
                       type.values.data() + i * type.size) < 0) {
      return Id();
    }
  }
  return id;
}

Id MakeArray(const StoredType& type) {
  const Id base = Make(type.parts.front());
  if (!base.ok()) return Id();
  const std::vector<hsize_t> extents(type.extents.begin(), type.extents.end());
  return Id(H5Tarray_create2(base.get(), static_cast<unsigned>(extents.size()),
                             extents.data()));
}

Id Make(const StoredType& type) {
  switch (type.type_class) {
    case Class::kInteger:
    case Class::kBits:
      return MakeInteger(type);
    case Class::kFloat:
      return MakeFloat(type);
    case Class::kText:
    case Class::kLongText:
      return MakeText(type);
    case Class::kOpaque:
      return MakeOpaque(type);
    case Class::kRecord:
      return MakeRecord(type);
    case Class::kEnum:
      return MakeEnum(type);
    case Class::kArray:
      return MakeArray(type);
  }
  return Id();
}

}  // namespace

Result<Id> MakeStoredType(const StoredType& type) {
  Id made = Make(type);
  // Text of any length is a pointer in memory.
  const bool same =
      made.ok() && (type.type_class == Class::kLongText ||
                    H5Tget_size(made.get()) == type.size);
  if (!same) {
    return absl::UnimplementedError("An element type that HDF5 does not make");
  }
  return made;
}

}  // namespace ats::hdf5
