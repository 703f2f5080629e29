/**
 * The native surface, as native/node makes it. Only this package calls it: arguments are checked enough to be memory-safe, no
 * more. Specs and schemas cross as JSON text, selections as descriptors, element data as typed arrays.
 *
 * `token` is a number that is unique in this environment and cancels the operation through {@link Addon.cancel}; 0 for none.
 * Failures are made by the function given to {@link Addon.setErrorFactory}.
 */
import type { NativeHdf5File } from "./hdf5-reader.js";
import type { Hdf5Exports } from "./hdf5-writer.js";

/** A handle that may be left out. */
type Optional<T> = T | null | undefined;

/** Any typed array; its bytes are reinterpreted by the data type that is passed beside it. */
type Bytes = ArrayBufferView;

/**
 * What is taken of one dimension: all (null), one index (the dimension is dropped), `[start, stop, step]`, indices, or
 * indices of another rank than 1.
 */
export type SelectionDescriptor =
  | null
  | number
  | bigint
  | readonly [number | bigint | null, number | bigint | null, number | bigint | null]
  | ArrayBufferView
  | { readonly indices: ArrayBufferView; readonly shape: readonly number[] };

/** A shape with its bounds; unbounded ends are ±Infinity. */
export interface NativeDomain {
  readonly origin: number[];
  readonly exclusiveMax: number[];
  readonly shape: number[];
  readonly labels: string[];
  readonly implicitLower: boolean[];
  readonly implicitUpper: boolean[];
}

/** The index operations: independent selections, points, a permutation, new origins (null keeps one), labels. */
export interface Indexable<Self> {
  index(operation: "outer" | "vectorized", selections: readonly SelectionDescriptor[]): Self;
  index(operation: "transpose", permutation: readonly number[]): Self;
  index(operation: "translateTo", origins: readonly (number | bigint | null)[]): Self;
  index(operation: "label", labels: readonly string[]): Self;
}

/** A parsed spec. */
export interface NativeSpec extends Indexable<NativeSpec> {
  json(): string;
  url(): string | null;
  info(): { dtype: string | null; rank: number | null };
  domain(): NativeDomain | null;
  schema(): string;
  with(schema: string): NativeSpec;
}

/** Index arithmetic without a store. */
export interface NativeIndexTransform extends Indexable<NativeIndexTransform> {
  json(): string;
  domain(): NativeDomain;
  outputRank(): number;
  compose(inner: NativeIndexTransform): NativeIndexTransform;
}

/** Thread pools, caches and memory stores that opened stores share. */
export interface NativeContext {
  json(): string;
}

/** Staged writes. */
export interface NativeTransaction {
  commit(token: number): Promise<void>;
  abort(): void;
  state(): { aborted: boolean; commitStarted: boolean; settled: boolean; bytes: number };
}

/** A chunk that a function of JavaScript is asked for, or given. `fill`, `accept` and `reject` end it; what comes later changes nothing. */
export interface NativeChunkRequest {
  /** The content of a chunk that is read: its values in C order. */
  fill(values: Uint8Array): void;
  /** Copies the content of a chunk that is written, in C order. */
  copy(into: Uint8Array): void;
  accept(): void;
  reject(code: string, message: string): void;
}

/** Reads that are sent together. */
export interface NativeBatch {
  submit(): void;
  submitted(): boolean;
}

/** A write under way. `committed` forces the commit. */
export interface NativeWrite {
  copied(token: number): Promise<void>;
  committed(token: number): Promise<void>;
  drop(): void;
}

/** What a write to a key-value store answers; no generation where its condition did not hold. */
export interface NativeStamp {
  readonly generation: string | null | undefined;
  readonly time: number;
}

/** Keys and byte values. Generations: undefined for no condition, null for "there is no value". */
export interface NativeKvStore {
  get(
    key: string,
    byteRange: readonly [start: number, end: number] | null,
    ifEqual: string | null | undefined,
    ifNotEqual: string | null | undefined,
    batch: Optional<NativeBatch>,
    token: number,
  ): Promise<NativeStamp & { state: "value" | "missing" | "unspecified"; value: Uint8Array | undefined }>;
  set(key: string, value: Bytes | null, ifEqual: string | null | undefined, token: number): Promise<NativeStamp>;
  deleteRange(start: string, end: string, token: number): Promise<void>;
  list(
    start: string,
    end: string,
    stripPrefixLength: number,
    token: number,
  ): Promise<{ keys: string[]; sizes: number[] }>;
  info(): { path: string; url: string | null };
  spec(): string;
  child(suffix: string): NativeKvStore;
  /** Lets go of descriptors, where the store is one of `native/os`. */
  close(): void;
  withTransaction(transaction: Optional<NativeTransaction>): NativeKvStore;
}

