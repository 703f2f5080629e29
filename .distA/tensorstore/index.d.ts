import { C as StringArray, E as DenseArray, F as DTypeData, I as TypedArray, N as ArrayFor, P as DType, n as AtsErrorCode, t as AtsError } from "../errors-CS8pXnY3.js";

//#region src/tensorstore/abort.d.ts
/** Options of everything that is pending for a while. */
interface Cancellable {
  /** Rejects the call with `signal.reason`, at once, and stops its work. */
  readonly signal?: AbortSignal | undefined;
}
//#endregion
//#region src/native/addon.d.ts
/** A handle that may be left out. */
type Optional<T> = T | null | undefined;
/** Any typed array; its bytes are reinterpreted by the data type that is passed beside it. */
type Bytes = ArrayBufferView;
/**
 * What is taken of one dimension: all (null), one index (the dimension is dropped), `[start, stop, step]`, indices, or
 * indices of another rank than 1.
 */
type SelectionDescriptor = null | number | bigint | readonly [number | bigint | null, number | bigint | null, number | bigint | null] | ArrayBufferView | {
  readonly indices: ArrayBufferView;
  readonly shape: readonly number[];
};
/** A shape with its bounds; unbounded ends are ±Infinity. */
interface NativeDomain {
  readonly origin: number[];
  readonly exclusiveMax: number[];
  readonly shape: number[];
  readonly labels: string[];
  readonly implicitLower: boolean[];
  readonly implicitUpper: boolean[];
}
/** The index operations: independent selections, points, a permutation, new origins (null keeps one), labels. */
interface Indexable$1<Self> {
  index(operation: "outer" | "vectorized", selections: readonly SelectionDescriptor[]): Self;
  index(operation: "transpose", permutation: readonly number[]): Self;
  index(operation: "translateTo", origins: readonly (number | bigint | null)[]): Self;
  index(operation: "label", labels: readonly string[]): Self;
}
/** A parsed spec. */
interface NativeSpec extends Indexable$1<NativeSpec> {
  json(): string;
  url(): string | null;
  info(): {
    dtype: string | null;
    rank: number | null;
  };
  domain(): NativeDomain | null;
  schema(): string;
  with(schema: string): NativeSpec;
}
/** Index arithmetic without a store. */
interface NativeIndexTransform extends Indexable$1<NativeIndexTransform> {
  json(): string;
  domain(): NativeDomain;
  outputRank(): number;
  compose(inner: NativeIndexTransform): NativeIndexTransform;
}
/** Thread pools, caches and memory stores that opened stores share. */
interface NativeContext {
  json(): string;
}
/** Staged writes. */
interface NativeTransaction {
  commit(token: number): Promise<void>;
  abort(): void;
  state(): {
    aborted: boolean;
    commitStarted: boolean;
    settled: boolean;
    bytes: number;
  };
}
/** Reads that are sent together. */
interface NativeBatch {
  submit(): void;
  submitted(): boolean;
}
/** A write under way. `committed` forces the commit. */
interface NativeWrite {
  copied(token: number): Promise<void>;
  committed(token: number): Promise<void>;
  drop(): void;
}
/** What a write to a key-value store answers; no generation where its condition did not hold. */
interface NativeStamp {
  readonly generation: string | null | undefined;
  readonly time: number;
}
/** Keys and byte values. Generations: undefined for no condition, null for "there is no value". */
interface NativeKvStore {
  get(key: string, byteRange: readonly [start: number, end: number] | null, ifEqual: string | null | undefined, ifNotEqual: string | null | undefined, batch: Optional<NativeBatch>, token: number): Promise<NativeStamp & {
    state: "value" | "missing" | "unspecified";
    value: Uint8Array | undefined;
  }>;
  set(key: string, value: Bytes | null, ifEqual: string | null | undefined, token: number): Promise<NativeStamp>;
  deleteRange(start: string, end: string, token: number): Promise<void>;
  list(start: string, end: string, stripPrefixLength: number, token: number): Promise<{
    keys: string[];
    sizes: number[];
  }>;
  info(): {
    path: string;
    url: string | null;
  };
  spec(): string;
  child(suffix: string): NativeKvStore;
  /** Lets go of descriptors, where the store is one of `native/os`. */
  close(): void;
  withTransaction(transaction: Optional<NativeTransaction>): NativeKvStore;
}
/** An open array or a view of one. */
interface NativeTensorStore extends Indexable$1<NativeTensorStore> {
  readInto(target: Bytes, dtype: string, shape: readonly number[], order: "C" | "F", fresh: boolean, batch: Optional<NativeBatch>, token: number): Promise<void>;
  /** Runs of a one-dimensional store, ascending and disjoint, each to its place in `target`, which has `length` values. */
  readRuns(target: Bytes, dtype: string, length: number, starts: Float64Array, counts: Float64Array, places: Float64Array, runs: number, fresh: boolean, token: number): Promise<void>;
  readValues(batch: Optional<NativeBatch>, token: number): Promise<string[]>;
  write(source: Bytes, dtype: string, shape: readonly number[], order: "C" | "F", immutable: boolean): NativeWrite;
  writeValues(values: readonly string[], dtype: string, shape: readonly number[]): NativeWrite;
  apply(transform: NativeIndexTransform): NativeTensorStore;
  cast(dtype: string): NativeTensorStore;
  downsample(factors: readonly number[], method: string): NativeTensorStore;
  withTransaction(transaction: Optional<NativeTransaction>): NativeTensorStore;
  /** Bit 1 of `mode`: bounds that can be resized are fixed. */
  resolve(mode: number, token: number): Promise<NativeTensorStore>;
  /** Bits of `mode`: 1 metadata only, 2 tied bounds too, 4 only expand, 8 only shrink. */
  resize(inclusiveMin: readonly (number | null)[], exclusiveMax: readonly (number | null)[], mode: number, token: number): Promise<NativeTensorStore>;
  info(): {
    dtype: string;
    readable: boolean;
    writable: boolean;
  };
  domain(): NativeDomain;
  spec(minimal: boolean, context: "retain" | "unbind" | "strip"): NativeSpec;
  schema(): string;
  chunkLayout(): string;
  codec(): string | null;
  fillValue(): {
    shape: number[];
    bytes?: Uint8Array;
    values?: string[];
  } | null;
  dimensionUnits(): string;
  transform(): NativeIndexTransform;
  url(): string | null;
  kvstore(): NativeKvStore | null;
  storageStatistics(token: number): Promise<{
    notStored: boolean;
    fullyStored: boolean;
  }>;
}
//#endregion
//#region src/tensorstore/batch.d.ts
/**
 * Reads that are sent together, so that neighbouring ones (inner chunks of one shard, say) become one. They wait until the
 * batch is submitted: awaiting one of them before that waits for ever.
 *
 * ```ts
 * const reads = [];
 * {
 *   using batch = new Batch();
 *   for (const view of views) reads.push(view.read({ batch }));
 * } // submitted here
 * await Promise.all(reads);
 * ```
 */
