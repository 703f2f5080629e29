/** One value after the other along the first axis, in memory. */
import { type ArrayFor, allocate, type DType, lanes } from "../dtype.js";
import { AtsError } from "../errors.js";
import { allocateCodes, Categorical } from "./categorical.js";
import { cellReader } from "./column.js";
import { DenseArray, sizeOf } from "./dense.js";
import { type Column, Frame } from "./frame.js";
import { NullableArray } from "./nullable.js";
import { CsrMatrix } from "./sparse.js";
import { StringArray } from "./strings.js";
import type { ArrayValue } from "./values.js";

/** The rows of `a`, then those of `b`. `INVALID_ARGUMENT`, naming `path`, where they differ in kind, type or columns. */
export function concatValues(path: string, a: ArrayValue, b: ArrayValue): ArrayValue {
  if (a.kind === "frame" && b.kind === "frame") return concatFrames(path, a, b);
  if (a.kind === "csr" && b.kind === "csr") return concatCsr(path, a, b);
  return concatColumns(path, a as Column, b as Column) as ArrayValue;
}

function concatFrames(path: string, a: Frame, b: Frame): Frame {
  const missing = [...a.columns.keys()].filter((name) => !b.columns.has(name));
  const others = [...b.columns.keys()].filter((name) => !a.columns.has(name));
  if (missing.length > 0 || others.length > 0) {
    const what = missing.length > 0 ? `lack ${missing.join(", ")}` : `have ${others.join(", ")}, which it has not`;
    throw new AtsError("INVALID_ARGUMENT", `The rows for ${path} ${what}; give both the same columns.`, { path });
  }
  const columns = new Map<string, Column>();
  for (const [name, column] of a.columns) {
    columns.set(name, concatColumns(`${path}/${name}`, column, b.columns.get(name) as Column));
  }
  return new Frame(concatColumns(path, a.index, b.index), columns, a.indexName);
}

function concatColumns(path: string, a: Column, b: Column): Column {
  if (a.kind === "dense" && b.kind === "dense") return concatDense(path, a, b);
  if (a.kind === "strings" && b.kind === "strings" && sameRows(a, b)) {
    return new StringArray([...a.values, ...b.values], [a.length + b.length, ...a.shape.slice(1)]);
  }
  if (a.kind === "categorical" && b.kind === "categorical") return concatCategoricals(path, a, b);
  if (isMasked(a) && isMasked(b)) return concatNullables(path, a, b);
  throw unlike(path, a.kind, b.kind);
}

function concatDense<D extends DType>(path: string, a: DenseArray<D>, b: DenseArray): DenseArray<D> {
  if (a.dtype !== b.dtype) throw unlike(path, a.dtype, b.dtype);
  if (!sameRows(a, b)) throw unlike(path, `shape [${a.shape}]`, `shape [${b.shape}]`);
  const shape = [a.length + b.length, ...a.shape.slice(1)];
  const data = allocate(a.dtype, sizeOf(shape)) as ArrayFor<D>;
  data.set(a.data as never);
  data.set(b.data as never, a.data.length);
  return new DenseArray(a.dtype, shape, data);
}

function sameRows(a: { readonly shape: readonly number[] }, b: { readonly shape: readonly number[] }): boolean {
  return a.shape.length === b.shape.length && a.shape.every((extent, i) => i === 0 || extent === b.shape[i]);
}

/** The categories of `a`, then those that only `b` has. An order can only be kept where both have the same. */
function concatCategoricals(path: string, a: Categorical, b: Categorical): Categorical {
  const [own, other] = [cellsOf(a.categories), cellsOf(b.categories)];
  const places = new Map(own.map((category, i) => [category, i]));
  const added = other.filter((category) => !places.has(category));
  if (a.ordered !== b.ordered || (a.ordered && (added.length > 0 || own.length !== other.length))) {
    throw new AtsError("INVALID_ARGUMENT", `${path} is ordered and has other categories in the new rows.`, { path });
  }
  for (const category of added) places.set(category, places.size);
  const codes = allocateCodes(places.size, a.length + b.length);
  codes.set(a.codes);
  for (let i = 0; i < b.length; i++) {
    const code = b.codes[i] as number;
    codes[a.length + i] = code < 0 ? -1 : (places.get(other[code]) as number);
  }
  const more = b.categories.kind === a.categories.kind ? takeCells(b.categories, other, new Set(added)) : undefined;
  if (more === undefined) throw unlike(path, `categories of ${a.categories.kind}`, b.categories.kind);
  return new Categorical(codes, concatColumns(path, a.categories, more) as Categorical["categories"], a.ordered);
}

