/** Awkward arrays in memory: lists of any lengths, records, options and unions, as a form and named buffers. */
import type { Vector } from "apache-arrow";
import type { AxisSelection } from "../selection/axis.js";
import { awkwardToArrow } from "./awkward-arrow.js";
import { type AwkwardForm, typeText } from "./awkward-form.js";
import { type Nested, nestedValues } from "./awkward-nested.js";
import { takeBuffers } from "./awkward-take.js";
import type { DenseArray } from "./dense.js";
import { takeDense } from "./take-dense.js";

/**
 * An awkward array of `length` entries. `form` says how its buffers make them up (awkward-array's form in JSON, parsed); `buffers` are called by
 * form key and purpose: `node0-offsets`. Immutable. What the buffers refer to is checked when it is used: `CORRUPT` then.
 */
export class AwkwardArray {
  readonly kind = "awkward";
  readonly form: AwkwardForm;
  readonly length: number;
  readonly buffers: ReadonlyMap<string, DenseArray>;

  constructor(form: AwkwardForm, length: number, buffers: ReadonlyMap<string, DenseArray>) {
    this.form = form;
    this.length = length;
    this.buffers = buffers;
  }

  get shape(): readonly number[] {
    return [this.length];
  }

  /** The type of one entry, as awkward-array prints it: `var * int64`. */
  get type(): string {
    return typeText(this.form);
  }

  /** The entries `rows`, in request order, duplicates kept: packed, so that nothing else is held. */
  async select(rows: AxisSelection, path = "An awkward array"): Promise<AwkwardArray> {
    const { form, buffers } = this;
    const taken = await takeBuffers(form, rows, {
      path,
      shape: (key) => buffers.get(key)?.shape,
      read: async (key, selection) => takeDense(buffers.get(key) as DenseArray, [selection]),
    });
    return new AwkwardArray(form, rows.count, taken);
  }

  /** The array without gaps: every list behind the one before, indices in order. `CORRUPT` where its buffers do not fit its form. */
  packed(path?: string): Promise<AwkwardArray> {
    return this.select({ kind: "range", start: 0, step: 1, count: this.length }, path);
  }

  /**
   * The entries as plain JavaScript: lists as arrays, records as objects, tuples as arrays, missing entries as null, text as strings, byte strings as
   * Uint8Array; numbers as numbers, the integers of a buffer as bigint where one of them is no exact number. `CORRUPT` where buffers do not fit the form.
   */
  async toNested(): Promise<Nested[]> {
    const packed = await this.packed();
    return nestedValues(packed.form, packed.length, packed.buffers);
  }

  /**
   * The array as an Arrow vector: lists as List, records as Struct, text as Utf8, unions as DenseUnion, with validity bits for missing entries. Loads
   * apache-arrow on first use. `UNSUPPORTED` for what Arrow has no type for (complex numbers), `LIMIT_EXCEEDED` beyond 2^31 - 1 entries in lists.
   */
  async toArrow(): Promise<Vector> {
    return awkwardToArrow(await this.packed());
  }
}