declare class Batch {
  /** @internal */
  readonly handle: NativeBatch;
  /** Sends the reads; no more can be added. A second call does nothing. */
  submit(): void;
  /** Whether `submit` was called. */
  get submitted(): boolean;
  [Symbol.dispose](): void;
}
//#endregion
//#region src/tensorstore/json.d.ts
/** What specs and schemas are written in; 64-bit integers may be bigints. */
type Json = null | boolean | number | bigint | string | readonly Json[] | {
  readonly [key: string]: Json | undefined;
};
//#endregion
//#region src/tensorstore/context.d.ts
/** Resources by name. TensorStore's others (and several of one kind, as `"cache_pool#big"`) may be given too. */
interface ContextSpec {
  /** Bytes of decoded chunks that are kept; 0, the default, keeps none. */
  readonly cache_pool?: {
    readonly total_bytes_limit: number;
  } | undefined;
  /** Threads that decode and copy; the machine's parallelism unless told. */
  readonly data_copy_concurrency?: {
    readonly limit: number | "shared";
  } | undefined;
  /** Threads that read and write files; the machine's parallelism, at least 4, unless told. */
  readonly file_io_concurrency?: {
    readonly limit: number | "shared";
  } | undefined;
  /** Locking and syncing of files, such as `{ sync: false }`: see `file_io_sync` and `file_io_locking`. */
  readonly file_io_sync?: boolean | undefined;
  readonly [resource: string]: Json | undefined;
}
/**
 * Resources that opened stores share: thread pools, the cache of decoded chunks, `memory://` stores. Stores that are
 * opened without a context share one default context of their environment (the main thread, or one worker).
 */