function cellsOf(column: Categorical["categories"]): unknown[] {
  const cell = cellReader(column);
  return Array.from({ length: column.length }, (_, i) => cell(i));
}

/** The entries of `column` (whose values are `cells`) that are in `wanted`. */
function takeCells(column: Categorical["categories"], cells: readonly unknown[], wanted: ReadonlySet<unknown>) {
  const rows = cells.flatMap((cell, i) => (wanted.has(cell) ? [i] : []));
  if (column.kind === "strings") return new StringArray(rows.map((row) => column.at(row)));
  const width = lanes(column.dtype);
  const data = allocate(column.dtype, rows.length);
  for (const [i, row] of rows.entries())
    data.set(column.data.subarray(row * width, (row + 1) * width) as never, i * width);
  return new DenseArray(column.dtype, [rows.length], data);
}

function isMasked(column: Column): column is NullableArray | DenseArray {
  return column.kind === "nullable" || (column.kind === "dense" && column.shape.length === 1);
}

function concatNullables(path: string, a: NullableArray | DenseArray, b: NullableArray | DenseArray): NullableArray {
  const values = (column: NullableArray | DenseArray) => (column.kind === "nullable" ? column.values : column);
  const mask = new Uint8Array(a.length + b.length);
  if (a.kind === "nullable") mask.set(a.mask);
  if (b.kind === "nullable") mask.set(b.mask, a.length);
  return new NullableArray(concatDense(path, values(a), values(b)), mask);
}

function concatCsr(path: string, a: CsrMatrix, b: CsrMatrix): CsrMatrix {
  if (a.dtype !== b.dtype) throw unlike(path, a.dtype, b.dtype);
  if (a.shape[1] !== b.shape[1]) throw unlike(path, `shape [${a.shape}]`, `shape [${b.shape}]`);
  return stackCsr([a, b]);
}

/** The rows of the first matrix, then those of the next, of at least one; all have the same type and columns. */
export function stackCsr(matrices: readonly CsrMatrix[]): CsrMatrix {
  const [first] = matrices as [CsrMatrix];
  const rows = matrices.reduce((sum, { shape }) => sum + shape[0], 0);
  const nnz = matrices.reduce((sum, matrix) => sum + matrix.nnz, 0);
  const indptr = nnz > 0x7fffffff ? new BigInt64Array(rows + 1) : new Int32Array(rows + 1);
  const wide = matrices.some(({ indices }) => indices instanceof BigInt64Array);
  const indices = wide ? new BigInt64Array(nnz) : new Int32Array(nnz);
  const data = allocate(first.dtype, nnz);
  let [row, entry] = [0, 0];
  for (const matrix of matrices) {
    const move = (value: number | bigint) =>
      (indptr instanceof Int32Array ? Number(value) + entry : BigInt(value) + BigInt(entry)) as never;
    indptr.set(Array.from(matrix.indptr as ArrayLike<number | bigint>, move), row);
    const own = matrix.indices as ArrayLike<number | bigint>;
    indices.set((wide ? BigInt64Array.from(own as ArrayLike<bigint>, BigInt) : own) as never, entry);
    (data as Uint8Array).set(matrix.data as Uint8Array, entry * lanes(first.dtype));
    row += matrix.shape[0];
    entry += matrix.nnz;
  }
  return new CsrMatrix(first.dtype, [rows, first.shape[1]], data, indices, indptr);
}

function unlike(path: string, a: string, b: string): AtsError {
  return new AtsError("INVALID_ARGUMENT", `${path} is ${a} in the store and ${b} in the new rows; make them alike.`, {
    path,
  });
}
