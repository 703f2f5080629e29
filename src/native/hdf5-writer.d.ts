/** The native HDF5 writer, as native/node/hdf5_writer.cc makes it. Calls are done one after the other, in their order. */
import type { NativeHdf5Object } from "./hdf5-reader.js";

/** Values of an attribute; numbers as decimal text, which is exact. */
export interface Hdf5AttributeSpec {
  readonly name: string;
  readonly kind: "string" | "int64" | "uint64" | "float64" | "bool" | "null";
  readonly shape: readonly number[];
  readonly values: readonly (string | boolean)[];
}

/** An element type: a name of a number's, text of any length, or text of one length. */
export type Hdf5ScalarSpec = string | { readonly bytes: number };

/** One field of records. */
export interface Hdf5FieldSpec {
  readonly name: string;
  readonly dtype: Hdf5ScalarSpec;
  readonly shape: readonly number[];
}

/** A new group: JSON text of this. */
export interface Hdf5GroupSpec {
  readonly path: string;
  readonly attributes: readonly Hdf5AttributeSpec[];
}

/** A new data set: JSON text of this. */
export interface Hdf5DatasetSpec extends Hdf5GroupSpec {
  readonly dtype: Hdf5ScalarSpec | readonly Hdf5FieldSpec[];
  readonly shape: readonly number[];
  /** Null for a contiguous data set. */
  readonly chunks: readonly number[] | null;
  readonly codec: "none" | "gzip" | "lzf";
  readonly level: number;
  readonly shuffle: boolean;
  /** The first axis has no upper bound. */
  readonly resizable: boolean;
  /** A null data space. */
  readonly empty: boolean;
}

/** Values of one field: their bytes, or offsets and UTF-8. */
export type Hdf5Column = Uint8Array | readonly [offsets: Int32Array | BigInt64Array, bytes: Uint8Array];

/** An HDF5 file that is being written. After a failure it can only be abandoned. */
export interface NativeHdf5Writer {
  group(spec: string, token: number): Promise<void>;
  /** The number of the new data set. */
  dataset(spec: string, token: number): Promise<number>;
  /** A group (the root where the path is empty) with the attributes of `object` and those of the spec. */
  copyGroup(spec: string, object: NativeHdf5Object, token: number): Promise<void>;
  /**
   * A data set as `object` is one, of `rows` rows where they are given. `rows` of the answer are those that it takes over, in `parts` for
   * `copyStored`; text takes none over. `UNSUPPORTED`, with nothing made, for what is not copied so.
   */
  copyDataset(
    spec: string,
    object: NativeHdf5Object,
    rows: number | null,
    token: number,
  ): Promise<{ readonly number: number; readonly rows: number; readonly parts: number }>;
  /** Copies about `most` bytes from part `first` on; the part to go on with. To be called until it answers the number of parts. */
  copyStored(dataset: number, first: number, most: number, token: number): Promise<number>;
  write(
    dataset: number,
    origin: readonly number[],
    shape: readonly number[],
    columns: readonly Hdf5Column[],
    token: number,
  ): Promise<void>;
  /** Completes the file. */
  close(token: number): Promise<void>;
  /** Lets go of the file, whose bytes are worth nothing. */
  abandon(token: number): Promise<void>;
  /** The calls to come fail, and one that is under way ends soon. */
  stop(): void;
}

/** What the addon exports of it. */
export interface Hdf5Exports {
  /** Creates a file that must not exist; chunks are encoded on up to `threads` threads. */
  hdf5Create(path: string, threads: number, token: number): Promise<NativeHdf5Writer>;
}