declare class Context {
  /** @internal */
  readonly handle: NativeContext;
  /**
   * A context of `spec`; what it does not name comes from `parent`, and without one from the defaults.
   * @throws AtsError INVALID_ARGUMENT for a resource that TensorStore does not know
   */
  constructor(spec?: ContextSpec, parent?: Context);
  /** The context of stores that are opened without one. */
  static default(): Context;
  /** The resources that this context names itself. */
  toJSON(): ContextSpec;
}
//#endregion
//#region src/tensorstore/element-type.d.ts
/** The name of an element type that this binding reads: a number, a string (of bytes or of Unicode) or a JSON value. */
type ElementType = DType | "string" | "ustring" | "json";
/** An n-dimensional array of JSON values in C order. */
interface JsonArray {
  readonly kind: "json";
  readonly shape: readonly number[];
  readonly values: readonly unknown[];
}
/** What `read` gives for an element type: `ReadResult<"float32">` holds a Float32Array. */
type ReadResult<E extends ElementType> = E extends DType ? DenseArray<E> : E extends "json" ? JsonArray : StringArray;
//#endregion
//#region src/tensorstore/domain.d.ts
/** How a domain is written down. */
interface IndexDomainInit {
  readonly shape: readonly number[];
  /** The first index of each dimension; zeros when left out. */
  readonly origin?: readonly number[] | undefined;
  /** A name for each dimension; "" for none. */
  readonly labels?: readonly string[] | undefined;
}
/**
 * The region of indices that an array or a view has: for each dimension the half-open interval
 * `[origin, exclusiveMax)` and a label. Unbounded ends are ±Infinity. A bound is implicit when it may change with the
 * stored array, as the upper bounds of a resizable array do.
 */
declare class IndexDomain {
  readonly origin: readonly number[];
  readonly shape: readonly number[];
  readonly exclusiveMax: readonly number[];
  readonly labels: readonly string[];
  readonly implicitLower: readonly boolean[];
  readonly implicitUpper: readonly boolean[];
  constructor(init: IndexDomainInit);
  /** The domain that the native layer describes. */
  static fromNative(domain: NativeDomain): IndexDomain;
  /** The number of dimensions. */
  get rank(): number;
  /** The number of elements; Infinity when it is unbounded. */
  get size(): number;
  /** TensorStore's JSON form. */
  toJSON(): {
    inclusive_min: readonly number[];
    shape: readonly number[];
    labels: readonly string[];
  };
  /** Such as `{ "x": [0, 10), [5, 8) }`. */
  toString(): string;
}
//#endregion
//#region src/tensorstore/indexable.d.ts
/** Half-open, in the coordinates of the domain: a negative number is a negative index, it does not count from the end. */
interface Slice {
  readonly start?: number | bigint | null | undefined;
  readonly stop?: number | bigint | null | undefined;
  /** Negative steps go backwards: `start` is then the larger bound. */
  readonly step?: number | bigint | null | undefined;
}
/** Positions in request order; duplicates are kept. */
type Indices = readonly number[] | readonly bigint[] | Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float64Array | BigInt64Array | BigUint64Array;
/** Positions with a shape of their own. */
interface ShapedIndices {
  readonly data: Indices;
  readonly shape: readonly number[];
}
/** All of a dimension (null or undefined), one index (the dimension goes), or an interval. */
type SliceSelector = null | undefined | number | bigint | Slice;
/** What {@link Indexable.oindex} and {@link Indexable.vindex} take for a dimension. */
type IndexSelector = SliceSelector | Indices | ShapedIndices;
/** Something with a domain that can be indexed; every operation returns a view with another domain. */
declare abstract class Indexable<Native extends Indexable$1<Native>, Self> {
  /** @internal */
  abstract readonly handle: Native;
  protected abstract view(handle: Native): Self;
  /** The number of dimensions. */
  abstract get rank(): number;
  /**
   * Slices by intervals and single indices, one selector a dimension; dimensions without one are kept whole. The view
   * keeps its coordinates: `slice({ start: 5, stop: 8 })` has the domain [5, 8).
   * @throws AtsError INVALID_ARGUMENT outside the domain
   */
  slice(...selectors: SliceSelector[]): Self;
  /**
   * Selects independently in each dimension, as numpy's `ix_` does; index arrays keep order and duplicates.
   * @throws AtsError INVALID_ARGUMENT outside the domain
   */
  oindex(...selectors: IndexSelector[]): Self;
  /**
   * Selects points: index arrays are broadcast against each other, and the dimensions that they have together come first.
   * @throws AtsError INVALID_ARGUMENT outside the domain, or where arrays do not broadcast
   */
  vindex(...selectors: IndexSelector[]): Self;
  /** Reorders the dimensions; without an argument it reverses them. */
  transpose(permutation?: readonly number[]): Self;
  /** Moves the domain to another origin; null keeps that of a dimension, one number is used for all. */
  translateTo(origin: number | readonly (number | bigint | null)[]): Self;
  /** Names the dimensions; "" for none. */
  label(...labels: string[]): Self;
  private outer;
  private describe;
}
//#endregion
//#region src/tensorstore/transaction.d.ts
/** Guarantees beyond isolation. */
interface TransactionOptions {
  /** All or nothing; an operation that cannot be part of that fails. */
  readonly atomic?: boolean | undefined;
  /** What was read must not have changed by the commit. */
  readonly repeatableRead?: boolean | undefined;
}
/** Where a transaction stands. */
type TransactionState = "open" | "aborted" | "committing" | "settled";
/**
 * Writes that are staged in memory and invisible to others until they are committed. A transaction that is dropped without
 * a commit is aborted.
 */
