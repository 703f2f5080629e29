/** Arrays with missing values, as pandas' masked extension arrays have them. */
import { AtsError } from "../errors.js";
import type { DenseArray } from "./dense.js";

/** A one-dimensional array of integers, booleans or floats; `mask[i]` is 1 where the value is missing. */
export class NullableArray {
  readonly kind = "nullable";
  readonly values: DenseArray;
  readonly mask: Uint8Array;

  /** `INVALID_ARGUMENT` unless the mask is as long as the values. */
  constructor(values: DenseArray, mask: Uint8Array) {
    if (values.length !== mask.length) {
      throw new AtsError("INVALID_ARGUMENT", `A mask of ${values.length} entries is needed, not ${mask.length}.`);
    }
    this.values = values;
    this.mask = mask;
  }

  get length(): number {
    return this.mask.length;
  }

  get shape(): readonly number[] {
    return [this.mask.length];
  }
}
