/** Selection in every kind of value that memory holds. */
import { selectSparse, takeDense as takeDenseKernel } from "../kernels/index.js";
import type { ReadOptions } from "../storage/types.js";
import { DenseArray } from "./dense.js";
import { fromParts } from "./sparse.js";
import { takeColumn, takeFrame, takeRecords } from "./take-column.js";
import { isWhole, type Selections, selectedShape, takeDense, takeStrings } from "./take-dense.js";
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
  options: TakeOptions = {},
): Promise<ArrayValue> {
  if (isWhole(value.kind === "frame" ? [value.length] : value.shape, selection)) return value;
  const rows = selection[0] ?? { kind: "range", start: 0, step: 1, count: value.length };
  switch (value.kind) {
    case "dense":
      return value.shape.length === 1 ? takeDense(value, selection) : takeMatrix(value, selection, options);
    case "strings":
      return takeStrings(value, selection);
    case "csr":
    case "csc":
      return fromParts(await selectSparse(value, selection[0], selection[1], options));
    case "awkward":
      return value.select(rows, options.path);
    case "records":
      return takeRecords(value, rows);
    case "frame":
      return takeFrame(value, rows);
    default:
      return takeColumn(value, rows);
  }
}

async function takeMatrix(array: DenseArray, selection: Selections, options: TakeOptions): Promise<DenseArray> {
  const data = await takeDenseKernel(array, selection.slice(0, array.shape.length), options);
  return new DenseArray(array.dtype, selectedShape(array.shape, selection), data);
}
