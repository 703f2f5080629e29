import { A as SparseMatrix, C as StringArray, D as DenseMatrix, E as DenseArray, I as TypedArray, M as AxisSelection, N as ArrayFor, O as SparseIndices, P as DType, S as Codes, T as CsrMatrix, _ as ArrowColumn, a as ArrayNode, b as NullableArray, c as GroupNode, d as ReadOptions, f as StoredDType, g as RecordArray, h as TableNode, i as ArrayLayout, j as Runs, k as SparseIndptr, l as GroupWriter, m as StoredValue, n as AtsErrorCode, o as ArrayWriter, p as StoredNode, r as AtsErrorOptions, s as Attributes, t as AtsError, u as NewArray, v as Column, w as CscMatrix, x as Categorical, y as Frame } from "./errors-DxVOX0LE.cjs";
import { inspect } from "node:util";
import { Table, Vector } from "apache-arrow";

//#region src/plan/types.d.ts
/** Where a read touches one dimension: a selection, or runs where it would be too long to spell; undefined is all of it. */
type Touched = AxisSelection | Runs | undefined;
/** One stored array that a read touches, and where. */
interface StoredRead {
  readonly path: string;
  readonly shape: readonly number[];
  /** Bytes of one value. */
  readonly itemSize: number;
  /** How it lies on disk; null where that is not known, as in Parquet: then it counts as one chunk. */
  readonly layout: ArrayLayout | null;
  readonly touched: readonly Touched[];
}
/** What reading one element takes. */
interface ElementPlan {
  readonly path: string;
  /** The selection in words, such as `700 rows of 2,638 in 12 runs × 20 columns of 1,838 in 18 runs`. */
  readonly selection: string;
  /** Chunks that are read and decoded, each once. */
  readonly chunks: number;
  /** Bytes of those chunks once decoded. */
  readonly bytes: number;
  /** Bytes of the result. */
  readonly resultBytes: number;
}
/** What `explain` gives. */
interface PlanSummary {
  readonly elements: readonly ElementPlan[];
  readonly chunks: number;
  readonly bytes: number;
  /** The results together with what is decoded at once beside them, in bytes; an estimate. */
  readonly peakMemory: number;
}
//#endregion
//#region src/elements/awkward-form.d.ts
interface Node<C extends string> {
  readonly class: C;
  readonly form_key: string | null;
  readonly parameters?: {
    readonly [name: string]: unknown;
  };
}
interface Wrapper<C extends string> extends Node<C> {
  readonly content: AwkwardForm;
}
/** A node of a form, as it stands in JSON. */
type AwkwardForm = (Node<"NumpyArray"> & {
  readonly primitive: string;
  readonly inner_shape?: readonly number[];
}) | Node<"EmptyArray"> | (Wrapper<"RegularArray"> & {
  readonly size: number;
}) | Wrapper<"ListArray"> | Wrapper<"ListOffsetArray"> | Wrapper<"IndexedArray"> | Wrapper<"IndexedOptionArray"> | (Wrapper<"ByteMaskedArray"> & {
  readonly valid_when: boolean;
}) | (Wrapper<"BitMaskedArray"> & {
  readonly valid_when: boolean;
  readonly lsb_order: boolean;
}) | Wrapper<"UnmaskedArray"> | (Node<"RecordArray"> & {
  readonly fields: readonly string[] | null;
  readonly contents: readonly AwkwardForm[];
}) | (Node<"UnionArray"> & {
  readonly contents: readonly AwkwardForm[];
});
//#endregion
//#region src/elements/scalar.d.ts
/** A complex number. */
interface Complex {
  readonly re: number;
  readonly im: number;
}
/**
 * A numpy scalar: a number that keeps its element type. It stands wherever a plain JavaScript value would lose the type: numpy
 * scalars of every kind, and Python floats without a fraction (2.0). 64-bit integers are bigint.
 */
declare class Scalar<D extends DType = DType> {
  readonly kind = "scalar";
  readonly dtype: D;
  readonly value: number | bigint | boolean | Complex;
  constructor(dtype: D, value: number | bigint | boolean | Complex);
  /** Lets arithmetic and comparison work as with the plain number. */
  valueOf(): number | bigint | boolean | Complex;
  toString(): string;
}
//#endregion
//#region src/elements/awkward-nested.d.ts
/** One entry as plain JavaScript. */
type Nested = null | boolean | number | bigint | string | Uint8Array | Complex | Nested[] | {
  [field: string]: Nested;
};
//#endregion
//#region src/elements/awkward.d.ts
/**
 * An awkward array of `length` entries. `form` says how its buffers make them up (awkward-array's form in JSON, parsed); `buffers` are called by
 * form key and purpose: `node0-offsets`. Immutable. What the buffers refer to is checked when it is used: `CORRUPT` then.
 */
declare class AwkwardArray {
  readonly kind = "awkward";
  readonly form: AwkwardForm;
  readonly length: number;
  readonly buffers: ReadonlyMap<string, DenseArray>;
  constructor(form: AwkwardForm, length: number, buffers: ReadonlyMap<string, DenseArray>);
  get shape(): readonly number[];
  /** The type of one entry, as awkward-array prints it: `var * int64`. */
  get type(): string;
  /** The entries `rows`, in request order, duplicates kept: packed, so that nothing else is held. */
  select(rows: AxisSelection, path?: string): Promise<AwkwardArray>;
  /** The array without gaps: every list behind the one before, indices in order. `CORRUPT` where its buffers do not fit its form. */
  packed(path?: string): Promise<AwkwardArray>;
  /**
   * The entries as plain JavaScript: lists as arrays, records as objects, tuples as arrays, missing entries as null, text as strings, byte strings as
   * Uint8Array; numbers as numbers, the integers of a buffer as bigint where one of them is no exact number. `CORRUPT` where buffers do not fit the form.
   */
  toNested(): Promise<Nested[]>;
  /**
   * The array as an Arrow vector: lists as List, records as Struct, text as Utf8, unions as DenseUnion, with validity bits for missing entries. Loads
   * apache-arrow on first use. `UNSUPPORTED` for what Arrow has no type for (complex numbers), `LIMIT_EXCEEDED` beyond 2^31 - 1 entries in lists.
   */
  toArrow(): Promise<Vector>;
}
//#endregion
//#region src/elements/values.d.ts
/** A Python tuple: an array that is written back as a tuple. */
declare class Tuple extends Array<Value> {
  static get [Symbol.species](): ArrayConstructor;
}
/** A dict with string keys: an object without a prototype, so that no key has a meaning of its own. */
interface Dict {
  [key: string]: Value;
}
/** Values aligned to an axis or free-standing: matrices, columns, frames. */
type ArrayValue = DenseArray | StringArray | Categorical | NullableArray | RecordArray | CsrMatrix | CscMatrix | AwkwardArray | Frame;
/**
 * Anything that `uns` holds. Plain JavaScript stands for plain Python: null, boolean, string, number (an integer is an int, anything
 * else a float), bigint (int), array (list), {@link Tuple}, Set, Uint8Array (bytes), a {@link Dict}, and a
 * Map for a dict whose keys are not all strings.
 */