declare class Transaction {
  /** @internal */
  readonly handle: NativeTransaction;
  constructor(options?: TransactionOptions);
  /**
   * Commits; resolves once everything is stored. An abort signal stops the waiting, not a commit that has begun.
   * @throws AtsError CLOSED when the transaction was aborted, and what writing can fail with
   */
  commit(options?: Cancellable): Promise<void>;
  /** Drops what was staged; does nothing once the transaction was committed or aborted. */
  abort(): void;
  /** `committing` until the commit has ended, `settled` after it, whatever came out of it. */
  get state(): TransactionState;
  /** Whether operations may still join. */
  get open(): boolean;
  /** About how much memory the staged writes take. */
  get bytes(): number;
}
//#endregion
//#region src/tensorstore/kvstore.d.ts
/** An opaque tag of one version of a value. */
type Generation = string;
/** Which bytes of a value: from `start` to `end` (to the end of the value without it), or the last `suffixLength`. */
type ByteRange = {
  readonly start: number;
  readonly end?: number | undefined;
} | {
  readonly suffixLength: number;
};
/** Conditions and extent of a read. */
interface GetOptions extends Cancellable {
  readonly byteRange?: ByteRange | undefined;
  /** Only this version; null: only if there is no value. */
  readonly ifEqual?: Generation | null | undefined;
  /** Only another version than this. */
  readonly ifNotEqual?: Generation | undefined;
  readonly batch?: Batch | undefined;
}
/** What a read found. */
type GetResult = {
  /** When this was true, in milliseconds since 1970. */readonly time: number;
} & ({
  readonly state: "value";
  readonly value: Uint8Array;
  readonly generation: Generation;
} | {
  readonly state: "missing";
} /** The condition did not hold. */ | {
  readonly state: "unspecified";
});
/** The condition of a write. */
interface SetOptions extends Cancellable {
  /** Only over this version; null: only if there is no value yet. */
  readonly ifEqual?: Generation | null | undefined;
}
/** What a write did. */
interface SetResult {
  /** False when the condition did not hold. */
  readonly written: boolean;
  /** The version that is stored now; undefined after a delete, or when nothing was written. */
  readonly generation: Generation | undefined;
  readonly time: number;
}
/** Keys between `start` and `end` (exclusive, unbounded without it); or all that begin with `prefix`. */
type KeyRange = {
  readonly start?: string | undefined;
  readonly end?: string | undefined;
} | {
  readonly prefix: string;
};
/** What to list. */
interface ListOptions extends Cancellable {
  readonly prefix?: string | undefined;
  readonly range?: {
    readonly start?: string;
    readonly end?: string;
  } | undefined;
  /** Leave the prefix out of the keys. */
  readonly stripPrefix?: boolean | undefined;
}
/** One key, and the size of its value where the store tells it. */
interface ListEntry {
  readonly key: string;
  readonly size: number | undefined;
}
/** Where to open a key-value store. */
interface KvStoreOpenOptions extends Cancellable {
  readonly context?: Context | undefined;
  readonly transaction?: Transaction | undefined;
}
/** A key-value store as data: an object with a `driver`, or a URL such as `file:///data/` or `memory://`. */
type KvStoreSpec = {
  readonly driver: string;
  readonly [key: string]: Json | undefined;
} | string | URL;
/** Keys and byte values below a path: a folder, a zip archive, memory. Keys are relative to `path`. */
declare class KvStore {
  #private;
  /** @internal */
  readonly handle: NativeKvStore;
  /** @internal */
  constructor(handle: NativeKvStore);
  /**
   * Opens a key-value store; a folder need not exist yet.
   * @throws AtsError INVALID_ARGUMENT for a spec that TensorStore does not understand
   */
  static open(spec: KvStoreSpec, options?: KvStoreOpenOptions): Promise<KvStore>;
  /** What every key is below: it is prepended as it is, so a folder's ends with a slash. */
  get path(): string;
  /** The URL form; undefined for a store that has none. */
  get url(): string | undefined;
  /** A spec that opens this store. */
  get spec(): KvStoreSpec;
  /** The same store with `suffix` appended to its path. */
  child(suffix: string): KvStore;
  /**
   * Lets go of what the drivers `ats_directory` and `ats_zip` hold open, for all stores of this opening: later reads fail with `CLOSED`. Other drivers hold
   * nothing.
   */
  close(): void;
  /** This store with reads and writes staged in `transaction`, or in none. */
  withTransaction(transaction: Transaction | undefined): KvStore;
  /**
   * Reads a value. A missing one is a result, not an error.
   * @throws AtsError INVALID_ARGUMENT for a range outside the value; IO
   */
  get(key: string, options?: GetOptions): Promise<GetResult>;
  /**
   * Stores a value; the bytes are copied before this returns.
   * @throws AtsError IO, and what the driver refuses
   */
  set(key: string, value: Uint8Array | string, options?: SetOptions): Promise<SetResult>;
  /** Deletes a value; one that is missing is deleted already. */
  delete(key: string, options?: SetOptions): Promise<SetResult>;
  /** Deletes every key of a range. */
  deleteRange(range: KeyRange, options?: Cancellable): Promise<void>;
  /** The keys of a range, all without one; in no particular order. */
  list(options?: ListOptions): Promise<string[]>;
  /** As `list`, with sizes. */
  entries(options?: ListOptions): Promise<ListEntry[]>;
}
//#endregion
//#region src/tensorstore/schema.d.ts
/** How an array is cut into chunks. Shapes are in elements. */
interface ChunkLayout {
  /** The unit of reading: a chunk, or an inner chunk of a shard. */
  readonly readChunk?: readonly number[] | undefined;
  /** The unit of writing: a chunk, or a whole shard. */
  readonly writeChunk?: readonly number[] | undefined;
  /** The unit of the codec, where that is smaller still. */
  readonly codecChunk?: readonly number[] | undefined;
  /** Dimensions from the slowest to the fastest within a chunk. */
  readonly innerOrder?: readonly number[] | undefined;
  /** Where the chunk grid begins. */
  readonly gridOrigin?: readonly number[] | undefined;
}
/** A codec as TensorStore writes it: `driver` and the settings of that driver. */
interface CodecSpec {
  readonly driver: string;
  readonly [setting: string]: Json | undefined;
}
/** Base unit and multiplier, such as `[4, "nm"]`. */
type DimensionUnit = readonly [multiplier: number, baseUnit: string];
/** What may be asked of an array when it is opened or created. */
interface Schema<E extends ElementType = ElementType> {
  readonly dtype?: E | undefined;
  readonly rank?: number | undefined;
  /** The domain from zero; or `domain`. */
  readonly shape?: readonly number[] | undefined;
  readonly domain?: IndexDomain | undefined;
  /** Names of the dimensions, with `shape`. */
  readonly labels?: readonly string[] | undefined;
  readonly chunkLayout?: ChunkLayout | undefined;
  readonly codec?: CodecSpec | undefined;
  /** One value, or a typed array that broadcasts to the domain. */
  readonly fillValue?: number | bigint | boolean | string | TypedArray | undefined;
  readonly dimensionUnits?: readonly (DimensionUnit | string | null)[] | undefined;
}
//#endregion
//#region src/tensorstore/spec.d.ts
/** A spec as data: an object with a `driver`, or a URL such as `file:///data/x.zarr/|zarr3:`. */
type SpecInput = {
  readonly driver: string;
  readonly [key: string]: Json | undefined;
} | string | URL;
/** How to open an array: its driver, where it is stored, what is asked of it, and a view of it. */
declare class Spec extends Indexable<NativeSpec, Spec> {
  /** @internal */
  readonly handle: NativeSpec;
  /** @internal */
  private constructor();
  /** Parses a spec; `INVALID_ARGUMENT` where TensorStore does not understand it. */
  static from(spec: SpecInput): Spec;
  /** @internal */
  static fromHandle(handle: NativeSpec): Spec;
  /** The element type, where the spec says it. */
  get dtype(): ElementType | undefined;
  /** The number of dimensions; -1 where the spec leaves it open. */
  get rank(): number;
  /** The domain, where the spec says it. */
  get domain(): IndexDomain | undefined;
  /** What the spec asks of the array. */
  get schema(): Schema;
  /** The URL form; undefined for a spec that has none. */
  get url(): string | undefined;
  /** The spec with more asked of it; `INVALID_ARGUMENT` for a contradiction. */
  with(schema: Schema): Spec;
  /** TensorStore's JSON form. Integers beyond 2^53 lose digits. */
  toJSON(): Json;
  protected view(handle: NativeSpec): Spec;
}
//#endregion
//#region src/tensorstore/transform.d.ts
/** A map from an input domain to output indices: what a view of an array is, without the array. */
declare class IndexTransform extends Indexable<NativeIndexTransform, IndexTransform> {
  #private;
  /** @internal */
  readonly handle: NativeIndexTransform;
  /** @internal */
  constructor(handle: NativeIndexTransform);
  /** The transform that maps every index of `domain` to itself. */
  static identity(domain: IndexDomain | IndexDomainInit): IndexTransform;
  /** From TensorStore's JSON form; `INVALID_ARGUMENT` where it is not one. */
  static fromJSON(json: Json): IndexTransform;
  /** The input domain. */
  get domain(): IndexDomain;
  get rank(): number;
  /** The number of output indices. */
  get outputRank(): number;
  /** This transform after `inner`: maps the input of `inner` to the output of this one. */
  compose(inner: IndexTransform): IndexTransform;
  /** TensorStore's JSON form. */
  toJSON(): Json;
  protected view(handle: NativeIndexTransform): IndexTransform;
}
//#endregion
//#region src/tensorstore/write.d.ts
/** How to write. */
interface WriteOptions extends Cancellable {
  /**
   * The source will not change until the process has nothing more to do with the store: TensorStore may then keep using its
   * memory and saves a copy of whole chunks.
   */
  readonly sourceIsImmutable?: boolean | undefined;
}
/**
 * A write under way. Awaiting it waits until everything is stored. `copied` comes earlier: the source may then change.
 *
 * Storing begins when someone awaits the write or `committed`, so that writes to one chunk are stored together. A write that
 * nobody awaits may never be stored.
 */
