/** Frames of ours for tables of the model. */
import { allocateCodes, Categorical } from "../../src/elements/categorical.js";
import { DenseArray } from "../../src/elements/dense.js";
import { type Column, Frame } from "../../src/elements/frame.js";
import { StringArray } from "../../src/elements/strings.js";
import type { ModelColumn, ModelTable } from "./model.js";

export function toFrame(table: ModelTable): Frame {
  const columns = Object.entries(table.columns).map(([name, column]) => [name, toColumn(column)] as const);
  return new Frame(new StringArray(table.names), new Map(columns));
}

function toColumn(column: ModelColumn): Column {
  if (column.kind === "numeric")
    return new DenseArray("float64", [column.values.length], Float64Array.from(column.values));
  return categorical(column.values, column.categories);
}

export function categorical(values: (string | null)[], categories: string[], ordered = false): Categorical {
  const codes = allocateCodes(categories.length, values.length);
  values.forEach((value, i) => {
    codes[i] = value === null ? -1 : categories.indexOf(value);
  });
  return new Categorical(codes, new StringArray(categories), ordered);
}
