// What src/storage/hdf5-write.ts asks for → what the HDF5 writer takes.
#ifndef ATS_NODE_HDF5_WRITER_SPEC_H_
#define ATS_NODE_HDF5_WRITER_SPEC_H_

#include <node_api.h>

#include <memory>
#include <vector>

#include <nlohmann/json.hpp>

#include "hdf5/writer_spec.h"
#include "node/environment.h"
#include "node/pin.h"
#include "tensorstore/util/result.h"

namespace ats::node {

/// `{ path, attributes: [{ name, kind, shape, values }] }`; kinds: string, int64,
/// uint64, float64, bool, null. Numbers come as strings, which are exact.
tensorstore::Result<hdf5::NewGroup> GroupSpec(const ::nlohmann::json& json);

/// A group's fields and `{ dtype, shape, chunks, codec, level, shuffle,
/// resizable, empty }`; dtype: a name, "string", `{ bytes }` (text
/// of one length) or an array of `{ name, dtype, shape }`; codec: none, gzip or lzf.
tensorstore::Result<hdf5::NewDataset> DatasetSpec(const ::nlohmann::json& json);

/// A block over memory of JavaScript, which stays pinned as long (L4).
struct PinnedBlock {
  hdf5::Block block;
  std::vector<std::shared_ptr<Pin>> pins;
};

/// `columns`: for each field a typed array of its values, or
/// `[offsets, bytes]` (Int32Array or BigInt64Array, Uint8Array) for text.
tensorstore::Result<PinnedBlock> BlockArg(Environment& environment,
                                          napi_value origin, napi_value shape,
                                          napi_value columns);

}  // namespace ats::node

#endif  // ATS_NODE_HDF5_WRITER_SPEC_H_