declare class WriteFutures implements PromiseLike<void> {
  #private;
  /** Resolves once the source is no longer needed. */
  readonly copied: Promise<void>;
  /** @internal */
  constructor(handle: NativeWrite, signal?: AbortSignal);
  /** Begins to store, and resolves once everything is stored. */
  get committed(): Promise<void>;
  then: Promise<void>["then"];
}
//#endregion
//#region src/tensorstore/scalar.d.ts
/** A number, bigint or boolean that is written to every element. */
type Scalar = number | bigint | boolean;
//#endregion
//#region src/tensorstore/write-source.d.ts
/** A typed array with a shape, in C order; `DenseArray` is one. */
interface DenseSource<D extends DType = DType> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: ArrayFor<D>;
}
/** Strings or JSON values with a shape, in C order; `StringArray` is one. */
interface ValuesSource {
  readonly shape: readonly number[];
  readonly values: readonly unknown[];
}
/** What `write` takes for a store of `E`. */
type WriteSource<E extends ElementType> = E extends DType ? Scalar | ArrayFor<E> | DenseSource | ArrayBufferView : E extends "json" ? unknown : string | readonly string[] | ValuesSource | JsonArray;
//#endregion
//#region src/tensorstore/tensorstore.d.ts
/** How to read. */
interface ReadOptions extends Cancellable {
  /** Sends the read with others when this is submitted. */
  readonly batch?: Batch | undefined;
}
/** How to read into memory of the caller. */
interface ReadIntoOptions extends ReadOptions {
  /** `C`, the default: the last dimension is contiguous; `F`: the first. */
  readonly order?: "C" | "F" | undefined;
}
/** What a resize may do. */
interface ResizeOptions extends Cancellable {
  /** The new lower bounds; null keeps one. */
  readonly inclusiveMin?: readonly (number | null)[] | undefined;
  /** The new upper bounds; null keeps one. */
  readonly exclusiveMax?: readonly (number | null)[] | undefined;
  /** Chunks outside the new bounds stay stored. */
  readonly metadataOnly?: boolean | undefined;
  /** Other arrays that share these bounds may change with them. */
  readonly tiedBounds?: boolean | undefined;
  readonly expandOnly?: boolean | undefined;
  readonly shrinkOnly?: boolean | undefined;
}
/** What a spec made from a store says. */
interface SpecOptions {
  /** Leave out what the stored metadata says anyway. */
  readonly minimal?: boolean | undefined;
  /**
   * `retain`, the default: opening it again shares this store's caches, pools and memory; `unbind`: the JSON form describes
   * them; `strip`: it says nothing of them.
   */
  readonly context?: "retain" | "unbind" | "strip" | undefined;
}
/** Which chunks of a region are stored. */
interface StorageStatistics {
  readonly notStored: boolean;
  readonly fullyStored: boolean;
}
/** How {@link TensorStore.downsample} picks one value of a block. */
type DownsampleMethod = "stride" | "mean" | "min" | "max" | "median" | "mode";
/** An open array, or a view of one. Views are cheap: nothing is read until `read`. */
declare class TensorStore<E extends ElementType = ElementType> extends Indexable<NativeTensorStore, TensorStore<E>> {
  #private;
  /** @internal */
  readonly handle: NativeTensorStore;
  /** @internal */
  constructor(handle: NativeTensorStore);
  /** The element type. One that this binding cannot read, such as `int4`, can be cast. */
  get dtype(): E;
  /** The region of indices of this view. */
  get domain(): IndexDomain;
  /** The extent of each dimension; Infinity where it is unbounded. */
  get shape(): readonly number[];
  get rank(): number;
  /** Whether reading is allowed. */
  get readable(): boolean;
  /** Whether writing is allowed. */
  get writable(): boolean;
  /**
   * Reads everything in this view: numbers into a {@link DenseArray} (booleans as 0 and 1, 64-bit integers as bigints,
   * complex numbers as pairs, 16-bit floats as `src/dtype.ts` says), strings into a `StringArray`.
   * @throws AtsError LIMIT_EXCEEDED, before anything is read, where no array can hold it; CORRUPT where stored chunks do not
   *   decode; IO; UNSUPPORTED for an element type to cast first
   */
  read(options?: ReadOptions): Promise<ReadResult<E>>;
  /**
   * Reads everything in this view into `target`, a typed array of exactly as many values (over a SharedArrayBuffer too).
   * Another element type than the store's is converted where no value can change. The buffer must not be transferred
   * before the promise settles, nor after an abort until the next turn of the event loop.
   * @throws AtsError INVALID_ARGUMENT for a target of another length or over a resizable buffer; else as `read`
   */
  readInto(target: ArrayBufferView, options?: ReadIntoOptions): Promise<void>;
  /**
   * Writes `source` to everything in this view: one value; a typed array of as many values, in C order; or an array with a
   * shape that broadcasts to this view's. See {@link WriteFutures} for when it is stored.
   * @throws AtsError INVALID_ARGUMENT for a source that does not fit
   */
  write(source: WriteSource<E>, options?: WriteOptions): WriteFutures;
  /** The view that `transform` selects. */
  apply(transform: IndexTransform): TensorStore<E>;
  /** A view whose elements are converted to `dtype` on reading, and back on writing; `INVALID_ARGUMENT` where they cannot. */
  cast<D extends ElementType>(dtype: D): TensorStore<D>;
  /** A read-only view with one value for each block of `factors` elements. */
  downsample(factors: readonly number[], method: DownsampleMethod): TensorStore<E>;
  /** This view with reads and writes staged in `transaction`, or in none. */
  withTransaction(transaction: Transaction | undefined): TensorStore<E>;
  /** This view with its implicit bounds as they are stored now. */
  resolve(options?: Cancellable & {
    readonly fixResizableBounds?: boolean;
  }): Promise<TensorStore<E>>;
  /**
   * Changes the bounds of the stored array; returns this view with the new ones.
   * @throws AtsError INVALID_ARGUMENT for bounds that cannot change
   */
  resize(options: ResizeOptions): Promise<TensorStore<E>>;
  /** A spec that opens this view. */
  spec(options?: SpecOptions): Spec;
  /** Element type, domain, chunk layout, codec, fill value and units together. */
  get schema(): Schema;
  /** How the array is cut into chunks, in the dimensions of this view. */
  get chunkLayout(): ChunkLayout;
  /** How chunks are encoded; undefined for a driver without codecs. */
  get codec(): CodecSpec | undefined;
  /** What elements of chunks that are not stored have; undefined where the driver does not say. */
  get fillValue(): ReadResult<E> | undefined;
  /** The unit of each dimension, null where it has none. */
  get dimensionUnits(): (DimensionUnit | null)[];
  /** The map from this view's domain to the stored array. */
  get transform(): IndexTransform;
  /** The URL form; undefined for a store that has none. */
  get url(): string | undefined;
  /** Where the array is stored; undefined for one in memory. */
  get kvstore(): KvStore | undefined;
  /** Whether the chunks of this view are stored. */
  storageStatistics(options?: Cancellable): Promise<StorageStatistics>;
  protected view(handle: NativeTensorStore): TensorStore<E>;
}
//#endregion
//#region src/tensorstore/combine.d.ts
/** What a combined view works with. */
interface CombineOptions {
  readonly context?: Context | undefined;
  readonly transaction?: Transaction | undefined;
}
/** The arrays one after the other along `dimension`, from zero; `INVALID_ARGUMENT` where they do not fit. */
declare function concat<E extends ElementType>(layers: readonly TensorStore<E>[], dimension: number, options?: CombineOptions): TensorStore<E>;
/** The arrays along a new dimension at `dimension`; `INVALID_ARGUMENT` where their domains differ. */
declare function stack<E extends ElementType>(layers: readonly TensorStore<E>[], dimension?: number, options?: CombineOptions): TensorStore<E>;
/** The arrays over each other in their own coordinates; where they overlap, the later one is seen. */
declare function overlay<E extends ElementType>(layers: readonly TensorStore<E>[], options?: CombineOptions): TensorStore<E>;
//#endregion
//#region src/tensorstore/metrics.d.ts
/** A distribution: how often, and the mean of what was observed. */
interface Histogram {
  readonly count: number;
  readonly mean: number;
}
/** A counter or gauge as a number; a metric with fields has one entry for each, as `name{field=value}`. */
type Metrics = Readonly<Record<string, number | string | Histogram>>;
/**
 * The metrics whose name begins with `prefix`. They count for the whole process since it began: compare two calls.
 * `/tensorstore/kvstore/file/bytes_read` is what the `file` driver read, `/tensorstore/kvstore/ats/bytes_read` what our own read.
 */
