/**
 * What a store is, at the level of nodes: groups, arrays and tables. HDF5 has no byte keys, so this is the lowest common
 * abstraction of Zarr, HDF5 and `.ats`. Encodings see nothing else.
 */
import type { DType, TypedArray } from "../dtype.js";
import type { DenseArray } from "../elements/dense.js";
import type { Frame } from "../elements/frame.js";
import type { RecordArray } from "../elements/record.js";
import type { StringArray } from "../elements/strings.js";
import type { AxisSelection } from "../selection/axis.js";
import type { EntryRuns } from "../selection/runs.js";

/** What a storage can do by itself; where one is lacking, a shared fallback does the work. */
export interface Capabilities {
  /** Reads scattered positions of an array in one call. */
  readonly gather: boolean;
  /** Serves several reads at once. */
  readonly concurrent: boolean;
  readonly writable: boolean;
}

/** An attribute: JSON-like values; numbers wider than a double are bigint; an HDF5 object reference is its target's path. */
export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** One field of records; `shape` is there where every record holds a sub-array. */
export interface StoredField {
  readonly name: string;
  readonly dtype: DType | "string";
  readonly shape?: readonly number[];
  /** For a field of strings that is to be written: the characters of the longest. Zarr keeps such strings at a fixed length. */
  readonly characters?: number;
}

/** What an array stores: a numeric type, strings, or records of named fields. */
export type StoredDType = DType | "string" | { readonly fields: readonly StoredField[] };

/** What a read of an array gives. */
export type StoredValue = DenseArray | StringArray | RecordArray;

/** How an operation can be stopped. */
export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}

/** A node of a Zarr store as it is stored, for copies bit for bit. */
export interface RawFiles {
  readonly zarrFormat: 2 | 3;
  /** Every file at and below the node; paths are relative to it, such as `zarr.json`, `c/0` or `child/.zattrs`. */
  files(options?: ReadOptions): AsyncIterable<{ readonly path: string; bytes(): Promise<Uint8Array> }>;
}

/** How runs are read. */
export interface RunReadOptions extends ReadOptions {
  /** Whether nothing has touched the memory that is read into: it is backed with huge pages then. */
  readonly fresh?: boolean | undefined;
  /** Where the values are signed integers of 32 or 64 bits: the limit that they are checked against on the way, where that costs little. */
  readonly below?: number | undefined;
}

/** How an array lies on disk, for `info`, plans and explain. `chunks` is null where it is contiguous. */
export interface ArrayLayout {
  readonly chunks: readonly number[] | null;
  readonly shards: readonly number[] | null;
  /** The codec as the format names it, such as `blosc-lz4` or `gzip`; null where nothing is compressed. */
  readonly codec: string | null;
}

/** An array of any rank; rank 0 is a scalar. */
export interface ArrayNode {
  readonly kind: "array";
  /** Where it is within the store, such as `obs/cell_type`; the root is "". */
  readonly path: string;
  readonly attributes: Attributes;
  readonly shape: readonly number[];
  readonly dtype: StoredDType;
  readonly layout: ArrayLayout;
  /**
   * Whether the stored value is null: `h5py.Empty`, a null data space.
   */
  readonly empty?: boolean;
  /** Whether strings have one fixed length (numpy's S and U): old writers kept a single string as an array of one such. */
  readonly fixedText?: boolean;
  /**
   * Reads a selection: one entry per dimension, missing entries mean the whole; orthogonal (outer) where several dimensions are
   * selected. The result's shape is the counts of the entries.
   */
  read(selection?: readonly (AxisSelection | undefined)[], options?: ReadOptions): Promise<StoredValue>;
  /**
   * Reads runs of a one-dimensional array of numbers into `into`, a typed array of its element type, decoding each chunk once. Missing where the
   * storage has nothing better than `read`. Whether all values that were read are known to be in [0, below).
   */
  readRuns?(runs: EntryRuns, into: TypedArray, options?: RunReadOptions): Promise<boolean>;
  /** Bytes on disk, where they are cheap to know. */
  storedBytes?(options?: ReadOptions): Promise<number | undefined>;
  readonly raw?: RawFiles | undefined;
}

