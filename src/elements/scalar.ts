/** Single values whose element type matters. */
import type { DType } from "../dtype.js";

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/**
 * A numpy scalar: a number that keeps its element type. It stands wherever a plain JavaScript value would lose the type: numpy
 * scalars of every kind, and Python floats without a fraction (2.0). 64-bit integers are bigint.
 */
export class Scalar<D extends DType = DType> {
  readonly kind = "scalar";
  readonly dtype: D;
  readonly value: number | bigint | boolean | Complex;

  constructor(dtype: D, value: number | bigint | boolean | Complex) {
    this.dtype = dtype;
    this.value = value;
  }

  /** Lets arithmetic and comparison work as with the plain number. */
  valueOf(): number | bigint | boolean | Complex {
    return this.value;
  }

  toString(): string {
    const v = this.value;
    return typeof v === "object" ? `${v.re}${v.im < 0 ? "-" : "+"}${Math.abs(v.im)}j` : String(v);
  }
}
