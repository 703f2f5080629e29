/** String arrays in memory. */
import { AtsError } from "../errors.js";
import { sizeOf } from "./dense.js";

/** An n-dimensional array of strings in C order; a missing value is null. */
export class StringArray {
  readonly kind = "strings";
  readonly shape: readonly number[];
  readonly values: readonly (string | null)[];

  /** `INVALID_ARGUMENT` unless `values` fills `shape` (one dimension when no shape is given). */
  constructor(values: readonly (string | null)[], shape: readonly number[] = [values.length]) {
    if (values.length !== sizeOf(shape)) {
      throw new AtsError(
        "INVALID_ARGUMENT",
        `A string array of shape [${shape.join(", ")}] needs ${sizeOf(shape)} values, not ${values.length}.`,
      );
    }
    this.values = values;
    this.shape = shape;
  }

  /** The length of the first axis. */
  get length(): number {
    return this.shape[0] ?? 1;
  }
}
