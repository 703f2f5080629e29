import { type ArrayFor, allocateUnset, type DType, isDType } from "../dtype.js";
import { DenseArray, sizeOf } from "../elements/dense.js";
import { AtsError } from "../errors.js";
import type { NativeTensorStore } from "../native/addon.js";
import { type Cancellable, cancellable } from "./abort.js";
import type { Batch } from "./batch.js";
import { IndexDomain } from "./domain.js";
import { type ElementType, nativeBytes, type ReadResult } from "./element-type.js";
import { Indexable } from "./indexable.js";
import { KvStore } from "./kvstore.js";
import type { ChunkLayout, CodecSpec, DimensionUnit, Schema } from "./schema.js";
import { Spec } from "./spec.js";
import * as metadata from "./store-metadata.js";
import type { Transaction } from "./transaction.js";
import { IndexTransform } from "./transform.js";
import { WriteFutures, type WriteOptions } from "./write.js";
import { startWrite, type WriteSource } from "./write-source.js";

/** How to read. */
export interface ReadOptions extends Cancellable {
  /** Sends the read with others when this is submitted. */
  readonly batch?: Batch | undefined;
}

/** How to read into memory of the caller. */
export interface ReadIntoOptions extends ReadOptions {
  /** `C`, the default: the last dimension is contiguous; `F`: the first. */
  readonly order?: "C" | "F" | undefined;
}

/** What a resize may do. */
export interface ResizeOptions extends Cancellable {
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
export interface SpecOptions {
  /** Leave out what the stored metadata says anyway. */
  readonly minimal?: boolean | undefined;
  /**
   * `retain`, the default: opening it again shares this store's caches, pools and memory; `unbind`: the JSON form describes
   * them; `strip`: it says nothing of them.
   */
  readonly context?: "retain" | "unbind" | "strip" | undefined;
}

/** Which chunks of a region are stored. */
export interface StorageStatistics {
  readonly notStored: boolean;
  readonly fullyStored: boolean;
}

/** How {@link TensorStore.downsample} picks one value of a block. */
export type DownsampleMethod = "stride" | "mean" | "min" | "max" | "median" | "mode";

/** An open array, or a view of one. Views are cheap: nothing is read until `read`. */
export class TensorStore<E extends ElementType = ElementType> extends Indexable<NativeTensorStore, TensorStore<E>> {
  /** @internal */
  readonly handle: NativeTensorStore;
  readonly #domain: IndexDomain;
  readonly #dtype: E;

  /** @internal */
  constructor(handle: NativeTensorStore) {
    super();
    this.handle = handle;
    this.#domain = IndexDomain.fromNative(handle.domain());
    this.#dtype = handle.info().dtype as E;
  }

  /** The element type. One that this binding cannot read, such as `int4`, can be cast. */
  get dtype(): E {
    return this.#dtype;
  }

  /** The region of indices of this view. */
  get domain(): IndexDomain {
    return this.#domain;
  }

  /** The extent of each dimension; Infinity where it is unbounded. */
  get shape(): readonly number[] {
    return this.#domain.shape;
  }

  get rank(): number {
    return this.#domain.rank;
  }

  /** Whether reading is allowed. */
  get readable(): boolean {
    return this.handle.info().readable;
  }

  /** Whether writing is allowed. */
  get writable(): boolean {
    return this.handle.info().writable;
  }