type Value = null | boolean | string | number | bigint | Uint8Array | Scalar | ArrayValue | Value[] | Set<Value> | Map<Value, Value> | Dict;
//#endregion
//#region src/elements/lazy.d.ts
/** One entry per dimension; a missing entry means the whole dimension. */
type ElementSelection = readonly (AxisSelection | undefined)[];
/** What `info` and `explain` say of one stored element. */
interface ElementInfo {
  readonly path: string;
  /** The encoding type, such as `array`, `csr_matrix`, `dataframe`, `categorical`. */
  readonly encoding: string;
  readonly encodingVersion: string;
  readonly dtype: string | null;
  readonly shape: readonly number[] | null;
  readonly layout: ArrayLayout | null;
  /** Stored values of a sparse matrix. */
  readonly nnz: number | null;
}
interface LazyBase {
  readonly info: ElementInfo;
  /** Bytes on disk of all that belongs to the element, where they are cheap to know. */
  storedBytes(options?: ReadOptions): Promise<number | undefined>;
}
/** An array, matrix, string array, categorical, nullable or record array: anything with axes that can be selected on. */
interface LazyArray extends LazyBase {
  readonly kind: "lazy-array";
  readonly shape: readonly number[];
  readonly dtype: StoredDType;
  /** `csr` or `csc` where it is sparse. */
  readonly sparse: "csr" | "csc" | null;
  read(selection?: ElementSelection, options?: ReadOptions): Promise<Value>;
  /**
   * The stored arrays that `read` would touch, and where, for plans; reads at most `indptr`. Missing or undefined where `info` says enough:
   * one array of `info.shape`, laid out as `info.layout`.
   */
  reads?(selection?: ElementSelection, options?: ReadOptions): Promise<readonly StoredRead[] | undefined>;
  /**
   * All of a sparse matrix, slab by slab along its compressed axis. There where reading slabs one by one would do the same work again and again,
   * as for a layout that is not the stored one.
   */
  stream?(options: StreamRequest): Promise<SparseStream>;
  /** The same matrix in the other layout, which writers keep beside it. */
  readonly sidecar?: LazyArray;
  /** The types of a stored sparse matrix's indices, which writers keep where they are wider than it needs. */
  readonly indexTypes?: IndexTypes;
}
/** The types of a sparse matrix's integers on disk. In memory they are as narrow as they can be. */
interface IndexTypes {
  readonly indices: "int32" | "int64";
  readonly indptr: "int32" | "int64";
}
/** What a stream of a sparse matrix may use. */
interface StreamRequest extends ReadOptions {
  /** A bound on the memory of buffers, in bytes. */
  readonly memory: number;
  /** A directory for temporary files; the system's own where there is none. */
  readonly scratch?: string | undefined;
}
/** A sparse matrix that goes by once. */
interface SparseStream {
  /** The number of its stored values. */
  readonly nnz: number;
  /** Slabs of whole rows (CSR) or columns (CSC), in order. */
  readonly slabs: AsyncIterable<SparseMatrix>;
  /** Gives temporary files back; whoever has the stream calls it. */
  close(): Promise<void>;
}
/** A data frame whose columns are read one by one. */
interface LazyFrame extends LazyBase {
  readonly kind: "lazy-frame";
  readonly shape: readonly number[];
  readonly length: number;
  readonly columnNames: readonly string[];
  readonly indexName: string | null;
  /** Reads the named columns (all when not given) of the selected rows, with the index. */
  readFrame(columns?: readonly string[], rows?: AxisSelection, options?: ReadOptions): Promise<Frame>;
  read(selection?: ElementSelection, options?: ReadOptions): Promise<Frame>;
  /** The lazy column `name`, where columns are stored one by one; undefined in Parquet tables. */
  column?(name: string): Promise<LazyArray>;
  /** The lazy index, where there is `column`. */
  index?(): Promise<LazyArray>;
}
/** A dict of elements, such as `uns`, `layers` or `obsm`. */
interface LazyDict extends LazyBase {
  readonly kind: "lazy-dict";
  keys(): Promise<readonly string[]>;
  get(key: string): Promise<LazyElement | undefined>;
  read(selection?: ElementSelection, options?: ReadOptions): Promise<Value>;
}
/** A single value: string, number, null. */
interface LazyValue extends LazyBase {
  readonly kind: "lazy-value";
  read(selection?: ElementSelection, options?: ReadOptions): Promise<Value>;
}
type LazyElement = LazyArray | LazyFrame | LazyDict | LazyValue;
//#endregion
//#region src/encodings/block-stream.d.ts
/** How values are streamed. */
interface StreamOptions extends ReadOptions {
  /** A bound on the memory of buffers, in bytes. */
  readonly memory: number;
  /** Called with the bytes of values that have been written, and all of them. */
  readonly onBytes?: ((done: number, total: number) => void) | undefined;
}
//#endregion
//#region src/encodings/define.d.ts
/** What an encoding may use while it opens a node: recursion goes through it, so encodings do not import each other. */
interface OpenContext {
  /** Opens any node by its encoding attributes, or by its shape where it has none. */
  open(node: StoredNode): Promise<LazyElement>;
  /** The parent group's nodes by path, for legacy forms that point elsewhere in the store. */
  resolve(path: string): Promise<StoredNode | undefined>;
}
/** What an encoding may use while it writes: recursion goes through it. `onBytes` is for the bytes of the element's values. */
interface WriteContext extends StreamOptions {
  /** The codec of arrays, by the command line's name; the storage chooses where there is none. */
  readonly codec?: string | undefined;
  /** The chunks of an array of numbers; undefined where the storage is to choose. */
  chunks(shape: readonly number[], dtype: DType): readonly number[] | undefined;
  /**
   * Writes `element` as the member `name` of `group`, by the encoding `as` or else its own, in the form of the compatibility level.
   * `UNSUPPORTED`, naming the element, where it has no form there.
   */
  write(group: GroupWriter, name: string, element: LazyElement, as?: string): Promise<void>;
  /** Whether elements of a store of the same kind are taken over as they are stored, without decoding. */
  readonly asStored?: boolean | undefined;
  /** Leaves the element at `path` out, with a warning, where the caller asked for that; else throws `error`. */
  leaveOut(path: string, error: unknown): void;
  /** Tells the caller of something that the written form does not keep. */
  warn(message: string): void;
}
/** One encoding. `write` is missing where this format is only read. */
interface Encoding {
  readonly type: string;
  /** Every version that is understood; the first is the one that is written. */
  readonly versions: readonly string[];
  open(node: StoredNode, context: OpenContext): Promise<LazyElement>;
  /** Writes `element`, of this encoding, as the new member `name` of `group`, without holding more of it in memory than a few blocks. */
  write?(group: GroupWriter, name: string, element: LazyElement, context: WriteContext): Promise<void>;
}
/** Types the value; the registry collects every file's one export. */
declare function defineEncoding(encoding: Encoding): Encoding;
//#endregion
//#region src/encodings/compat.d.ts
/** The young encodings that each level may use. */
declare const LEVELS: {
  /** What today's readers in Python, R, Julia and JavaScript open. */readonly portable: readonly ["awkward-array", "null"];
  readonly "anndata-0.8": readonly [];
  readonly "anndata-0.9": readonly ["awkward-array"];
  readonly "anndata-0.10": readonly ["awkward-array"];
  readonly "anndata-0.11": readonly ["awkward-array", "nullable-string-array", "nullable-string"];
  readonly "anndata-0.12": string[];
  readonly "anndata-0.13": string[];
  readonly latest: string[];
};
/** The newest version of Zarr that the readers of `level` open. */
/** The name of a compatibility level. */
type CompatLevel = keyof typeof LEVELS;
/** The names of all levels. */
declare const COMPAT_LEVELS: readonly CompatLevel[];
//#endregion
//#region src/formats/types.d.ts
/** The formats of an AnnData, which are read and written. */
type FormatName = "ats" | "zarr" | "h5ad";
/** Those, and the forms of 10x Genomics that are only read: HDF5 files, and directories of Matrix Market and TSV files. */
type StoreFormat = FormatName | "10x-h5" | "mtx";
/** `raw`: its rows are the obs axis, its columns an axis of its own. */
interface RawElements {
  readonly X: LazyArray | null;
  readonly var: LazyFrame;
  readonly varm: ReadonlyMap<string, LazyElement>;
}
/**
 * The elements of one AnnData, none of them read. A view has the same shape with its selection composed into each element, and an AnnData in
 * memory wraps its values; so writers and conversions see no difference.
 */
