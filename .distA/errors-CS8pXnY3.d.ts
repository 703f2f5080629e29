import { Vector } from "apache-arrow";

//#region src/dtype.d.ts
/** `Float16Array` where the runtime has one (Node >= 24), else the raw bits in a `Uint16Array`. */
type Float16Data = Uint16Array;
/** The typed array that holds the values of each element type. Complex numbers are interleaved (re, im) pairs. */
interface DTypeData {
  bool: Uint8Array;
  int8: Int8Array;
  uint8: Uint8Array;
  int16: Int16Array;
  uint16: Uint16Array;
  int32: Int32Array;
  uint32: Uint32Array;
  int64: BigInt64Array;
  uint64: BigUint64Array;
  float16: Float16Data;
  bfloat16: Uint16Array;
  float32: Float32Array;
  float64: Float64Array;
  complex64: Float32Array;
  complex128: Float64Array;
}
/** The name of a numeric element type. */
type DType = keyof DTypeData;
/** Any typed array that carries matrix values. */
type TypedArray = DTypeData[DType];
/** The typed array of an element type: `ArrayFor<"float32">` is `Float32Array`. */
type ArrayFor<D extends DType> = DTypeData[D];
//#endregion
//#region src/selection/axis.d.ts
/** What a selector becomes once it is normalised: below the door nobody sees a mask, a name or a predicate. */
/** Positions along an axis: Int32Array where the axis is shorter than 2^31, else Float64Array (exact up to 2^53). */
type Positions = Int32Array | Float64Array;
/** `count` positions `start, start + step, …`; `step` is not 0, and may be negative. */
interface AxisRange {
  readonly kind: "range";
  readonly start: number;
  readonly step: number;
  readonly count: number;
}
/** Any positions, in request order, duplicates kept; every one is in 0…length - 1. */
interface AxisPositions {
  readonly kind: "positions";
  readonly positions: Positions;
  readonly count: number;
}
/** A normalised selection along one axis. Immutable. */
type AxisSelection = AxisRange | AxisPositions;
//#endregion
//#region src/selection/runs.d.ts
/** Runs of ascending neighbours: run `r` covers `starts[r] … starts[r] + counts[r] - 1`, in request order. */
interface Runs {
  readonly starts: Positions;
  readonly counts: Positions;
}
/** Runs of a one-dimensional array: `counts[i]` values from `starts[i]` on go to `places[i] …`. Ascending and disjoint by `starts`. */
interface EntryRuns {
  readonly starts: Float64Array;
  readonly counts: Float64Array;
  readonly places: Float64Array;
}
//#endregion
//#region src/elements/matrices.d.ts
/** An n-dimensional array of numbers in C order. `data` holds `lanes(dtype)` elements per value. */
declare class DenseArray<D extends DType = DType> {
  #private;
  readonly kind = "dense";
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: ArrayFor<D>;
  /** `INVALID_ARGUMENT` unless `data` has exactly the number of values that `shape` asks for. */
  constructor(dtype: D, shape: readonly number[], data: ArrayFor<D>);
  /** An array of zeros. */
  static zeros<D extends DType>(dtype: D, shape: readonly number[]): DenseArray<D>;
  /** The length of the first axis. */
  get length(): number;
  /** Row `i` along the first axis as a typed array that shares this array's memory. */
  row(i: number): ArrayFor<D>;
  /** The array itself: it is dense. */
  toDense(): Promise<DenseArray<D>>;
  /** The values that are not zero, by rows. `INVALID_ARGUMENT` unless the array has two dimensions. */
  toCsr(options?: ReadOptions): Promise<CsrMatrix<D>>;
  /** The values that are not zero, by columns. `INVALID_ARGUMENT` unless the array has two dimensions. */
  toCsc(options?: ReadOptions): Promise<CscMatrix<D>>;
}
/** A two-dimensional {@link DenseArray}. */
type DenseMatrix<D extends DType = DType> = DenseArray<D>;
/** Positions along the minor axis. */
type SparseIndices = Int32Array | BigInt64Array;
/** Row (or column) starts: Int32Array up to 2^31 - 1 non-zeros, else BigInt64Array. */
type SparseIndptr = Int32Array | BigInt64Array;
declare abstract class CompressedMatrix<D extends DType> {
  abstract readonly kind: "csr" | "csc";
  /** [rows, columns]. */
  readonly shape: readonly [number, number];
  readonly dtype: D;
  /** The stored values, row after row (CSR) or column after column (CSC). */
  readonly data: ArrayFor<D>;
  readonly indices: SparseIndices;
  readonly indptr: SparseIndptr;
  constructor(dtype: D, shape: readonly [number, number], data: ArrayFor<D>, indices: SparseIndices, indptr: SparseIndptr);
  /** The number of stored values. */
  get nnz(): number;
  get length(): number;
  /** Row `i` as a new typed array with a value per column; duplicate entries are summed. `INVALID_ARGUMENT` outside the matrix. */
  row(i: number): ArrayFor<D>;
  /** The matrix with every zero spelled out. `LIMIT_EXCEEDED` where a typed array cannot hold it. */
  toDense(options?: ReadOptions): Promise<DenseMatrix<D>>;
  /** The matrix by rows, indices sorted; itself where it already is compressed by rows. */
  toCsr(options?: ReadOptions): Promise<CsrMatrix<D>>;
  /** The matrix by columns, indices sorted; itself where it already is compressed by columns. */
  toCsc(options?: ReadOptions): Promise<CscMatrix<D>>;
}
/** Compressed sparse rows. */
declare class CsrMatrix<D extends DType = DType> extends CompressedMatrix<D> {
  readonly kind = "csr";
}
/** Compressed sparse columns. */
declare class CscMatrix<D extends DType = DType> extends CompressedMatrix<D> {
  readonly kind = "csc";
}
type SparseMatrix = CsrMatrix | CscMatrix;
//#endregion
//#region src/kernels/utf8.d.ts
/** `count + 1` offsets into UTF-8 bytes: string `i` is `bytes[offsets[i] … offsets[i + 1]]`. 64-bit offsets where 32 do not reach. */
interface Utf8 {
  readonly offsets: Int32Array | BigInt64Array;
  readonly bytes: Uint8Array;
}
//#endregion
//#region src/elements/utf8.d.ts
/** Strings in Arrow's layout. The bit of a missing one (least significant first) is not set in `validity`; its bytes mean nothing. */
interface ArrowText extends Utf8 {
  /** Missing where no string is. */
  readonly validity?: Uint8Array | undefined;
}
//#endregion
//#region src/elements/strings.d.ts
/** How pandas calls the missing values of a string column: `pd.NA` (dtype `string`) or NaN (dtype `str`). */
type MissingText = "NA" | "NaN";
/**
 * An n-dimensional array of strings in C order; a missing value is null. It holds JavaScript strings, or UTF-8 in Arrow's layout, and makes
 * the other form when it is first asked for; neither may be changed.
 */
