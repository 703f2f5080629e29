/** What the sparse kernels take and give: plain arrays with scipy's names, so that matrices and stores can both call them. */
import type { ArrayFor, DType } from "../dtype.js";

/** Positions along the minor axis, as kernels give them: 64 bits only where 32 do not reach. */
export type IndexArray = Int32Array | BigInt64Array;

/** The typed arrays that stores keep indices in. */
export type AnyIntegers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** Which axis is compressed: `csr` stores row after row, `csc` column after column. */
export type SparseKind = "csr" | "csc";

/** The parts of a compressed sparse matrix. `CsrMatrix` and `CscMatrix` are such parts as they are. */
export interface SparseParts<D extends DType = DType> {
  readonly kind: SparseKind;
  readonly dtype: D;
  /** [rows, columns]. */
  readonly shape: readonly [number, number];
  readonly data: ArrayFor<D>;
  readonly indices: IndexArray;
  readonly indptr: IndexArray;
}

/** The parts of a dense matrix in C order. A two-dimensional `DenseArray` is such parts as it is. */
export interface DenseParts<D extends DType = DType> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: ArrayFor<D>;
}

/** `[start, stop)` along an axis. */
export interface Interval {
  readonly start: number;
  readonly stop: number;
}

/** Options of every kernel. */
export interface KernelOptions {
  /** Checked before each step; a step that runs is let to its end. */
  readonly signal?: AbortSignal | undefined;
  /** The element that errors name, such as `layers/counts`. */
  readonly path?: string | undefined;
}

/** The length of the compressed axis: rows of CSR, columns of CSC. */
export function majorLength(matrix: Pick<SparseParts, "kind" | "shape">): number {
  return matrix.shape[matrix.kind === "csr" ? 0 : 1];
}

/** The length of the other axis, along which `indices` count. */
export function minorLength(matrix: Pick<SparseParts, "kind" | "shape">): number {
  return matrix.shape[matrix.kind === "csr" ? 1 : 0];
}