interface AnnDataElements {
  /** [number of observations, number of variables]. */
  readonly shape: readonly [number, number];
  readonly X: LazyArray | null;
  readonly obs: LazyFrame;
  readonly var: LazyFrame;
  readonly layers: ReadonlyMap<string, LazyElement>;
  readonly obsm: ReadonlyMap<string, LazyElement>;
  readonly varm: ReadonlyMap<string, LazyElement>;
  readonly obsp: ReadonlyMap<string, LazyElement>;
  readonly varp: ReadonlyMap<string, LazyElement>;
  readonly uns: LazyDict;
  readonly raw: RawElements | null;
}
/** An open store of any format. */
interface OpenedAnnData {
  readonly format: StoreFormat;
  /** The version of the AnnData encoding, where the store names one. */
  readonly version: string | null;
  /** The path that it was opened from. */
  readonly location: string;
  readonly elements: AnnDataElements;
  /** Ends workers and closes descriptors. Later reads fail with `CLOSED`. Idempotent. */
  close(): Promise<void>;
}
/** Limits on what untrusted input may make us allocate; raisable per `open`. */
interface Limits {
  /** What one chunk may decode to, in bytes. Default 1 GiB. */
  readonly maxChunkBytes?: number;
  /** Default 64 MiB. */
  readonly maxMetadataBytes?: number;
  /** What one read may allocate, in bytes. Default: none but the runtime's. */
  readonly maxReadBytes?: number;
  /** How deep groups and dicts may nest. Default 64. */
  readonly maxDepth?: number;
}
/** Options of `open`. */
interface OpenOptions {
  /** Threads for decoding and for file input; default `os.availableParallelism()`. */
  readonly threads?: number;
  /** Bytes of decoded chunks that are kept for later reads; default 0. */
  readonly cacheBytes?: number;
  /**
   * For Zarr and `.ats` of other writers: reading a chunk that is not there is `CORRUPT`. Without it such a chunk has the array's fill value, as Zarr has it, since some
   * writers leave out chunks that hold nothing else. Chunks of stores that we wrote must always be there.
   */
  readonly strict?: boolean;
  readonly limits?: Limits;
  /** Encodings beside the known ones, or in their place. */
  readonly encodings?: readonly Encoding[];
  readonly signal?: AbortSignal | undefined;
}
/** Progress of a long operation, in bytes of the element's uncompressed values; in those that are stored where it is copied as it is. */
interface Progress {
  /** The element that is being worked on, such as `X` or `layers/counts`. */
  readonly element: string;
  readonly done: number;
  readonly total: number;
}
/** Options of every writer. */
interface WriteOptions {
  /** Replace what is at the path; without it an existing target is `ALREADY_EXISTS`. */
  readonly overwrite?: boolean;
  readonly codec?: string;
  /** Rows of a chunk of dense matrices; fewer suit scattered rows. */
  readonly chunkRows?: number;
  /** Columns of a chunk of dense matrices; fewer suit scattered genes. */
  readonly chunkColumns?: number;
  /** Rows of a shard (Zarr v3): the file that many chunks of rows share; 0 for none. */
  readonly shardRows?: number;
  /**
   * Takes over elements of a store of the same format as they are stored: chunks, codec and encoding stay, and nothing is decoded.
   */
  readonly asStored?: boolean;
  /** The Zarr format that a `zarr` target is written in; default 3, or 2 where `compat` names an anndata before 0.12. */
  readonly zarrFormat?: 2 | 3;
  /**
   * Which readers must be able to open the result: `portable` (the default: today's in Python, R, Julia and JavaScript), `anndata-0.8` …
   * `anndata-0.13`, or `latest`. Younger encodings are written in an older form.
   */
  readonly compat?: CompatLevel;
  /** What becomes of an element without a form in the target: the write fails (the default), or goes on without it, with a warning. */
  readonly unsupported?: "error" | "leave-out";
  /** Encodings beside the known ones, or in their place. */
  readonly encodings?: readonly Encoding[];
  /** How deep the nodes of a Zarr store or an h5ad may nest, as in `Limits`. Default 64. */
  readonly maxDepth?: number;
  /**
   * How matrices are written: as they are, densified, made sparse, or sparse in both orientations (`dual`). Each format has its
   * default.
   */
  readonly x?: "keep" | "sparse" | "dense" | "dual";
  /** `none` skips fsync; still all or nothing against a killed process. Default `full`. */
  readonly durability?: "full" | "none";
  /** A bound on the memory of buffers, in bytes. Default 1 GiB. */
  readonly memory?: number;
  readonly threads?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Called once per thing that the target format cannot hold or that other readers cannot read. */
  readonly onWarning?: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}
