/** Compressed sparse matrices in memory, with scipy's names and meaning. */
import type { ArrayFor, DType } from "../dtype.js";

/** Positions along the minor axis. */
export type SparseIndices = Int32Array | BigInt64Array;
/** Row (or column) starts: Int32Array up to 2^31 - 1 non-zeros, else BigInt64Array. */
export type SparseIndptr = Int32Array | BigInt64Array;

abstract class CompressedMatrix<D extends DType> {
  /** [rows, columns]. */
  readonly shape: readonly [number, number];
  readonly dtype: D;
  /** The stored values, row after row (CSR) or column after column (CSC). */
  readonly data: ArrayFor<D>;
  readonly indices: SparseIndices;
  readonly indptr: SparseIndptr;

  constructor(
    dtype: D,
    shape: readonly [number, number],
    data: ArrayFor<D>,
    indices: SparseIndices,
    indptr: SparseIndptr,
  ) {
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
    this.indices = indices;
    this.indptr = indptr;
  }

  /** The number of stored values. */
  get nnz(): number {
    return this.indices.length;
  }

  get length(): number {
    return this.shape[0];
  }
}

/** Compressed sparse rows. */
export class CsrMatrix<D extends DType = DType> extends CompressedMatrix<D> {
  readonly kind = "csr";
}

/** Compressed sparse columns. */
export class CscMatrix<D extends DType = DType> extends CompressedMatrix<D> {
  readonly kind = "csc";
}

export type SparseMatrix = CsrMatrix | CscMatrix;
