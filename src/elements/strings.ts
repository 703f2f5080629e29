/** String arrays in memory. */
import { AtsError } from "../errors.js";
import { sizeOf } from "./dense.js";

/** How pandas calls the missing values of a string column: `pd.NA` (dtype `string`) or NaN (dtype `str`). */
export type MissingText = "NA" | "NaN";

/** An n-dimensional array of strings in C order; a missing value is null. */
export class StringArray {
  readonly kind = "strings";
  readonly shape: readonly number[];
  readonly values: readonly (string | null)[];
  /** How missing values are called where the array can have some, also when it has none; null for plain strings. */
  readonly na: MissingText | null;

  /** `INVALID_ARGUMENT` unless `values` fills `shape` (one dimension when no shape is given). */
  constructor(
    values: readonly (string | null)[],
    shape: readonly number[] = [values.length],
    na: MissingText | null = null,
  ) {
    if (values.length !== sizeOf(shape)) {
      throw new AtsError(
        "INVALID_ARGUMENT",
        `A string array of shape [${shape.join(", ")}] needs ${sizeOf(shape)} values, not ${values.length}.`,
      );
    }
    this.values = values;
    this.shape = shape;
    this.na = na;
  }

  /** The length of the first axis. */
  get length(): number {
    return this.shape[0] ?? 1;
  }
}