//#endregion
//#region src/selection/names.d.ts
/** What to do with names that are not there, or more than once. */
interface NameOptions {
  /** `error` (default): `NOT_FOUND`; `ignore`: left out. */
  readonly missing?: "error" | "ignore" | undefined;
  /** `error` (default): `INVALID_ARGUMENT` where a name occurs twice on the axis; `all`: every occurrence, in the axis's order. */
  readonly duplicates?: "error" | "all" | undefined;
}
/** Names to select, in request order. Made by {@link names}. */
declare class Names {
  readonly kind = "names";
  /** The column to look in; null for the index. */
  readonly column: string | null;
  readonly names: readonly string[];
  readonly options: NameOptions;
  constructor(column: string | null, wanted: readonly string[], options?: NameOptions);
}
/** Selects by name in the index: `names(["CD79A", "MS4A1"])`. */
declare function names$1(wanted: readonly string[], options?: NameOptions): Names;
/** Selects by name in a column: `names("gene_symbols", ["CD79A"], { duplicates: "all" })`. */
declare function names$1(column: string, wanted: readonly string[], options?: NameOptions): Names;
//#endregion
//#region src/selection/mask.d.ts
/** A mask as a caller gives it: anything but 0, false and null selects. */
type MaskInput = readonly boolean[] | Uint8Array | Vector;
//#endregion
//#region src/selection/positions.d.ts
/** Positions as a caller gives them. A `Uint8Array` is not among them: it is always a mask. */
type PositionInput = readonly number[] | readonly bigint[] | Int8Array | Int16Array | Int32Array | Uint16Array | Uint32Array | BigInt64Array | BigUint64Array;
//#endregion
//#region src/selection/predicate.d.ts
/** What a column's values are compared with. A Date is for timestamps. */
type Literal = string | number | bigint | boolean | Date;
/** The comparisons. */
type Comparison = "eq" | "ne" | "lt" | "le" | "gt" | "ge";
/** The tests of text. */
type TextTest = "startsWith" | "endsWith" | "contains";
/** A predicate's tree. */
type PredicateNode = {
  readonly op: "compare";
  readonly column: string;
  readonly comparison: Comparison;
  readonly value: Literal;
} | {
  readonly op: "in";
  readonly column: string;
  readonly values: readonly (Literal | null)[];
} | {
  readonly op: "isNull";
  readonly column: string;
} | {
  readonly op: "text";
  readonly column: string;
  readonly test: TextTest;
  readonly text: string;
} | {
  readonly op: "matches";
  readonly column: string;
  readonly pattern: RegExp;
} | {
  readonly op: "truth";
  readonly column: string;
} | {
  readonly op: "and" | "or";
  readonly terms: readonly [PredicateNode, PredicateNode];
} | {
  readonly op: "not";
  readonly term: PredicateNode;
};
/** A condition on the rows of a table. Immutable; combine with `and`, `or`, `not`. */
declare class Predicate {
  readonly kind = "predicate";
  readonly node: PredicateNode;
  constructor(node: PredicateNode);
  /** Both this and `other`. */
  and(other: Predicate): Predicate;
  /** This or `other`. */
  or(other: Predicate): Predicate;
  /** Not this. What is unknown (a comparison with a masked value) stays unknown and is not selected. */
  not(): Predicate;
}
/** A column to make conditions of. */
declare class ColumnCondition {
  #private;
  readonly column: string;
  constructor(column: string);
  /** Equal to `value`. */
  eq(value: Literal): Predicate;
  /** Not equal to `value`; NaN and missing text or categories are unequal to everything, as in pandas. */
  ne(value: Literal): Predicate;
  /** Less than `value`. */
  lt(value: Literal): Predicate;
  /** Less than or equal to `value`. */
  le(value: Literal): Predicate;
  /** Greater than `value`. */
  gt(value: Literal): Predicate;
  /** Greater than or equal to `value`. */
  ge(value: Literal): Predicate;
  /** From `low` to `high`, both included. */
  between(low: Literal, high: Literal): Predicate;
  /** One of `values`; null among them stands for missing values. */
  in(values: Iterable<Literal | null>): Predicate;
  /** None of `values`. */
  notIn(values: Iterable<Literal | null>): Predicate;
  /** Missing: NaN, a masked value, a category code of -1, null. */
  isNull(): Predicate;
  /** Not missing. */
  notNull(): Predicate;
  /** True: for columns of booleans. */
  isTrue(): Predicate;
  /** Text that starts with `text`. */
  startsWith(text: string): Predicate;
  /** Text that ends with `text`. */
  endsWith(text: string): Predicate;
  /** Text that contains `text`. */
  contains(text: string): Predicate;
  /** Text in which `pattern` occurs; anchor it with ^ and $ to match the whole. */
  matches(pattern: RegExp): Predicate;
}
/** Starts a condition on a column, or on the index by its name: `where("n_genes").gt(200)`. */
declare function where(column: string): ColumnCondition;
//#endregion
//#region src/selection/slice.d.ts
/** A slice of an axis, as Python's `slice(start, stop, step)`. Missing bounds mean the whole axis in the direction of `step`. */
interface Slice {
  readonly start?: number | null | undefined;
  readonly stop?: number | null | undefined;
  /** Default 1; may be negative, never 0. */
  readonly step?: number | null | undefined;
}
//#endregion
//#region src/selection/normalize.d.ts
/** Anything that selects along an axis. A `Uint8Array` is always a mask; any other integer typed array holds positions. */
type AxisSelector = Slice | MaskInput | PositionInput | readonly string[] | Names | Predicate;
//#endregion
//#region src/anndata/axis-view.d.ts
type AxisName = "obs" | "var";
/** A selection of an axis of the store. Resolving it reads the index and the columns that its predicates name, and nothing else. */
declare class AxisView {
  #private;
  readonly axis: AxisName;
  /** The table of the whole axis. */
  readonly frame: LazyFrame;
  private constructor();
  /** The whole axis. */
  static whole(axis: AxisName, frame: LazyFrame): AxisView;
  /** The positions on the store's axis, where they are known without reading. */
  get selection(): AxisSelection | undefined;
  /** Selects within this view; what needs no columns is checked and resolved at once. */
  select(selector: AxisSelector | undefined, options?: NameOptions): AxisView;
  /** The positions on the store's axis; `NOT_FOUND` for unknown names and columns. Read once, then kept. */
  resolve(options?: ReadOptions): Promise<AxisSelection>;
  /** Whether nothing was selected yet. */
  get isWhole(): boolean;
}
//#endregion
//#region src/anndata/parts.d.ts
/** The maps of an AnnData, in the order in which Python prints them, with the axes of their members' leading dimensions. */
declare const MAPS: {
  readonly obsm: readonly ["obs"];
  readonly varm: readonly ["var"];
  readonly layers: readonly ["obs", "var"];
  readonly obsp: readonly ["obs", "obs"];
  readonly varp: readonly ["var", "var"];
};
type MapName = keyof typeof MAPS;
//#endregion
//#region src/anndata/load.d.ts
/** Options of `load` and `explain`. */
interface LoadOptions extends ReadOptions {
  /** The elements to read: `X`, `layers` (all of them), `layers/counts`, `obs/cell_type`, …; all where not given. */
  readonly elements?: readonly string[] | undefined;
}
//#endregion
//#region src/anndata/batches.d.ts
/** Options of `batches`. */
interface BatchOptions extends LoadOptions {
  /** Observations of a batch; the last one may have fewer. Default 1,024. */
  readonly size?: number | undefined;
}
//#endregion
//#region src/anndata/build-frame.d.ts
/** One column: a typed array, strings, numbers or booleans (null is a missing one), an Arrow vector, or a column of ours. */
type ColumnInput = TypedArray | readonly (string | null)[] | readonly (number | null)[] | readonly boolean[] | Vector | Column;
/** Columns by name. */
type ColumnsInput = {
  readonly [name: string]: ColumnInput;
};
//#endregion
//#region src/elements/memory.d.ts
/** An array value in memory: anything with axes but a frame. */
type MemoryArrayValue = Exclude<ArrayValue, Frame>;
//#endregion
//#region src/anndata/build-matrix.d.ts
/** A dense array: values in C order. `dtype` is told from the typed array unless given (bool, complex, 16-bit floats). */
interface DenseInput {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly dtype?: DType | undefined;
}
/** A compressed sparse matrix with scipy's names. */
interface SparseInput {
  readonly format: "csr" | "csc";
  readonly data: TypedArray;
  readonly indices: SparseIndices;
  readonly indptr: SparseIndices;
  readonly shape: readonly [number, number];
  readonly dtype?: DType | undefined;
}
/** A matrix as a caller gives it. */
type MatrixInput = MemoryArrayValue | DenseInput | SparseInput;
//#endregion
//#region src/anndata/build.d.ts
/** A table as a caller gives it: an Arrow table, a frame of ours, or an object of columns. */
type TableInput = Table | Frame | ColumnsInput;
/** A member of layers, obsm, …: a matrix, or a table in obsm and varm. */
type MemberInput = MatrixInput | TableInput | Value;
/** `raw` as a caller gives it. */
interface RawInput {
  readonly X?: MatrixInput | null | undefined;
  readonly var?: TableInput | undefined;
  readonly varNames?: readonly string[] | undefined;
  readonly varm?: Readonly<Record<string, MemberInput>> | undefined;
}
/** What an AnnData in memory is made of. Everything is optional, as long as the shape can be told. */
interface AnnDataInput extends Partial<Readonly<Record<MapName, Readonly<Record<string, MemberInput>>>>> {
  readonly X?: MatrixInput | null | undefined;
  readonly obs?: TableInput | undefined;
  readonly var?: TableInput | undefined;
  /** The index of obs; `"0"`, `"1"`, … where there is none. */
  readonly obsNames?: readonly string[] | undefined;
  readonly varNames?: readonly string[] | undefined;
  readonly uns?: Readonly<Record<string, Value>> | undefined;
  readonly raw?: RawInput | null | undefined;
}
//#endregion
//#region src/anndata/handles.d.ts
/** A matrix in memory: dense in C order, or compressed sparse as it is stored. */
type Matrix = DenseMatrix | CsrMatrix | CscMatrix;
/** The axes of a view. */
type AxisViews = Readonly<Record<AxisName, AxisView>>;
/** What a handle needs of its view. */
interface HandleContext {
  readonly axes: AxisViews;
  /** Throws `CLOSED` once the store is closed. */
  readonly assertOpen: () => void;
}
/** Options of reading an element: selectors within the view, and how to stop. */
interface ElementReadOptions extends NameOptions, ReadOptions {
  readonly obs?: AxisSelector | undefined;
  readonly var?: AxisSelector | undefined;
}
/** An element of a view. `T` is what reading it gives. */
declare class ElementHandle<T extends Value = Value> {
  #private;
  /** Where it is, such as `layers/counts`. */
  readonly path: string;
  /** Made by {@link AnnData}; `element` is the whole, `along` names the axes of its leading dimensions. */
  constructor(path: string, element: LazyElement, along: readonly AxisName[], context: HandleContext);
  /** What is stored: encoding, type, shape and layout of the whole element, without the view's selection. */
  get info(): ElementInfo;
  /** The element type; null for what is no array. */
  get dtype(): StoredDType | null;
  /** `csr` or `csc` where it is stored sparse. */
  get sparse(): "csr" | "csc" | null;
  /** The shape that `read` gives; undefined where the view's selection is not resolved yet, or the element has none. */
  get shape(): readonly number[] | undefined;
  /**
   * Reads the element, or with `obs` and `var` a part of it, selected within the view. Only what is selected is read from disk.
   * `NOT_FOUND` for unknown names, `INVALID_ARGUMENT` for a selector that does not fit, `CORRUPT` where the store is damaged.
   */
  read(options?: ElementReadOptions): Promise<T>;
}
/** The handle of a matrix, such as X. */
type MatrixHandle = ElementHandle<Matrix>;
/** The handle of a member of layers, obsm, varm, obsp or varp: mostly a matrix; in obsm also a table, strings, a categorical. */
type MemberHandle = ElementHandle<ArrayValue>;
//#endregion
//#region src/anndata/lazy-map.d.ts
/** A read-only map from names to handles; nothing is read. */
declare class HandleMap implements Iterable<[string, MemberHandle]> {
  #private;
  /** Such as `obsm`. */
  readonly path: string;
  /** Made by {@link AnnData}. */
  constructor(path: string, elements: ReadonlyMap<string, LazyElement>, along: readonly AxisName[], context: HandleContext);
  get size(): number;
  keys(): string[];
  has(name: string): boolean;
  /** The member `name`. `NOT_FOUND` with near matches where there is none; ask `has` first where that is no error. */
  get(name: string): MemberHandle;
  [Symbol.iterator](): Generator<[string, MemberHandle]>;
}
//#endregion
//#region src/elements/column.d.ts
/** One value of a column; null where it is missing. */
type Cell = string | number | bigint | boolean | null;
/** A column as a typed array, where it is numeric and nothing can be missing, else as plain values with null for a missing one. */
type PlainColumn = TypedArray | readonly Cell[];
//#endregion
//#region src/anndata/table-handle.d.ts
/** Options of reading a table. */
interface TableReadOptions extends ReadOptions {
  /** The columns to read; all where not given. The index always comes along. */
  readonly columns?: readonly string[] | undefined;
}
/** A table of a view, with one row per position of its axis. */
declare class TableHandle {
  #private;
  /** `obs`, `var` or `raw/var`. */
  readonly path: string;
  /** Made by {@link AnnData}; `rows` is the view's axis. */
  constructor(path: string, frame: LazyFrame, rows: AxisView, assertOpen: () => void);
  /** The names of the columns, without the index. */
  get columnNames(): readonly string[];
  /** The name of the index, or null where it has none. */
  get indexName(): string | null;
  /** The number of rows; undefined where the view's selection is not resolved yet. */
  get length(): number | undefined;
  /**
   * Reads columns as an Arrow table. The index is a column too, under its own name (`_index` where it has none); the schema's metadata
   * names it under `index`. `NOT_FOUND` for an unknown column.
   */
  read(options?: TableReadOptions): Promise<Table>;
  /** Reads columns without Arrow. `NOT_FOUND` for an unknown column. */
  readFrame({
    columns,
    signal
  }?: TableReadOptions): Promise<Frame>;
  /** The names of the rows: the index as text. */
  names(options?: ReadOptions): Promise<string[]>;
  /**
   * One column (or the index, by its name) as a typed array, or as plain values where it is not numeric or has missing ones, which are
   * null. `NOT_FOUND` where there is no such column.
   */
  column(name: string, options?: ReadOptions): Promise<PlainColumn>;
}
//#endregion
//#region src/anndata/raw-handle.d.ts
/** The data before variables were left out: the view's observations, all of its own variables. */
declare class RawHandle {
  #private;
  /** The matrix; null where there is none. */
  readonly X: MatrixHandle | null;
  /** The table of raw's variables. */
  readonly var: TableHandle;
  readonly varm: HandleMap;
  /** Made by {@link AnnData}; `view` is the context of the view. */
  constructor(raw: RawElements, view: HandleContext);
  /** [observations of the view, variables of raw]; undefined where the view's selection is not resolved yet. */
  get shape(): readonly [number, number] | undefined;
  /** The names of raw's variables. */
  varNames(options?: ReadOptions): Promise<string[]>;
}
//#endregion
//#region src/anndata/uns-handle.d.ts
/** `uns`: a dict of values of any kind. A selection of the axes does not touch it. */
declare class UnsHandle {
  #private;
  /** Made by {@link AnnData}. */
  constructor(dict: LazyDict, keys: readonly string[], assertOpen: () => void);
  keys(): readonly string[];
  has(name: string): boolean;
  /** Reads one value; the others are not touched. `NOT_FOUND` where there is none of that name, `UNSUPPORTED` for a value of a kind that is not read. */
  get(name: string, options?: ReadOptions): Promise<Value>;
  /** Reads all values. */
  read(options?: ReadOptions): Promise<Dict>;
}
//#endregion
//#region src/anndata/anndata.d.ts
/** What to select of both axes; an axis that is not given stays whole. */
interface Selection {
  readonly obs?: AxisSelector | undefined;
  readonly var?: AxisSelector | undefined;
}
/**
 * Annotated data: a matrix X of n_obs × n_vars with tables of its rows and columns and what else is aligned to them. Nothing is read
 * before a handle's `read`, `load` or `batches`; `select` gives views that select lazily, also within views.
 */