declare function metrics(prefix?: string): Metrics;
/** Bytes that TensorStore has read from files in this process so far, through its own driver or one of ours. */
declare function fileBytesRead(): number;
/** What a binary was built from. */
interface BuildInfo {
  readonly version: string;
  readonly tensorstore: string;
  readonly drivers: readonly string[];
  readonly kvstores: readonly string[];
  readonly codecs: readonly string[];
}
/** What this binary was built from, and what it can open. */
declare function buildInfo(): BuildInfo;
//#endregion
//#region src/tensorstore/open.d.ts
/** How old cached values may be: true: always checked again; false: never; "open": from before opening; or a date. */
type Recheck = boolean | "open" | Date;
/** How to open an array. What the schema part asks for must hold of an existing array. */
interface OpenOptions<E extends ElementType = ElementType> extends Schema<E>, Cancellable {
  /** Open an existing array; the default unless `create` is given alone. */
  readonly open?: boolean | undefined;
  /** Create the array; with `open`, only where there is none. */
  readonly create?: boolean | undefined;
  /** With `create`: delete what is there first. */
  readonly deleteExisting?: boolean | undefined;
  /** Take the metadata from the spec; neither read nor write the stored ones. */
  readonly assumeMetadata?: boolean | undefined;
  /** As `assumeMetadata`, but later operations may check it. */
  readonly assumeCachedMetadata?: boolean | undefined;
  /** Ask for reading; with neither this nor `write`, whatever the driver can do. */
  readonly read?: boolean | undefined;
  readonly write?: boolean | undefined;
  /** For data and metadata at once. */
  readonly recheckCached?: Recheck | undefined;
  readonly recheckCachedData?: Recheck | undefined;
  readonly recheckCachedMetadata?: Recheck | undefined;
  /** Where the array is, for a spec that does not say it. */
  readonly kvstore?: KvStore | undefined;
  readonly context?: Context | undefined;
  readonly transaction?: Transaction | undefined;
  readonly batch?: Batch | undefined;
}
/**
 * Opens an array: metadata only, no data is read. With a `dtype`, the store is typed by it.
 *
 * ```ts
 * const x = await open({ driver: "zarr3", kvstore: "file:///data/x/" }, { dtype: "float32" });
 * const rows = await x.oindex([3, 1, 3]).read(); // DenseArray<"float32">
 * ```
 * @throws AtsError NOT_FOUND, ALREADY_EXISTS, INVALID_ARGUMENT for a spec or schema that does not fit, CORRUPT for metadata
 *   that cannot be understood, IO
 */