/** A group of named nodes. */
export interface GroupNode {
  readonly kind: "group";
  readonly path: string;
  readonly attributes: Attributes;
  /** The names of its members, in the store's order. */
  keys(): Promise<readonly string[]>;
  /** The member `name`, or undefined where there is none; `CORRUPT` where there is one that cannot be read. */
  get(name: string): Promise<StoredNode | undefined>;
  readonly raw?: RawFiles | undefined;
}

/** A data frame kept in one file of its own (Parquet). */
export interface TableNode {
  readonly kind: "table";
  readonly path: string;
  readonly attributes: Attributes;
  readonly length: number;
  readonly columnNames: readonly string[];
  readonly indexName: string | null;
  /** Reads the named columns (all when not given) of the selected rows; the index always comes along. */
  read(columns?: readonly string[], rows?: AxisSelection, options?: ReadOptions): Promise<Frame>;
  storedBytes?(options?: ReadOptions): Promise<number | undefined>;
}

export type StoredNode = ArrayNode | GroupNode | TableNode;

/** How a new array is to lie on disk; a storage chooses what is not given. */
export interface NewArray {
  readonly dtype: StoredDType;
  /** Rank 0 is a scalar. */
  readonly shape: readonly number[];
  /** Whether the value is null (`ArrayNode.empty`): such an array is of rank 0 and nothing is written into it. */
  readonly empty?: boolean | undefined;
  /** Strings of this fixed length in bytes (numpy's S) instead of strings of any length. */
  readonly textBytes?: number | undefined;
  readonly chunks?: readonly number[] | undefined;
  readonly shards?: readonly number[] | undefined;
  /** What readers would like to decode at once, in place of `chunks` where many of them share a file. */
  readonly pieces?: readonly number[] | undefined;
  /** For a part of a sparse matrix: stored values of a row (a column of CSC), on average. Shards that are given in rows are measured by it. */
  readonly perRow?: number | undefined;
  /** What the values are, where that decides on the default codec: indices of a sparse matrix, which ascend in runs. */
  readonly role?: "indices" | undefined;
  /** A codec by the command line's name: `blosc-lz4`, `zstd:3`, `gzip`, `none`. */
  readonly codec?: string | undefined;
  readonly attributes?: Attributes | undefined;
}

/** How a node is copied. */
export interface CopyOptions extends ReadOptions {
  /** Called with the bytes or pieces that were copied so far, and all of them. */
  readonly onBytes?: ((done: number, total: number) => void) | undefined;
}

/** A group that is being written. */
export interface GroupWriter {
  readonly path: string;
  group(name: string, attributes?: Attributes): Promise<GroupWriter>;
  /** A new array of any stored type; strings and records are written like numbers, in blocks. */
  array(name: string, options: NewArray): Promise<ArrayWriter>;
  /**
   * Makes the array `name` that begins with the values of `node`, an array of numbers of the store that is being replaced, and has `length` rows: same
   * type, chunks, codec and attributes. Missing where a storage cannot; undefined, with nothing made, where it cannot for this node.
   */
  extend?(name: string, node: ArrayNode, length: number, options?: ReadOptions): Promise<ExtendedArray | undefined>;
  /**
   * Copies `node`, of another store of the same kind, as it is stored, without decoding. Missing where a storage cannot; false where
   * it cannot copy this node.
   */
  copy?(name: string, node: StoredNode, options?: CopyOptions): Promise<boolean>;
}

/** An array that has the first rows of another one already. */
export interface ExtendedArray {
  readonly writer: ArrayWriter;
  /** Rows that are there, a whole number of chunks where there are chunks; those after them are to be written. */
  readonly kept: number;
}

/** An array that is being written, block by block. */
export interface ArrayWriter {
  readonly path: string;
  readonly shape: readonly number[];
  /**
   * The chunk grid: blocks that are aligned to it are encoded once and need no read. Callers hold whole chunks in memory; an array
   * without chunks names the block that is best written at once.
   */
  readonly chunks: readonly number[];
  /** Writes `block` with its first value at `origin`; resolves once the bytes are committed. */
  write(origin: readonly number[], block: StoredValue, options?: ReadOptions): Promise<void>;
}

/** An open store. */
export interface Storage {
  readonly capabilities: Capabilities;
  /** The path or URL that it was opened from. */
  readonly location: string;
  readonly root: GroupNode;
  close(): Promise<void>;
}