declare class AnnData implements AsyncDisposable {
  #private;
  private constructor();
  /** The AnnData of an open store, which it closes with itself. Reads the names of uns and nothing else. */
  static fromStore(store: OpenedAnnData): Promise<AnnData>;
  /** The AnnData of elements that nothing has to be closed for, such as those of another AnnData. */
  static fromElements(elements: AnnDataElements): Promise<AnnData>;
  /**
   * An AnnData in memory, from typed arrays, matrices, Arrow tables and plain objects of columns. `INVALID_ARGUMENT` names the element
   * whose shape does not fit. Data is shared, not copied.
   */
  static fromMemory(input: AnnDataInput): AnnData;
  /** [number of observations, number of variables]. `INVALID_ARGUMENT` where a view's selection is not resolved: await {@link resolve} first. */
  get shape(): readonly [number, number];
  /** The number of observations; see {@link shape}. */
  get nObs(): number;
  /** The number of variables; see {@link shape}. */
  get nVars(): number;
  /** Whether this is a view of another AnnData. */
  get isView(): boolean;
  /** The store that this was opened from; null for one in memory. */
  get store(): OpenedAnnData | null;
  /** Whether there is a matrix. */
  get hasX(): boolean;
  /** The matrix. `NOT_FOUND` where there is none; ask {@link hasX} first where that may be. */
  get X(): MatrixHandle;
  /** The table of observations. */
  get obs(): TableHandle;
  /** The table of variables. */
  get var(): TableHandle;
  /** Matrices of the shape of X. */
  get layers(): HandleMap;
  /** Arrays and tables with a row per observation. */
  get obsm(): HandleMap;
  /** Arrays and tables with a row per variable. */
  get varm(): HandleMap;
  /** Matrices of observations × observations. */
  get obsp(): HandleMap;
  /** Matrices of variables × variables. */
  get varp(): HandleMap;
  /** Unstructured values. */
  get uns(): UnsHandle;
  /** The data before variables were left out, or null. Its rows follow the view's observations, its columns are its own. */
  get raw(): RawHandle | null;
  /** The names of the observations. */
  obsNames(options?: ReadOptions): Promise<string[]>;
  /** The names of the variables. */
  varNames(options?: ReadOptions): Promise<string[]>;
  /**
   * A view of what is selected of both axes, within this one. Nothing is read: names and predicates are looked up on the first read.
   * `INVALID_ARGUMENT` at once for slices, masks and positions that do not fit; `options` say what to do with names that are missing or
   * not unique.
   */
  select(selection: Selection, options?: NameOptions): AnnData;
  /** Looks up what the selection names, so that `shape` and `elements` are known. Reads the index and predicate columns only. */
  resolve(options?: ReadOptions): Promise<this>;
  /** The elements with the selection composed into each, for writers. `INVALID_ARGUMENT` where it is not resolved: await {@link resolve} first. */
  get elements(): AnnDataElements;
  /**
   * Reads everything, or the named `elements`, into an AnnData in memory. The tables come along, at least with their index.
   * `NOT_FOUND` for an element that is not there, `LIMIT_EXCEEDED` for what typed arrays cannot hold.
   */
  load(options?: LoadOptions): Promise<AnnData>;
  /**
   * Reads the observations in batches of `size` (1,024), each an AnnData in memory; in order, the next one while this one is used, and never more than
   * that. X, obs and var unless `elements` says otherwise.
   */
  batches(options?: BatchOptions): AsyncGenerator<AnnData, void, undefined>;
  /** What `load` would read: elements, chunks, bytes, peak memory. Reads only names, predicate columns and `indptr`. */
  explain(options?: LoadOptions): Promise<PlanSummary>;
  /** Closes the store and with it every view; idempotent. Later reads reject with `CLOSED`. An AnnData in memory has nothing to close. */
  close(): Promise<void>;
  /** {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
  /** As Python prints it. */
  toString(): string;
  /** As Python prints it, in the console too. */
  [inspect.custom](): string;
}
//#endregion
//#region src/formats/edit.d.ts
/** Options of an edit: those of writing that apply to what is new. */
type EditOptions = Pick<WriteOptions, "codec" | "durability" | "threads" | "onProgress" | "onWarning" | "signal"> & Pick<OpenOptions, "limits" | "encodings">;
//#endregion
//#region src/anndata/append.d.ts
/** Options of {@link append}. */
interface AppendOptions extends EditOptions {
  /**
   * What becomes of obsp, of which the pairs of an old and a new observation are not known. `true`, as in anndata's `concat`: those pairs are zero, so that each
   * matrix becomes block-diagonal; `rows` needs the same matrices. `false`: the store has no obsp afterwards.
   */
  readonly pairwise?: boolean;
}
/**
 * Appends the observations of `rows` to the store at `path`, an `.ats`, a Zarr store or an `.h5ad`, all or nothing: obs, X, layers, obsm and raw's X together. What is
 * stored of matrices is taken over as it is but for the last chunks; obs is written anew. `rows` needs the same variables (in any order), the
 * same columns and the same layers and obsm; its var, varm and uns are not looked at.
 *
 * `NOT_FOUND`, also for a variable that `rows` lacks; `INVALID_ARGUMENT` where elements, types or columns differ; `UNSUPPORTED` for a store with obsp where
 * `pairwise` does not say what becomes of it, for X by columns (CSC), and for formats that are only read; `LOCKED`.
 */
