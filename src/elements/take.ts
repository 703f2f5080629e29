/** Selection in every kind of value that memory holds. */
import { AtsError } from "../errors.js";
import type { ReadOptions } from "../storage/types.js";
import { takeColumn, takeFrame, takeRecords } from "./take-column.js";
import { isWhole, type Selections, takeDense, takeStrings } from "./take-dense.js";
import type { ArrayValue } from "./values.js";

/** Options of {@link takeValue}; `path` is what errors name. */
export interface TakeOptions extends ReadOptions {
  readonly path?: string | undefined;
}

/**
 * The selected part of `value`: one entry per dimension, missing ones mean the whole; order and duplicates are kept. The value itself,
 * not a copy, where all is selected. Entries beyond its dimensions are ignored. Matrices are gathered off-thread where they are big.
 */
export async function takeValue(
  value: ArrayValue,
  selection: Selections,
  _options: TakeOptions = {},
): Promise<ArrayValue> {
  if (isWhole(value.kind === "frame" ? [value.length] : value.shape, selection)) return value;
  const rows = selection[0] ?? { kind: "range", start: 0, step: 1, count: value.length };
  switch (value.kind) {
    case "dense":
      return takeDense(value, selection);
    case "strings":
      return takeStrings(value, selection);
    case "csr":
    case "csc":
      throw new AtsError("UNSUPPORTED", "Sparse matrices in memory cannot be selected in yet.");
    case "records":
      return takeRecords(value, rows);
    case "frame":
      return takeFrame(value, rows);
    default:
      return takeColumn(value, rows);
  }
}
