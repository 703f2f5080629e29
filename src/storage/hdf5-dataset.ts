/** Reads of one HDF5 dataset on the addon's threads: every chunk is decoded once, straight to where its values stay. */
import { allocate, allocateUnset, type DType, type TypedArray } from "../dtype.js";
import { DenseArray, sizeOf } from "../elements/dense.js";
import { StringArray } from "../elements/strings.js";
import { AtsError } from "../errors.js";
import { INT32_MAX } from "../kernels/arrays.js";
import { selected } from "../kernels/strings.js";
import type { Selected } from "../native/addon.js";
import type { NativeHdf5Dataset, NativeHdf5Field, NativeHdf5File } from "../native/hdf5-reader.js";
import type { AxisSelection } from "../selection/axis.js";
import type { EntryRuns } from "../selection/runs.js";
import { cancellable } from "../tensorstore/abort.js";
import { takeApart } from "./hdf5-records.js";
import type { RunReadOptions, StoredValue } from "./types.js";

/** What strings come in. */
type NativeTexts = Awaited<ReturnType<NativeHdf5File["texts"]>>;

/** A dataset of numbers, strings or records. */
export class Hdf5Dataset {
  readonly #file: NativeHdf5File;
  readonly #handle: NativeHdf5Dataset;
  readonly #name: string;
  readonly #dtype: DType | "string" | "records";
  readonly #shape: readonly number[];
  readonly #threads: number;
  readonly #count: () => void;

  /** `name` is what errors are about; `count` is called for every read that is served. */
  constructor(
    file: NativeHdf5File,
    handle: NativeHdf5Dataset,
    name: string,
    dtype: DType | "string" | "records",
    shape: readonly number[],
    threads: number,
    count: () => void,
  ) {
    this.#file = file;
    this.#handle = handle;
    this.#name = name;
    this.#dtype = dtype;
    this.#shape = shape;
    this.#threads = threads;
    this.#count = count;
  }

  /** Bytes that the values take in the file; undefined for strings, which lie elsewhere. */
  get storedBytes(): number | undefined {
    return this.#dtype === "string" ? undefined : this.#handle.info().storedBytes;
  }

  /**
   * Reads `selection`, one entry per dimension. `CORRUPT` for chunks or strings that cannot be decoded, `STALE` where the file was changed
   * after it was opened, `LIMIT_EXCEEDED` for strings of more than `maxBytes` together, `IO`, `CLOSED`.
   */
  async read(
    selection: readonly AxisSelection[],
    maxBytes: number,
    signal: AbortSignal | undefined,
  ): Promise<StoredValue> {
    const axes = selection.map((axis, i) => selected(axis, this.#shape[i] as number));
    const shape = selection.map((axis) => axis.count);
    const dtype = this.#dtype;
    if (dtype === "records") return this.#readRecords(axes, shape[0] ?? 1, maxBytes, signal);
    return dtype === "string"
      ? this.#readStrings(axes, shape, maxBytes, signal)
      : this.#readNumbers(dtype, axes, shape, signal);
  }

  /**
   * Reads `runs` of a one-dimensional dataset of numbers into `into`, a typed array of its element type. Whether all of them are known to be in
   * [0, below). Errors as {@link read}.
   */
  readRuns(runs: EntryRuns, into: TypedArray, options: RunReadOptions): Promise<boolean> {
    const { starts, counts, places } = runs;
    const { fresh = false, below = -1, signal } = options;
    return this.#served(signal, (token) =>
      this.#handle.readRuns(starts, counts, places, into, fresh, below, this.#threads, token),
    );
  }

  async #readNumbers(
    dtype: DType,
    axes: readonly Selected[],
    shape: readonly number[],
    signal: AbortSignal | undefined,
  ): Promise<DenseArray> {
    const data = allocateUnset(dtype, sizeOf(shape));
    await this.#served(signal, (token) => this.#handle.read(axes, data, true, this.#threads, token));
    return new DenseArray(dtype, shape, data as never);
  }

  async #readStrings(
    axes: readonly Selected[],
    shape: readonly number[],
    maxBytes: number,
    signal: AbortSignal | undefined,
  ): Promise<StringArray> {
    const strings = await this.#served(signal, (token) =>
      this.#handle.readStrings(axes, maxBytes, this.#threads, token),
    );
    return this.#take(strings, shape, signal);
  }

  async #readRecords(
    axes: readonly Selected[],
    length: number,
    maxBytes: number,
    signal: AbortSignal | undefined,
  ): Promise<StoredValue> {
    const { fields, itemBytes } = this.#handle.info();
    const records = allocateUnset("uint8", length * itemBytes);
    await this.#served(signal, (token) => this.#handle.read(axes, records, true, this.#threads, token));
    const texts = async (elements: Uint8Array, field: NativeHdf5Field, shape: readonly number[]) => {
      const { itemBytes: width, fixed, padding } = field;
      const start = (token: number) => this.#file.texts(elements, width, fixed, padding, maxBytes, token);
      const strings = await cancellable(signal, start).catch((error: unknown) => {
        throw located(error, this.#name);
      });
      return this.#take(strings, shape, signal);
    };
    return takeApart(records, length, itemBytes, fields, texts);
  }

  /** Brings strings to JavaScript's memory. */
  async #take(strings: NativeTexts, shape: readonly number[], signal: AbortSignal | undefined): Promise<StringArray> {
    const { count, byteLength } = strings.sizes();
    const offsets = byteLength > INT32_MAX ? allocate("int64", count + 1) : allocate("int32", count + 1);
    const bytes = allocate("uint8", byteLength);
    await cancellable(signal, (token) => strings.fill(offsets, bytes, token));
    return StringArray.fromUtf8({ offsets, bytes }, shape);
  }

  async #served<T>(signal: AbortSignal | undefined, start: (token: number) => Promise<T>): Promise<T> {
    try {
      const value = await cancellable(signal, start);
      this.#count();
      return value;
    } catch (error) {
      throw located(error, this.#name);
    }
  }
}

/** `error` of the addon as one about `name`. */
export function located(error: unknown, name: string): unknown {
  if (!AtsError.is(error)) return error;
  const reason = error.message.replace(/\.$/, "");
  return new AtsError(error.code, `${name} cannot be read: ${reason}.`, { path: name, cause: error });
}