declare function append(path: string | URL, rows: AnnData, options?: AppendOptions): Promise<void>;
//#endregion
//#region src/anndata/edit.d.ts
/** What to change, by the paths that `ats info` prints: `X`, `obs/<column>`, `var/<column>`, `layers/<key>`, `obsm/<key>`, `uns/<key>`. */
interface Edits {
  /** What is to be there, in place of what is or beside it. */
  readonly set?: Readonly<Record<string, ColumnInput | MemberInput>>;
  /** What is to go. */
  readonly remove?: readonly string[];
}
/**
 * Edits the store at `path`, an `.ats` or a Zarr store, all or nothing: adds, replaces and removes single elements. Whatever is not edited is neither read
 * nor written: a directory keeps its files by hard links, an archive takes them over as they are compressed. AnnData that are open go on with the
 * store as it was, or fail with `STALE`. `NOT_FOUND` for a store or an element to remove that is not there; `INVALID_ARGUMENT` for a path
 * that names no element and for values that do not fit the axes; `LOCKED` while somebody else writes the store; `UNSUPPORTED`.
 */
declare function edit(path: string | URL, edits: Edits, options?: EditOptions): Promise<void>;
//#endregion
//#region src/anndata/open.d.ts
/**
 * Opens the store at `path`, of any format, which is detected. Reads metadata only; close it when done, or use `await using`.
 * `NOT_FOUND` where there is nothing, `UNSUPPORTED` for an unknown format, `CORRUPT` for damaged metadata.
 */