declare class StringArray {
  #private;
  readonly kind = "strings";
  readonly shape: readonly number[];
  /** How missing values are called where the array can have some, also when it has none; null for plain strings. */
  readonly na: MissingText | null;
  /** Every string. Made on the first use where the array holds UTF-8: a million of them take some hundred milliseconds. */
  readonly values: readonly (string | null)[];
  /** `INVALID_ARGUMENT` unless `values` fills `shape` (one dimension when no shape is given). */
  constructor(values: readonly (string | null)[], shape?: readonly number[], na?: MissingText | null);
  /**
   * An array over UTF-8 in Arrow's layout, without a copy. The bytes must be UTF-8 and the offsets ascend within them (what readers of
   * untrusted bytes have checked); `INVALID_ARGUMENT` unless they fill `shape` (one dimension when no shape is given).
   */
  static fromUtf8(text: ArrowText, shape?: readonly number[], na?: MissingText | null): StringArray;
  /** The length of the first axis. */
  get length(): number;
  /** Whether a string is missing. */
  get hasMissing(): boolean;
  /** The string at position `i` in C order; null where it is missing. The others are made only once many have been asked for. */
  at(i: number): string | null;
  /** Whether the string at position `i` in C order is missing. */
  isMissing(i: number): boolean;
  /** UTF-8 in Arrow's layout, with validity bits where a string is missing. Made on the first use where the array holds strings. */
  utf8(): ArrowText;
  /** Whether {@link utf8} is there already: then what can work on bytes should. */
  get hasUtf8(): boolean;
}
//#endregion
//#region src/elements/categorical.d.ts
/** Codes of a categorical: positions in the categories, -1 where the value is missing. */
type Codes = Int8Array | Int16Array | Int32Array;
/** A one-dimensional categorical: `codes[i]` is a position in `categories`, or -1 for a missing value. */
declare class Categorical {
  readonly kind = "categorical";
  readonly codes: Codes;
  readonly categories: StringArray | DenseArray;
  readonly ordered: boolean;
  constructor(codes: Codes, categories: StringArray | DenseArray, ordered?: boolean);
  get length(): number;
  get shape(): readonly number[];
  /** Checks that every code is -1 or a position in the categories; `CORRUPT` with `path` otherwise. */
  validate(path: string): this;
}
//#endregion
//#region src/elements/nullable.d.ts
/** A one-dimensional array of integers, booleans or floats; `mask[i]` is 1 where the value is missing. */
declare class NullableArray {
  readonly kind = "nullable";
  readonly values: DenseArray;
  readonly mask: Uint8Array;
  /** `INVALID_ARGUMENT` unless the mask is as long as the values. */
  constructor(values: DenseArray, mask: Uint8Array);
  get length(): number;
  get shape(): readonly number[];
}
//#endregion
//#region src/elements/frame.d.ts
/** A column of an Arrow type that has no class of its own here (timestamps, lists, decimals): carried as it is. */
declare class ArrowColumn {
  readonly kind = "arrow";
  readonly vector: Vector;
  constructor(vector: Vector);
  get length(): number;
  get shape(): readonly number[];
}
/** One column of a data frame: one-dimensional. */
type Column = DenseArray | StringArray | Categorical | NullableArray | ArrowColumn;
/** A data frame: an index and ordered columns, all of one length. */
declare class Frame {
  readonly kind = "frame";
  readonly index: Column;
  /** The name of the index, or null where it has none. */
  readonly indexName: string | null;
  readonly columns: ReadonlyMap<string, Column>;
  /** `INVALID_ARGUMENT` where a column is not as long as the index. */
  constructor(index: Column, columns: ReadonlyMap<string, Column>, indexName?: string | null);
  /** The number of rows. */
  get length(): number;
  get shape(): readonly [number, number];
}
//#endregion
//#region src/elements/record.d.ts
/** A one-dimensional array of records: every field is an array whose first axis is the records. */
declare class RecordArray {
  readonly kind = "records";
  readonly fields: ReadonlyMap<string, DenseArray | StringArray>;
  readonly length: number;
  constructor(fields: ReadonlyMap<string, DenseArray | StringArray>, length: number);
  get shape(): readonly number[];
}
//#endregion
//#region src/storage/types.d.ts
/** An attribute: JSON-like values; numbers wider than a double are bigint; an HDF5 object reference is its target's path. */
type AttributeValue = string | number | bigint | boolean | null | readonly AttributeValue[] | {
  readonly [key: string]: AttributeValue;
};
type Attributes = Readonly<Record<string, AttributeValue>>;
/** One field of records; `shape` is there where every record holds a sub-array. */
interface StoredField {
  readonly name: string;
  readonly dtype: DType | "string";
  readonly shape?: readonly number[];
  /** For a field of strings that is to be written: the characters of the longest. Zarr keeps such strings at a fixed length. */
  readonly characters?: number;
}
/** What an array stores: a numeric type, strings, or records of named fields. */
type StoredDType = DType | "string" | {
  readonly fields: readonly StoredField[];
};
/** What a read of an array gives. */
type StoredValue = DenseArray | StringArray | RecordArray;
/** How an operation can be stopped. */
interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}
/** A node of a Zarr store as it is stored, for copies bit for bit. */
interface RawFiles {
  readonly zarrFormat: 2 | 3;
  /** Every file at and below the node; paths are relative to it, such as `zarr.json`, `c/0` or `child/.zattrs`. */
  files(options?: ReadOptions): AsyncIterable<{
    readonly path: string;
    bytes(): Promise<Uint8Array>;
  }>;
}
/** How runs are read. */
interface RunReadOptions extends ReadOptions {
  /** Whether nothing has touched the memory that is read into: it is backed with huge pages then. */
  readonly fresh?: boolean | undefined;
}
/** How an array lies on disk, for `info`, plans and explain. `chunks` is null where it is contiguous. */
interface ArrayLayout {
  readonly chunks: readonly number[] | null;
  readonly shards: readonly number[] | null;
  /** The codec as the format names it, such as `blosc-lz4` or `gzip`; null where nothing is compressed. */
  readonly codec: string | null;
}
/** An array of any rank; rank 0 is a scalar. */
interface ArrayNode {
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
   * storage has nothing better than `read`.
   */
  readRuns?(runs: EntryRuns, into: TypedArray, options?: RunReadOptions): Promise<void>;
  /** Bytes on disk, where they are cheap to know. */
  storedBytes?(options?: ReadOptions): Promise<number | undefined>;
  readonly raw?: RawFiles | undefined;
}
/** A group of named nodes. */
interface GroupNode {
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
interface TableNode {
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
type StoredNode = ArrayNode | GroupNode | TableNode;
/** How a new array is to lie on disk; a storage chooses what is not given. */
interface NewArray {
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
interface CopyOptions extends ReadOptions {
  /** Called with the bytes or pieces that were copied so far, and all of them. */
  readonly onBytes?: ((done: number, total: number) => void) | undefined;
}
/** A group that is being written. */
interface GroupWriter {
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
interface ExtendedArray {
  readonly writer: ArrayWriter;
  /** Rows that are there, a whole number of chunks where there are chunks; those after them are to be written. */
  readonly kept: number;
}
/** An array that is being written, block by block. */
interface ArrayWriter {
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
//#endregion
//#region src/errors.d.ts
/**
 * The one error type of the package. Every failure is an {@link AtsError}; only an aborted call rejects with
 * `signal.reason` instead, as fetch does.
 */
/** What went wrong, as a stable name to branch on. */
type AtsErrorCode = "NOT_FOUND" | "CORRUPT" | "UNSUPPORTED" | "LIMIT_EXCEEDED" | "UNSAFE_PATH" | "INVALID_ARGUMENT" | "ALREADY_EXISTS" | "LOCKED" | "STALE" | "CLOSED" | "IO" | "INTERNAL";
/** Where the failure was and what caused it. */
interface AtsErrorOptions {
  /** The file, store or element that the failure is about, such as `atlas.ats/obs.parquet` or `layers/counts`. */
  readonly path?: string;
  readonly cause?: unknown;
}
/** A typed failure: `code` says which kind, `path` where, `cause` what lay beneath. */
declare class AtsError extends Error {
  readonly name = "AtsError";
  readonly code: AtsErrorCode;
  readonly path: string | undefined;
  constructor(code: AtsErrorCode, message: string, options?: AtsErrorOptions);
  /**
   * Whether `value` is an AtsError, also one made by another copy of this package (the CommonJS build beside the ES
   * module, or a worker's structured clone turned back).
   */
  static is(value: unknown): value is AtsError;
}
//#endregion
export { SparseMatrix as A, StringArray as C, DenseMatrix as D, DenseArray as E, DTypeData as F, TypedArray as I, AxisSelection as M, ArrayFor as N, SparseIndices as O, DType as P, Codes as S, CsrMatrix as T, ArrowColumn as _, ArrayNode as a, NullableArray as b, GroupNode as c, ReadOptions as d, StoredDType as f, RecordArray as g, TableNode as h, ArrayLayout as i, Runs as j, SparseIndptr as k, GroupWriter as l, StoredValue as m, AtsErrorCode as n, ArrayWriter as o, StoredNode as p, AtsErrorOptions as r, Attributes as s, AtsError as t, NewArray as u, Column as v, CscMatrix as w, Categorical as x, Frame as y };