declare function open<E extends ElementType = ElementType>(spec: SpecInput | Spec, options?: OpenOptions<E>): Promise<TensorStore<E>>;
//#endregion
export { AtsError, type AtsErrorCode, Batch, type BuildInfo, type ByteRange, type Cancellable, type ChunkLayout, type CodecSpec, type CombineOptions, Context, type ContextSpec, type DType, type DTypeData, DenseArray, type DenseSource, type DimensionUnit, type DownsampleMethod, type ElementType, type Generation, type GetOptions, type GetResult, type Histogram, IndexDomain, type IndexDomainInit, type IndexSelector, IndexTransform, type Indices, type Json, type JsonArray, type KeyRange, KvStore, type KvStoreOpenOptions, type KvStoreSpec, type ListEntry, type ListOptions, type Metrics, type OpenOptions, type ReadIntoOptions, type ReadOptions, type ReadResult, type Recheck, type ResizeOptions, type Scalar, type Schema, type SetOptions, type SetResult, type ShapedIndices, type Slice, type SliceSelector, Spec, type SpecInput, type SpecOptions, type StorageStatistics, StringArray, TensorStore, Transaction, type TransactionOptions, type TransactionState, type TypedArray, type ValuesSource, WriteFutures, type WriteOptions, type WriteSource, buildInfo, concat, fileBytesRead, metrics, open, overlay, stack };