declare function open(path: string | URL, options?: OpenOptions): Promise<AnnData>;
/** Reads the whole store at `path` (or the named `elements`) into memory; nothing stays open. Errors as {@link open} and `load`. */
declare function read(path: string | URL, options?: OpenOptions & LoadOptions): Promise<AnnData>;
//#endregion
//#region src/anndata/python-api.d.ts
/** Saves an AnnData, also a view, as an `.ats` store. Errors as `write`. */
declare function saveAnnDataToTensorstore(adata: AnnData, path: string | URL, options?: WriteOptions): Promise<void>;
/** Conditions on the columns of an axis: a column and the value, or one of the values, that it has to have. */
type Conditions = readonly (readonly [column: string, value: Literal | readonly Literal[]])[];
/** Options of {@link loadAnnDataFromTensorstore}; at most one of indices, names and selection for each axis. */
interface LoadAnnDataOptions extends OpenOptions {
  /** A slice, a mask or positions. */
  readonly obsIndices?: AxisSelector | undefined;
  readonly varIndices?: AxisSelector | undefined;
  /** The rows of these names, in the order of the store. */
  readonly obsNames?: readonly string[] | undefined;
  readonly varNames?: readonly string[] | undefined;
  readonly obsSelection?: Conditions | undefined;
  readonly varSelection?: Conditions | undefined;
  /** Whether all conditions of a selection have to hold, or one. Default `and`. */
  readonly combine?: "and" | "or" | undefined;
  /** What to do with names that are not there. Default `error`. */
  readonly missing?: "error" | "ignore" | undefined;
  /** Whether X becomes a CSR matrix. */
  readonly asSparse?: boolean | undefined;
}
/**
 * Loads a store, or a part of it, into memory; only what is selected of X is read. `INVALID_ARGUMENT` where an axis is selected in two
 * ways, `NOT_FOUND` for unknown names and columns.
 */
declare function loadAnnDataFromTensorstore(path: string | URL, options?: LoadAnnDataOptions): Promise<AnnData>;
/** What a store holds, in brief. */
interface Preview {
  readonly shape: readonly [number, number];
  readonly obs: readonly string[];
  readonly var: readonly string[];
  /** The lines that the Python package prints. */
  toString(): string;
}
/** The shape of a store and the columns of its tables; reads metadata only. */
declare function previewAnnDataFromTensorstore(path: string | URL, options?: OpenOptions): Promise<Preview>;
//#endregion
//#region src/anndata/write.d.ts
/** Options of {@link write}. */
interface WriteAnnDataOptions extends WriteOptions {
  /** Told from the name of the target where not given: `.ats`, `.zarr`, `.h5ad`. */
  readonly format?: FormatName | undefined;
}
/**
 * Writes an AnnData, also a view, to `path`, streamed: all or nothing. `ALREADY_EXISTS` unless `overwrite`, `UNSUPPORTED` for a format that
 * cannot be written, `INVALID_ARGUMENT` where the format cannot be told.
 */