  /**
   * Reads everything in this view: numbers into a {@link DenseArray} (booleans as 0 and 1, 64-bit integers as bigints,
   * complex numbers as pairs, 16-bit floats as `src/dtype.ts` says), strings into a `StringArray`.
   * @throws AtsError LIMIT_EXCEEDED, before anything is read, where no array can hold it; CORRUPT where stored chunks do not
   *   decode; IO; UNSUPPORTED for an element type to cast first
   */
  read(options: ReadOptions = {}): Promise<ReadResult<E>> {
    const dtype: ElementType = this.#dtype;
    return (isDType(dtype) ? this.#readNumbers(dtype, options) : this.#readText(options)) as Promise<ReadResult<E>>;
  }

  /**
   * Reads everything in this view into `target`, a typed array of exactly as many values (over a SharedArrayBuffer too).
   * Another element type than the store's is converted where no value can change. The buffer must not be transferred
   * before the promise settles, nor after an abort until the next turn of the event loop.
   * @throws AtsError INVALID_ARGUMENT for a target of another length or over a resizable buffer; else as `read`
   */
  async readInto(target: ArrayBufferView, options: ReadIntoOptions = {}): Promise<void> {
    const { bytes, dtype } = nativeBytes(target, this.#dtype);
    await this.#readInto(bytes, dtype, false, options);
  }

  /**
   * Writes `source` to everything in this view: one value; a typed array of as many values, in C order; or an array with a
   * shape that broadcasts to this view's. See {@link WriteFutures} for when it is stored.
   * @throws AtsError INVALID_ARGUMENT for a source that does not fit
   */
  write(source: WriteSource<E>, options: WriteOptions = {}): WriteFutures {
    options.signal?.throwIfAborted();
    return new WriteFutures(startWrite(this, source, options.sourceIsImmutable ?? false), options.signal);
  }

  /** The view that `transform` selects. */
  apply(transform: IndexTransform): TensorStore<E> {
    return this.view(this.handle.apply(transform.handle));
  }

  /** A view whose elements are converted to `dtype` on reading, and back on writing; `INVALID_ARGUMENT` where they cannot. */
  cast<D extends ElementType>(dtype: D): TensorStore<D> {
    return new TensorStore<D>(this.handle.cast(dtype));
  }

  /** A read-only view with one value for each block of `factors` elements. */
  downsample(factors: readonly number[], method: DownsampleMethod): TensorStore<E> {
    return this.view(this.handle.downsample(factors, method));
  }

  /** This view with reads and writes staged in `transaction`, or in none. */
  withTransaction(transaction: Transaction | undefined): TensorStore<E> {
    return this.view(this.handle.withTransaction(transaction?.handle));
  }

  /** This view with its implicit bounds as they are stored now. */
  async resolve(options: Cancellable & { readonly fixResizableBounds?: boolean } = {}): Promise<TensorStore<E>> {
    const mode = options.fixResizableBounds ? 1 : 0;
    return this.view(await cancellable(options.signal, (token) => this.handle.resolve(mode, token)));
  }

  /**
   * Changes the bounds of the stored array; returns this view with the new ones.
   * @throws AtsError INVALID_ARGUMENT for bounds that cannot change
   */
  async resize(options: ResizeOptions): Promise<TensorStore<E>> {
    const keep = Array<null>(this.rank).fill(null);
    const { inclusiveMin = keep, exclusiveMax = keep } = options;
    const mode =
      (options.metadataOnly ? 1 : 0) |
      (options.tiedBounds ? 2 : 0) |
      (options.expandOnly ? 4 : 0) |
      (options.shrinkOnly ? 8 : 0);
    return this.view(
      await cancellable(options.signal, (token) => this.handle.resize(inclusiveMin, exclusiveMax, mode, token)),
    );
  }

  /** A spec that opens this view. */
  spec(options: SpecOptions = {}): Spec {
    return Spec.fromHandle(this.handle.spec(options.minimal ?? false, options.context ?? "retain"));
  }

  /** Element type, domain, chunk layout, codec, fill value and units together. */
  get schema(): Schema {
    return metadata.schemaOf(this.handle);
  }

  /** How the array is cut into chunks, in the dimensions of this view. */
  get chunkLayout(): ChunkLayout {
    return metadata.chunkLayoutOf(this.handle);
  }

  /** How chunks are encoded; undefined for a driver without codecs. */
  get codec(): CodecSpec | undefined {
    return metadata.codecOf(this.handle);
  }

  /** What elements of chunks that are not stored have; undefined where the driver does not say. */
  get fillValue(): ReadResult<E> | undefined {
    return metadata.fillValueOf(this.handle, this.#dtype);
  }

  /** The unit of each dimension, null where it has none. */
  get dimensionUnits(): (DimensionUnit | null)[] {
    return metadata.dimensionUnitsOf(this.handle);
  }

  /** The map from this view's domain to the stored array. */
  get transform(): IndexTransform {
    return new IndexTransform(this.handle.transform());
  }

  /** The URL form; undefined for a store that has none. */
  get url(): string | undefined {
    return this.handle.url() ?? undefined;
  }

  /** Where the array is stored; undefined for one in memory. */
  get kvstore(): KvStore | undefined {
    const kvstore = this.handle.kvstore();
    return kvstore === null ? undefined : new KvStore(kvstore);
  }

  /** Whether the chunks of this view are stored. */
  storageStatistics(options: Cancellable = {}): Promise<StorageStatistics> {
    return cancellable(options.signal, (token) => this.handle.storageStatistics(token));
  }

  protected view(handle: NativeTensorStore): TensorStore<E> {
    return new TensorStore<E>(handle);
  }

  async #readNumbers<D extends DType>(dtype: D, options: ReadOptions): Promise<DenseArray<D>> {
    const { shape } = this;
    if (!shape.every(Number.isFinite)) {
      throw new AtsError("INVALID_ARGUMENT", `The domain ${this.#domain} is unbounded; slice it before reading.`);
    }
    const data: ArrayFor<D> = allocateUnset(dtype, sizeOf(shape));
    await this.#readInto(nativeBytes(data, dtype).bytes, dtype, true, options);
    return new DenseArray(dtype, shape, data);
  }

  async #readText({ signal, batch }: ReadOptions): Promise<ReadResult<"string" | "json">> {
    if (!TEXT_TYPES.has(this.#dtype)) {
      throw new AtsError("UNSUPPORTED", `No typed array holds values of type ${this.#dtype}; cast the store first.`);
    }
    const values = await cancellable(signal, (token) => this.handle.readValues(batch?.handle, token));
    return metadata.textArray(this.#dtype, this.shape, values);
  }

  #readInto(bytes: ArrayBufferView, dtype: DType | "byte", fresh: boolean, options: ReadIntoOptions): Promise<void> {
    const { signal, batch, order = "C" } = options;
    return cancellable(signal, (token) =>
      this.handle.readInto(bytes, dtype, this.shape, order, fresh, batch?.handle, token),
    );
  }
}

const TEXT_TYPES: ReadonlySet<string> = new Set(["string", "ustring", "json"]);
