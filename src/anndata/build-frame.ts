/** Frames from what callers have in memory. */
import type { Vector } from "apache-arrow";
import { dtypeOf, type TypedArray } from "../dtype.js";
import { arrowToFrame } from "../elements/arrow.js";
import { vectorToColumn } from "../elements/arrow-read.js";
import { DenseArray } from "../elements/dense.js";
import { type Column, Frame } from "../elements/frame.js";
import { StringArray } from "../elements/strings.js";
import { isArrayValue, isDict } from "../elements/values.js";
import { AtsError } from "../errors.js";
import type { TableInput } from "./build.js";
import { isArrowTable } from "./build-matrix.js";

/** One column: a typed array, strings, numbers or booleans (null is a missing one), an Arrow vector, or a column of ours. */
export type ColumnInput =
  | TypedArray
  | readonly (string | null)[]
  | readonly (number | null)[]
  | readonly boolean[]
  | Vector
  | Column;

/** Columns by name. */
export type ColumnsInput = { readonly [name: string]: ColumnInput };

/**
 * The frame of a table with `names` as its index, else its own, else row numbers as text. `length` is what is known from elsewhere.
 * `INVALID_ARGUMENT` where no length is known or columns differ in theirs.
 */
export function frameFrom(
  path: string,
  input: TableInput | undefined,
  names: readonly string[] | undefined,
  length: number | undefined,
): Frame {
  const frame = input === undefined ? undefined : readTable(path, input, names);
  if (frame !== undefined) return names === undefined ? frame : withNames(path, frame, names);
  const rows = names?.length ?? length;
  if (rows === undefined) {
    throw new AtsError("INVALID_ARGUMENT", `The length of ${path} cannot be told; pass ${path}, its names or X.`, {
      path,
    });
  }
  return new Frame(names === undefined ? rowNumbers(rows) : new StringArray(names), new Map());
}

function readTable(path: string, input: TableInput, names: readonly string[] | undefined): Frame | undefined {
  if (isArrayValue(input)) return input as Frame;
  if (isArrowTable(input)) return arrowToFrame(input);
  if (!isDict(input)) {
    throw new AtsError("INVALID_ARGUMENT", `${path} is no table; pass an Arrow table or an object of columns.`, {
      path,
    });
  }
  const columns = new Map(
    Object.entries(input as ColumnsInput).map(([name, column]) => [name, columnFrom(`${path}/${name}`, column)]),
  );
  const first = columns.values().next().value as Column | undefined;
  if (first === undefined) return undefined;
  return new Frame(names === undefined ? rowNumbers(first.length) : new StringArray(names), columns);
}

function withNames(path: string, frame: Frame, names: readonly string[]): Frame {
  if (names.length !== frame.length) {
    throw new AtsError("INVALID_ARGUMENT", `${path} has ${frame.length} rows but ${names.length} names.`, { path });
  }
  return new Frame(new StringArray(names), frame.columns, null);
}

/** `"0"`, `"1"`, …, as anndata names rows that have no names. */
function rowNumbers(length: number): StringArray {
  return new StringArray(Array.from({ length }, (_, i) => String(i)));
}

/** A column of ours. Plain numbers become int32 where all are such integers, else float64; null becomes NaN. */
export function columnFrom(path: string, input: ColumnInput): Column {
  if (ArrayBuffer.isView(input)) return new DenseArray(dtypeOf(input), [input.length], input as never);
  if (!Array.isArray(input)) return isVector(input) ? vectorToColumn(input) : checkColumn(path, input as Column);
  const kinds = new Set(input.map((value) => (value === null || value === undefined ? "null" : typeof value)));
  kinds.delete("null");
  const [kind = "string", ...others] = kinds;
  if (others.length === 0 && kind === "string") return new StringArray(input.map((value) => value ?? null));
  if (others.length === 0 && kind === "number") return numbersFrom(input);
  if (others.length === 0 && kind === "boolean" && !input.includes(null)) {
    return new DenseArray("bool", [input.length], Uint8Array.from(input, Number));
  }
  throw new AtsError(
    "INVALID_ARGUMENT",
    `${path} mixes ${[...kinds].join(" and ")}; pass strings, numbers or booleans, or a column of this package.`,
    { path },
  );
}

function checkColumn(path: string, column: Column): Column {
  if (isArrayValue(column) || column?.kind === "arrow") return column;
  throw new AtsError("INVALID_ARGUMENT", `${path} is no column; pass a typed array, an array or an Arrow vector.`, {
    path,
  });
}

function numbersFrom(values: readonly (number | null)[]): DenseArray {
  const integers = values.every((value) => value !== null && (value | 0) === value && !Object.is(value, -0));
  if (integers) return new DenseArray("int32", [values.length], Int32Array.from(values as number[]));
  return new DenseArray(
    "float64",
    [values.length],
    Float64Array.from(values, (value) => value ?? Number.NaN),
  );
}

function isVector(value: unknown): value is Vector {
  return typeof (value as { getChildAt?: unknown } | null)?.getChildAt === "function";
}