declare function write(adata: AnnData, path: string | URL, options?: WriteAnnDataOptions): Promise<void>;
//#endregion
//#region src/convert/convert.d.ts
/** Options of {@link convert}. */
interface ConvertOptions extends WriteOptions {
  /** The target's format; else from the name of the target. */
  readonly to?: FormatName;
  /** What of the input to keep: `(adata) => adata.select({ obs: where("cell_type").eq("B cell") })`. */
  readonly view?: (adata: AnnData) => AnnData | Promise<AnnData>;
  readonly limits?: OpenOptions["limits"];
}
/** What was written. */
interface ConvertResult {
  readonly format: FormatName;
  readonly shape: readonly [number, number];
}
/**
 * Converts the store at `input` to `output`. X is never held whole: it moves in blocks under `memory`. The target is there complete or
 * not at all. Errors: `NOT_FOUND` for a missing input, `ALREADY_EXISTS` for an existing output without `overwrite`, `UNSUPPORTED` for a
 * format that cannot be written, `CORRUPT` for damaged input, `INVALID_ARGUMENT` for a selection that does not fit.
 */
declare function convert(input: string | URL, output: string | URL, options?: ConvertOptions): Promise<ConvertResult>;
//#endregion
//#region src/elements/arrow.d.ts
/**
 * The Arrow table of `frame`: its index first, under its own name (`_index` where it has none), then its columns. Loads apache-arrow on first use.
 */
declare function frameToArrow(frame: Frame): Promise<Table>;
/**
 * The frame of an Arrow table, also of another copy of apache-arrow. The index is the column `indexColumn`, else the one that the
 * schema's metadata names, else `_index` or `__index_level_0__`; a table without any gets the row numbers as text, as anndata does.
 * `INVALID_ARGUMENT` where `indexColumn` is not in the table or two columns share a name.
 */
declare function arrowToFrame(table: Table, indexColumn?: string): Frame;
//#endregion
//#region src/formats/ats-layout.d.ts
/** The names of files, as the package of Python exports them. */
declare const ATS_FILE_NAME: {
  readonly obs: "obs.parquet";
  readonly var: "var.parquet";
};
//#endregion
//#region src/inspect/compare/values.d.ts
/** One difference: the element's path, and what differs there in words. */
interface Difference {
  readonly path: string;
  readonly what: string;
}
//#endregion
//#region src/inspect/diff.d.ts
/** Options of {@link diff}. */
interface DiffOptions extends ReadOptions {
  /** Numbers a and b are equal where |a - b| <= atol + rtol * |b|; default 0. */
  readonly rtol?: number;
  /** Default 0. */
  readonly atol?: number;
  /** Called with the path of each element before it is compared. */
  readonly onElement?: (path: string) => void;
}
/** What `ats diff --json` prints. */
interface DiffReport {
  readonly equal: boolean;
  readonly differences: readonly Difference[];
}
/**
 * Compares two AnnData element by element, large ones in blocks. Equal are: a dense and a sparse matrix of the same values (NaN equals NaN,
 * a stored zero equals none), a list and an array of the same values. Different are: names, order of names and columns, shapes, element
 * types, categories, missing values. Errors: those of reading either store.
 */
declare function diff(first: Comparable, second: Comparable, options?: DiffOptions): Promise<DiffReport>;
/** An AnnData or an open store. */
interface Comparable {
  readonly elements: AnnDataElements;
  /** Settles what a view selects; `elements` is asked for afterwards. */
  resolve?(options: ReadOptions): Promise<unknown>;
}
//#endregion
//#region src/inspect/validate/finding.d.ts
/** One thing that is wrong. */
interface Finding {
  /** The element, such as `layers/counts`, or the file; "" for the store. */
  readonly path: string;
  readonly code: AtsErrorCode;
  readonly what: string;
}
//#endregion
//#region src/inspect/validate.d.ts
/** What `ats validate --json` prints. */
interface ValidationReport {
  readonly valid: boolean;
  readonly findings: readonly Finding[];
}
/** Options of {@link validate}. */
interface ValidateOptions extends OpenOptions {
  /** Reads every value as well, in blocks, and every file of a store of ours against its checksum. */
  readonly deep?: boolean;
  /** Called with the path of each element before it is checked. */
  readonly onElement?: (path: string) => void;
}
/**
 * Checks the store at `path`. Without `deep`: metadata, encodings, the shapes of everything along both axes, columns, and that no file of a
 * store of ours is gone or cut. With it also every value: sparse structure, category codes, text, checksums. Each thing that is
 * wrong is a finding; errors are only `NOT_FOUND` for a store that is not there, `IO`, and an abort.
 */
declare function validate(path: string, options?: ValidateOptions): Promise<ValidationReport>;
//#endregion
//#region src/selection/expression.d.ts
/** Parses `source`. `INVALID_ARGUMENT` with the position of what is not understood. */
declare function parseExpression(source: string): Predicate;
//#endregion
export { ATS_FILE_NAME, AnnData, type AnnDataElements, type AnnDataInput, type AppendOptions, type ArrayFor, type ArrayLayout, type ArrayNode, type ArrayValue, type ArrayWriter, ArrowColumn, AtsError, type AtsErrorCode, type AtsErrorOptions, type Attributes, AwkwardArray, type AwkwardForm, type AxisSelector, type BatchOptions, COMPAT_LEVELS, Categorical, type Cell, type Codes, type Column, type ColumnCondition, type ColumnInput, type ColumnsInput, type CompatLevel, type Complex, type Conditions, type ConvertOptions, type ConvertResult, CscMatrix, CsrMatrix, type DType, DenseArray, type DenseInput, type DenseMatrix, type Dict, type DiffOptions, type DiffReport, type Difference, type EditOptions, type Edits, type ElementHandle, type ElementInfo, type ElementPlan, type ElementReadOptions, type ElementSelection, type Encoding, type Finding, type FormatName, Frame, type GroupNode, type GroupWriter, type HandleMap, type LazyArray, type LazyDict, type LazyElement, type LazyFrame, type LazyValue, type Limits, type Literal, type LoadAnnDataOptions, type LoadOptions, type MaskInput, type Matrix, type MatrixHandle, type MatrixInput, type MemberHandle, type MemberInput, type NameOptions, Names, type Nested, type NewArray, NullableArray, type OpenContext, type OpenOptions, type OpenedAnnData, type PlainColumn, type PlanSummary, type PositionInput, Predicate, type Preview, type Progress, type RawHandle, type RawInput, type ReadOptions, RecordArray, Scalar, type Selection, type Slice, type SparseIndices, type SparseIndptr, type SparseInput, type SparseMatrix, type StoredDType, type StoredNode, type StoredValue, StringArray, type TableHandle, type TableInput, type TableNode, type TableReadOptions, Tuple, type TypedArray, type UnsHandle, type ValidateOptions, type ValidationReport, type Value, type WriteAnnDataOptions, type WriteContext, type WriteOptions, append, arrowToFrame, convert, defineEncoding, diff, edit, frameToArrow, loadAnnDataFromTensorstore, names$1 as names, open, parseExpression, previewAnnDataFromTensorstore, read, saveAnnDataToTensorstore, validate, where, write };