/** The low-level binding of TensorStore: `anndata-tensorstore/tensorstore`. */
export type { DType, DTypeData, TypedArray } from "../dtype.js";
export { DenseArray } from "../elements/dense.js";
export { StringArray } from "../elements/strings.js";
export { AtsError, type AtsErrorCode } from "../errors.js";
export type { Cancellable } from "./abort.js";
export { Batch } from "./batch.js";
export { type CombineOptions, concat, overlay, stack } from "./combine.js";
export { Context, type ContextSpec } from "./context.js";
export { IndexDomain, type IndexDomainInit } from "./domain.js";
export type { ElementType, JsonArray, ReadResult } from "./element-type.js";
export type { IndexSelector, Indices, ShapedIndices, Slice, SliceSelector } from "./indexable.js";
export type { Json } from "./json.js";
export {
  type ByteRange,
  type Generation,
  type GetOptions,
  type GetResult,
  type KeyRange,
  KvStore,
  type KvStoreOpenOptions,
  type KvStoreSpec,
  type ListEntry,
  type ListOptions,
  type SetOptions,
  type SetResult,
} from "./kvstore.js";
export { type BuildInfo, buildInfo, fileBytesRead, type Histogram, type Metrics, metrics } from "./metrics.js";
export { type OpenOptions, open, type Recheck } from "./open.js";
export type { Scalar } from "./scalar.js";
export type { ChunkLayout, CodecSpec, DimensionUnit, Schema } from "./schema.js";
export { Spec, type SpecInput } from "./spec.js";
export {
  type DownsampleMethod,
  type ReadIntoOptions,
  type ReadOptions,
  type ResizeOptions,
  type SpecOptions,
  type StorageStatistics,
  TensorStore,
} from "./tensorstore.js";
export { Transaction, type TransactionOptions, type TransactionState } from "./transaction.js";
export { IndexTransform } from "./transform.js";
export {
  type VirtualChunk,
  type VirtualChunkedOptions,
  type VirtualValues,
  virtualChunked,
} from "./virtual-chunked.js";
export { WriteFutures, type WriteOptions } from "./write.js";
export type { DenseSource, ValuesSource, WriteSource } from "./write-source.js";
