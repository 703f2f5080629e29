// The methods of NativeTensorStore, by file: reading and writing, views,
// metadata. See src/native/addon.d.ts for their arguments.
#ifndef ATS_NODE_STORE_METHODS_H_
#define ATS_NODE_STORE_METHODS_H_

#include <node_api.h>

#include "node/call.h"
#include "tensorstore/util/result.h"

namespace ats::node {

// store_io.cc
tensorstore::Result<napi_value> StoreReadInto(Call& call);
tensorstore::Result<napi_value> StoreReadValues(Call& call);
tensorstore::Result<napi_value> StoreWrite(Call& call);
tensorstore::Result<napi_value> StoreWriteValues(Call& call);

// store_runs.cc
tensorstore::Result<napi_value> StoreReadRuns(Call& call);

// store_views.cc
tensorstore::Result<napi_value> StoreIndex(Call& call);
tensorstore::Result<napi_value> StoreApply(Call& call);
tensorstore::Result<napi_value> StoreCast(Call& call);
tensorstore::Result<napi_value> StoreDownsample(Call& call);
tensorstore::Result<napi_value> StoreWithTransaction(Call& call);
tensorstore::Result<napi_value> StoreResolve(Call& call);
tensorstore::Result<napi_value> StoreResize(Call& call);

// store_metadata.cc
tensorstore::Result<napi_value> StoreInfo(Call& call);
tensorstore::Result<napi_value> StoreDomain(Call& call);
tensorstore::Result<napi_value> StoreSpec(Call& call);
tensorstore::Result<napi_value> StoreSchema(Call& call);
tensorstore::Result<napi_value> StoreChunkLayout(Call& call);
tensorstore::Result<napi_value> StoreCodec(Call& call);
tensorstore::Result<napi_value> StoreFillValue(Call& call);
tensorstore::Result<napi_value> StoreDimensionUnits(Call& call);
tensorstore::Result<napi_value> StoreTransform(Call& call);
tensorstore::Result<napi_value> StoreUrl(Call& call);
tensorstore::Result<napi_value> StoreKvStore(Call& call);
tensorstore::Result<napi_value> StoreStorageStatistics(Call& call);

}  // namespace ats::node

#endif  // ATS_NODE_STORE_METHODS_H_
