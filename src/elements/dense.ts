/** Dense arrays in memory: a shape over one typed array in C (row-major) order. */
import { type ArrayFor, allocate, type DType, lanes } from "../dtype.js";
import { AtsError } from "../errors.js";

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
}

/** A two-dimensional {@link DenseArray}. */
export type DenseMatrix<D extends DType = DType> = DenseArray<D>;
