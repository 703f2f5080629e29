/** Lazy elements: what `open` gives for every part of an AnnData. Nothing is read before `read`. */
import type { DType } from "../dtype.js";
import type { StoredRead } from "../plan/types.js";
import type { AxisSelection } from "../selection/axis.js";
import type { ArrayLayout, ReadOptions, StoredDType } from "../storage/types.js";
import type { Frame } from "./frame.js";
import type { SparseMatrix } from "./sparse.js";
import type { Value } from "./values.js";

/** One entry per dimension; a missing entry means the whole dimension. */
export type ElementSelection = readonly (AxisSelection | undefined)[];

/** What `info` and `explain` say of one stored element. */
export interface ElementInfo {
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
export interface LazyArray extends LazyBase {
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
  /** What a read makes of the stored values on the way to its result, which may be larger: writers bound it too. */
  readonly via?: ReadForm;
  /** The same matrix in the other layout, which writers keep beside it. */
  readonly sidecar?: LazyArray;
  /** The types of a stored sparse matrix's indices, which writers keep where they are wider than it needs. */
  readonly indexTypes?: IndexTypes;
}

/** A form that values have in memory. */
export interface ReadForm {
  readonly dtype: DType;
  readonly sparse: "csr" | "csc" | null;
  /** Rows of a chunk, of a dense matrix: whole chunks are read best. */
  readonly step?: number | undefined;
}

/** An array of numbers. */
export interface NumericArray extends LazyArray {
  readonly dtype: DType;
}

/** The types of a sparse matrix's integers on disk. In memory they are as narrow as they can be. */
export interface IndexTypes {
  readonly indices: "int32" | "int64";
  readonly indptr: "int32" | "int64";
}

/** What a stream of a sparse matrix may use. */
export interface StreamRequest extends ReadOptions {
  /** A bound on the memory of buffers, in bytes. */
  readonly memory: number;
  /** A directory for temporary files; the system's own where there is none. */
  readonly scratch?: string | undefined;
}

/** A sparse matrix that goes by once. */
export interface SparseStream {
  /** The number of its stored values. */
  readonly nnz: number;
  /** Slabs of whole rows (CSR) or columns (CSC), in order. */
  readonly slabs: AsyncIterable<SparseMatrix>;
  /** Gives temporary files back; whoever has the stream calls it. */
  close(): Promise<void>;
}

/** A data frame whose columns are read one by one. */
export interface LazyFrame extends LazyBase {
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
export interface LazyDict extends LazyBase {
  readonly kind: "lazy-dict";
  keys(): Promise<readonly string[]>;
  get(key: string): Promise<LazyElement | undefined>;
  read(selection?: ElementSelection, options?: ReadOptions): Promise<Value>;
}

/** A single value: string, number, null. */
export interface LazyValue extends LazyBase {
  readonly kind: "lazy-value";
  read(selection?: ElementSelection, options?: ReadOptions): Promise<Value>;
}

export type LazyElement = LazyArray | LazyFrame | LazyDict | LazyValue;

/** The numeric type of an element, or undefined where it holds something else. */
export function numericDType(element: LazyArray): DType | undefined {
  return typeof element.dtype === "string" && element.dtype !== "string" ? element.dtype : undefined;
}

/** The form that values of `source`, whose numbers have the type `dtype`, have in memory when they are read. */
export function readForm(source: LazyArray, dtype: DType): ReadForm {
  if (source.via !== undefined) return source.via;
  const { sparse, info } = source;
  return { dtype, sparse, step: sparse === null ? info.layout?.chunks?.[0] : undefined };
}
