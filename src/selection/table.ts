/** The columns that selectors are resolved over: handed in, never read here. */
import type { Column, Frame } from "../elements/frame.js";
import { AtsError } from "../errors.js";
import { suggestion } from "./near.js";

/** An axis and what is known of it. */
export interface AxisTable {
  /** The name of the axis in messages: `obs` or `var`. */
  readonly axis: string;
  readonly length: number;
  /** The index and the columns that the selector asks for; null where it needs none. */
  readonly frame: Frame | null;
}

/** Which columns a selector needs before it can be normalised. */
export interface NeededColumns {
  /** Whether a frame is needed at all; the index always comes along with one. */
  readonly frame: boolean;
  readonly columns: readonly string[];
}

/** The column `name`; the index by its own name, or by `index` where no column is called so. `NOT_FOUND` where there is none. */
export function columnOf(table: AxisTable, name: string | null): Column {
  const { frame } = table;
  if (frame === null)
    throw new AtsError("INTERNAL", `The columns of ${table.axis} were not read before its selection.`);
  if (name === null) return frame.index;
  const column = frame.columns.get(name);
  if (column !== undefined) return column;
  if (isIndexName(name, frame.indexName)) return frame.index;
  throw unknownColumn(table.axis, name, frame.columns.keys());
}

/** Whether `name`, which no column has, means the index, as in pandas' queries. */
export function isIndexName(name: string, indexName: string | null): boolean {
  return name === indexName || name === "index" || name === "_index";
}

/** The error for a column that `axis` does not have. */
export function unknownColumn(axis: string, name: string, known: Iterable<string>): AtsError {
  return new AtsError("NOT_FOUND", `${axis} has no column ${JSON.stringify(name)}${suggestion(name, known)}.`, {
    path: `${axis}/${name}`,
  });
}
