/**
 * Matrices in memory: dense ones and compressed sparse ones. They stand in one file because each can become the other.
 */
import { type ArrayFor, allocate, type DType, lanes } from "../dtype.js";
import { AtsError } from "../errors.js";
import {
  canonicalize,
  convertLayout,
  densify,
  densifySync,
  INT32_MAX,
  sparsify,
  toIndexType,
} from "../kernels/index.js";
import type { SparseParts } from "../kernels/types.js";
import type { ReadOptions } from "../storage/types.js";

/** The number of values of a shape; 1 for the shape of a scalar. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** An n-dimensional array of numbers in C order. `data` holds `lanes(dtype)` elements per value. */
export class DenseArray<D extends DType = DType> {
  readonly kind = "dense";
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: ArrayFor<D>;

  /** `INVALID_ARGUMENT` unless `data` has exactly the number of values that `shape` asks for. */
  constructor(dtype: D, shape: readonly number[], data: ArrayFor<D>) {
    if (data.length !== sizeOf(shape) * lanes(dtype)) {
      throw new AtsError(
        "INVALID_ARGUMENT",
        `An array of shape [${shape.join(", ")}] and type ${dtype} needs ${sizeOf(shape) * lanes(dtype)} elements, not ${data.length}.`,
      );
    }
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
  }

  /** An array of zeros. */
  static zeros<D extends DType>(dtype: D, shape: readonly number[]): DenseArray<D> {
    return new DenseArray(dtype, shape, allocate(dtype, sizeOf(shape)));
  }

  /** The length of the first axis. */
  get length(): number {
    return this.shape[0] ?? 1;
  }

  /** Row `i` along the first axis as a typed array that shares this array's memory. */
  row(i: number): ArrayFor<D> {
    const width = sizeOf(this.shape.slice(1)) * lanes(this.dtype);
    if (!Number.isInteger(i) || i < 0 || i >= this.length) {
      throw new AtsError("INVALID_ARGUMENT", `Row ${i} is outside 0…${this.length - 1}.`);
    }
    return this.data.subarray(i * width, (i + 1) * width) as ArrayFor<D>;
  }

  /** The array itself: it is dense. */
  async toDense(): Promise<DenseArray<D>> {
    return this;
  }

  /** The values that are not zero, by rows. `INVALID_ARGUMENT` unless the array has two dimensions. */
  async toCsr(options: ReadOptions = {}): Promise<CsrMatrix<D>> {
    return (await this.#toSparse("csr", options)) as CsrMatrix<D>;
  }

  /** The values that are not zero, by columns. `INVALID_ARGUMENT` unless the array has two dimensions. */
  async toCsc(options: ReadOptions = {}): Promise<CscMatrix<D>> {
    return (await this.#toSparse("csc", options)) as CscMatrix<D>;
  }

  async #toSparse(kind: "csr" | "csc", options: ReadOptions): Promise<SparseMatrix> {
    const [rows, columns, ...others] = this.shape;
    if (rows === undefined || columns === undefined || others.length > 0) {
      throw new AtsError(
        "INVALID_ARGUMENT",
        `An array of ${this.shape.length} dimensions is no matrix; only arrays of two dimensions can be made sparse.`,
      );
    }
    const { dtype, data } = this;
    return fromParts(await sparsify({ dtype, shape: [rows, columns], data }, kind, options));
  }
}

/** A two-dimensional {@link DenseArray}. */
export type DenseMatrix<D extends DType = DType> = DenseArray<D>;

/** Positions along the minor axis. */
export type SparseIndices = Int32Array | BigInt64Array;
/** Row (or column) starts: Int32Array up to 2^31 - 1 non-zeros, else BigInt64Array. */
export type SparseIndptr = Int32Array | BigInt64Array;

abstract class CompressedMatrix<D extends DType> {
  abstract readonly kind: "csr" | "csc";
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

  /** Row `i` as a new typed array with a value per column; duplicate entries are summed. `INVALID_ARGUMENT` outside the matrix. */
  row(i: number): ArrayFor<D> {
    if (!Number.isInteger(i) || i < 0 || i >= this.shape[0]) {
      throw new AtsError("INVALID_ARGUMENT", `Row ${i} is outside 0…${this.shape[0] - 1}.`);
    }
    return densifySync(this, { rows: { start: i, stop: i + 1 } });
  }

  /** The matrix with every zero spelled out. `LIMIT_EXCEEDED` where a typed array cannot hold it. */
  async toDense(options: ReadOptions = {}): Promise<DenseMatrix<D>> {
    return new DenseArray(this.dtype, this.shape, await densify(this, options));
  }

  /** The matrix by rows, indices sorted; itself where it already is compressed by rows. */
  async toCsr(options: ReadOptions = {}): Promise<CsrMatrix<D>> {
    return fromParts(await convertLayout(this, "csr", options)) as CsrMatrix<D>;
  }

  /**
   * The matrix with ascending indices and duplicate entries summed, as scipy's `sum_duplicates` gives; itself where it is so already. Integers wrap
   * around as scipy's do; a sum of 0 stays an entry.
   */
  async toCanonical(options: ReadOptions = {}): Promise<this> {
    return fromParts(await canonicalize(this, options)) as unknown as this;
  }

  /**
   * The matrix with `indices` and `indptr` of `type`; itself where they are. They share its values. `LIMIT_EXCEEDED` where 32 bits do not hold its number
   * of entries or its indices, `INVALID_ARGUMENT` for another type.
   */
  async withIndexType(
    type: "int32" | "int64",
    { path, signal }: ReadOptions & { readonly path?: string } = {},
  ): Promise<this> {
    const where = path === undefined ? "" : `${path}: `;
    const minor = this.shape[this.kind === "csr" ? 1 : 0];
    if (type !== "int32" && type !== "int64") {
      const message = `${where}"${type}" is no type of indices; take int32 or int64.`;
      throw new AtsError("INVALID_ARGUMENT", message, path === undefined ? {} : { path });
    }
    if (type === "int32" && (this.nnz > INT32_MAX || minor - 1 > INT32_MAX)) {
      throw new AtsError(
        "LIMIT_EXCEEDED",
        `${where}${this.nnz} entries along an axis of ${minor} do not fit int32; take int64, or select fewer.`,
        path === undefined ? {} : { path },
      );
    }
    const options = { path, signal };
    const [indices, indptr] = await Promise.all([
      toIndexType(this.indices, type, options),
      toIndexType(this.indptr, type, options),
    ]);
    if (indices === this.indices && indptr === this.indptr) return this;
    const { kind, dtype, shape, data } = this;
    return fromParts({ kind, dtype, shape, data, indices, indptr }) as unknown as this;
  }

  /** The matrix by columns, indices sorted; itself where it already is compressed by columns. */
  async toCsc(options: ReadOptions = {}): Promise<CscMatrix<D>> {
    return fromParts(await convertLayout(this, "csc", options)) as CscMatrix<D>;
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

/** The matrix of what a kernel gives; a matrix that it gave back unchanged stays itself. */
export function fromParts<D extends DType>(parts: SparseParts<D>): CsrMatrix<D> | CscMatrix<D> {
  if (parts instanceof CompressedMatrix) return parts as unknown as CsrMatrix<D> | CscMatrix<D>;
  const Matrix = parts.kind === "csr" ? CsrMatrix : CscMatrix;
  return new Matrix(parts.dtype, parts.shape, parts.data, parts.indices, parts.indptr);
}
