/** Columns as plain JavaScript: for those who do not want to know Arrow, and for CSV and JSON. */
import type { TypedArray } from "../dtype.js";
import type { Categorical } from "./categorical.js";
import type { DenseArray } from "./dense.js";
import type { ArrowColumn, Column } from "./frame.js";
import type { NullableArray } from "./nullable.js";
import type { StringArray } from "./strings.js";

/** One value of a column; null where it is missing. */
export type Cell = string | number | bigint | boolean | null;

/** A column as a typed array, where it is numeric and nothing can be missing, else as plain values with null for a missing one. */
export type PlainColumn = TypedArray | readonly Cell[];

/** A function that gives the value at a row; rows outside the column give undefined behaviour, so callers stay inside. */
export function cellReader(column: Column): (row: number) => Cell {
  return READERS[column.kind](column as never);
}

/**
 * The column as a typed array (dense numbers; bool as 0 and 1) or as an array of plain values: strings, a categorical's categories, null
 * where a value is missing. Dense columns are not copied.
 */
export function plainColumn(column: Column): PlainColumn {
  if (column.kind === "dense") return column.data;
  if (column.kind === "strings") return column.values;
  const read = cellReader(column);
  return Array.from({ length: column.length }, (_, row) => read(row));
}

const READERS: { readonly [K in Column["kind"]]: (column: Extract<Column, { kind: K }>) => (row: number) => Cell } = {
  dense: readDense,
  strings: (column: StringArray) => (row) => column.at(row),
  categorical: readCategorical,
  nullable: readNullable,
  arrow: readArrow,
};

function readDense(column: DenseArray): (row: number) => Cell {
  const { data } = column;
  if (column.dtype === "bool") return (row) => data[row] === 1;
  if (column.dtype === "complex64" || column.dtype === "complex128") {
    return (row) => `${data[2 * row]}${(data[2 * row + 1] as number) < 0 ? "" : "+"}${data[2 * row + 1]}j`;
  }
  return (row) => data[row] as number | bigint;
}

function readCategorical(column: Categorical): (row: number) => Cell {
  const category = cellReader(column.categories);
  return (row) => {
    const code = column.codes[row] as number;
    return code < 0 ? null : category(code);
  };
}

function readNullable(column: NullableArray): (row: number) => Cell {
  const value = readDense(column.values);
  return (row) => (column.mask[row] === 1 ? null : value(row));
}

function readArrow(column: ArrowColumn): (row: number) => Cell {
  return (row) => {
    const value: unknown = column.vector.get(row);
    if (value === null || value === undefined) return null;
    if (value instanceof Date) return value.toISOString();
    return typeof value === "object" ? String(value) : (value as Cell);
  };
}
