/** Record arrays in memory (numpy's structured arrays), kept by field. */
import type { DenseArray } from "./dense.js";
import type { StringArray } from "./strings.js";

/** A one-dimensional array of records: every field is an array whose first axis is the records. */
export class RecordArray {
  readonly kind = "records";
  readonly fields: ReadonlyMap<string, DenseArray | StringArray>;
  readonly length: number;

  constructor(fields: ReadonlyMap<string, DenseArray | StringArray>, length: number) {
    this.fields = fields;
    this.length = length;
  }

  get shape(): readonly number[] {
    return [this.length];
  }
}
