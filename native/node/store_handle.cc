// NativeTensorStore: the class.
#include "node/handles.h"
#include "node/store_methods.h"

namespace ats::node {

absl::Status RegisterStore(Environment& environment, napi_value) {
  return DefineHandle<tensorstore::TensorStore<>>(
      environment,
      {
          {"readInto", Invoke<StoreReadInto>},
          {"readRuns", Invoke<StoreReadRuns>},
          {"readValues", Invoke<StoreReadValues>},
          {"write", Invoke<StoreWrite>},
          {"writeValues", Invoke<StoreWriteValues>},
          {"index", Invoke<StoreIndex>},
          {"apply", Invoke<StoreApply>},
          {"cast", Invoke<StoreCast>},
          {"downsample", Invoke<StoreDownsample>},
          {"withTransaction", Invoke<StoreWithTransaction>},
          {"resolve", Invoke<StoreResolve>},
          {"resize", Invoke<StoreResize>},
          {"info", Invoke<StoreInfo>},
          {"domain", Invoke<StoreDomain>},
          {"spec", Invoke<StoreSpec>},
          {"schema", Invoke<StoreSchema>},
          {"chunkLayout", Invoke<StoreChunkLayout>},
          {"codec", Invoke<StoreCodec>},
          {"fillValue", Invoke<StoreFillValue>},
          {"dimensionUnits", Invoke<StoreDimensionUnits>},
          {"transform", Invoke<StoreTransform>},
          {"url", Invoke<StoreUrl>},
          {"kvstore", Invoke<StoreKvStore>},
          {"storageStatistics", Invoke<StoreStorageStatistics>},
      });
}

}  // namespace ats::node
