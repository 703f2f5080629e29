/** Data frames in memory: named columns of one length and an index, as pandas has them. */

import type { Vector } from "apache-arrow";
import { AtsError } from "../errors.js";
import type { Categorical } from "./categorical.js";
import type { DenseArray } from "./dense.js";
import type { NullableArray } from "./nullable.js";
import type { StringArray } from "./strings.js";

/** A column of an Arrow type that has no class of its own here (timestamps, lists, decimals): carried as it is. */
export class ArrowColumn {
  readonly kind = "arrow";
  readonly vector: Vector;

  constructor(vector: Vector) {
    this.vector = vector;
  }

  get length(): number {
    return this.vector.length;
  }

  get shape(): readonly number[] {
    return [this.vector.length];
  }
}

/** One column of a data frame: one-dimensional. */
export type Column = DenseArray | StringArray | Categorical | NullableArray | ArrowColumn;

/** The name under which an index without a name is kept on disk and in Arrow tables, as anndata does. */
export const UNNAMED_INDEX = "_index";

/** A data frame: an index and ordered columns, all of one length. */
export class Frame {
  readonly kind = "frame";
  readonly index: Column;
  /** The name of the index, or null where it has none. */
  readonly indexName: string | null;
  readonly columns: ReadonlyMap<string, Column>;

  /** `INVALID_ARGUMENT` where a column is not as long as the index. */
  constructor(index: Column, columns: ReadonlyMap<string, Column>, indexName: string | null = null) {
    for (const [name, column] of columns) {
      if (column.length !== index.length) {
        throw new AtsError(
          "INVALID_ARGUMENT",
          `Column "${name}" has ${column.length} rows but the index has ${index.length}.`,
        );
      }
    }
    this.index = index;
    this.indexName = indexName;
    this.columns = columns;
  }

  /** The number of rows. */
  get length(): number {
    return this.index.length;
  }

  get shape(): readonly [number, number] {
    return [this.length, this.columns.size];
  }
}