/** An open array or a view of one. */
export interface NativeTensorStore extends Indexable<NativeTensorStore> {
  readInto(
    target: Bytes,
    dtype: string,
    shape: readonly number[],
    order: "C" | "F",
    fresh: boolean,
    batch: Optional<NativeBatch>,
    token: number,
  ): Promise<void>;
  /**
   * Runs of a one-dimensional store, ascending and disjoint, each to its place in `target`, which has `length` values. Whether all values that were
   * read are known to be in [0, below); false for a negative `below`.
   */
  readRuns(
    target: Bytes,
    dtype: string,
    length: number,
    starts: Float64Array,
    counts: Float64Array,
    places: Float64Array,
    runs: number,
    fresh: boolean,
    below: number,
    token: number,
  ): Promise<boolean>;
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
  resize(
    inclusiveMin: readonly (number | null)[],
    exclusiveMax: readonly (number | null)[],
    mode: number,
    token: number,
  ): Promise<NativeTensorStore>;
  info(): { dtype: string; readable: boolean; writable: boolean };
  domain(): NativeDomain;
  spec(minimal: boolean, context: "retain" | "unbind" | "strip"): NativeSpec;
  schema(): string;
  chunkLayout(): string;
  codec(): string | null;
  fillValue(): { shape: number[]; bytes?: Uint8Array; values?: string[] } | null;
  dimensionUnits(): string;
  transform(): NativeIndexTransform;
  url(): string | null;
  kvstore(): NativeKvStore | null;
  storageStatistics(token: number): Promise<{ notStored: boolean; fullyStored: boolean }>;
}

/** What is read of a dimension: all (null), `[start, step, count]`, or positions. */
export type Selected = null | readonly [number, number, number] | Int32Array | Float64Array;

/** Strings that have been decoded and wait for the memory that is to hold them. */
export interface NativeStrings {
  sizes(): { count: number; byteLength: number };
  /** Fills `count + 1` offsets and `byteLength` bytes. */
  fill(offsets: Int32Array | BigInt64Array, bytes: Uint8Array, token: number): Promise<void>;
}

/** How old cached values may be: checked again always, never, since opening, or since a time in milliseconds. */
type Recheck = boolean | "open" | number | undefined;

/** The exports of the addon that belong to the binding of TensorStore. */
export interface Addon extends Hdf5Exports {
  /**
   * Opens a store. Bits of `openMode`: 1 open, 2 create, 4 delete existing, 8 assume metadata, 16 assume cached metadata;
   * of `readWriteMode`: 1 read, 2 write.
   */
  open(
    spec: string | NativeSpec,
    openMode: number,
    readWriteMode: number,
    schema: string | null,
    recheckData: Recheck,
    recheckMetadata: Recheck,
    context: Optional<NativeContext>,
    transaction: Optional<NativeTransaction>,
    batch: Optional<NativeBatch>,
    kvstore: Optional<NativeKvStore>,
    token: number,
  ): Promise<NativeTensorStore>;
  openKvStore(
    spec: string,
    context: Optional<NativeContext>,
    transaction: Optional<NativeTransaction>,
    token: number,
  ): Promise<NativeKvStore>;
  concat(
    layers: readonly NativeTensorStore[],
    dimension: number,
    context: Optional<NativeContext>,
    transaction: Optional<NativeTransaction>,
  ): NativeTensorStore;
  virtualChunked(
    schema: string,
    callback: (request: NativeChunkRequest, write: boolean, origin: number[], shape: number[]) => void,
    canRead: boolean,
    canWrite: boolean,
    recheck: boolean,
    context: Optional<NativeContext>,
    transaction: Optional<NativeTransaction>,
  ): NativeTensorStore;
  stack(
    layers: readonly NativeTensorStore[],
    dimension: number,
    context: Optional<NativeContext>,
    transaction: Optional<NativeTransaction>,
  ): NativeTensorStore;
  overlay(
    layers: readonly NativeTensorStore[],
    context: Optional<NativeContext>,
    transaction: Optional<NativeTransaction>,
  ): NativeTensorStore;
  spec(json: string): NativeSpec;
  indexTransform(json: string): NativeIndexTransform;
  context(json: string, parent: Optional<NativeContext>): NativeContext;
  transaction(atomic: boolean, repeatableRead: boolean): NativeTransaction;
  batch(): NativeBatch;
  /** `layout`: the request of readStringArray as JSON text. */
  readStrings(
    kvstore: NativeKvStore,
    context: Optional<NativeContext>,
    layout: string,
    selection: readonly Selected[],
    token: number,
  ): Promise<NativeStrings>;
  /** `layout`: the request of writeStringArray as JSON text. */
  writeStrings(
    kvstore: NativeKvStore,
    context: Optional<NativeContext>,
    layout: string,
    offsets: Int32Array | BigInt64Array,
    bytes: Uint8Array,
    token: number,
  ): Promise<void>;
  /** Reads the superblock of the regular file `fd`, which the caller may close at once. */
  openHdf5(
    fd: number,
    path: string,
    maxChunkBytes: number,
    maxMetadataBytes: number,
    token: number,
  ): Promise<NativeHdf5File>;
  /** TensorStore's metrics below a prefix, as JSON text. */
  metrics(prefix: string): string;
  /** What this binary was built from. */
  versions(): { package: string; tensorstore: string };
  /** A token that no operation of this environment has had. */
  nextToken(): number;
  /** Rejects the operation of `token` with `reason` and lets its work go; nothing where it has settled. */
  cancel(token: number, reason: unknown): void;
  setErrorFactory(make: (code: string, message: string, path: string | undefined, cause: Error) => Error): void;
}
