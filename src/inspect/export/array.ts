/** Matrices and other arrays, streamed in slabs of rows, as separated text, NPY bytes and JSON. */
import { type DType, dtypeKind, itemSize } from "../../dtype.js";
import { type Cell, cellReader } from "../../elements/column.js";
import { DenseArray } from "../../elements/dense.js";
import type { LazyArray, LazyFrame } from "../../elements/lazy.js";
import type { SparseMatrix } from "../../elements/sparse.js";
import type { Value } from "../../elements/values.js";
import { AtsError } from "../../errors.js";
import type { ReadOptions } from "../../storage/types.js";
import { cells } from "./frame.js";
import { npyHeader } from "./npy.js";
import { separatedLine, stringify } from "./text.js";

/** Bytes of dense values that are held at a time. */
const SLAB_BYTES = 16 * 2 ** 20;

/** A numeric array's values in C order, a slab of rows at a time; sparse ones are densified. */
async function* denseSlabs(array: LazyArray, options: ReadOptions): AsyncGenerator<DenseArray> {
  const { shape } = array;
  if (shape.length === 0) {
    yield requireDense((await array.read(undefined, options)) as Value, array);
    return;
  }
  const length = shape[0] as number;
  const rowBytes = shape.slice(1).reduce((product, extent) => product * extent, 1) * itemSize(requireDType(array));
  const rows = Math.max(1, Math.floor(SLAB_BYTES / Math.max(1, rowBytes)));
  for (let start = 0; start < length; start += rows) {
    const count = Math.min(rows, length - start);
    const value = await array.read([{ kind: "range", start, step: 1, count }], options);
    yield requireDense(array.sparse === null ? value : await (value as SparseMatrix).toDense(), array);
  }
}

function requireDType(array: LazyArray): DType {
  if (typeof array.dtype === "string" && array.dtype !== "string") return array.dtype;
  throw new AtsError("UNSUPPORTED", `${array.info.path} holds no numbers; use --format json or csv.`, {
    path: array.info.path,
  });
}

function requireDense(value: Value, array: LazyArray): DenseArray {
  if ((value as { kind?: unknown }).kind === "dense") return value as DenseArray;
  throw new AtsError("UNSUPPORTED", `${array.info.path} is not an array of numbers; use --format json.`, {
    path: array.info.path,
  });
}

/** A numeric array as the bytes of an `.npy` file. */
export async function* arrayNpy(array: LazyArray, options: ReadOptions): AsyncGenerator<Uint8Array> {
  yield npyHeader(requireDType(array), array.shape);
  for await (const slab of denseSlabs(array, options)) {
    yield new Uint8Array(slab.data.buffer, slab.data.byteOffset, slab.data.byteLength);
  }
}

/** A numeric matrix as JSON: its type, shape and values in C order. */
export async function* arrayJson(array: LazyArray, options: ReadOptions): AsyncGenerator<string> {
  yield `{"dtype":${JSON.stringify(requireDType(array))},"shape":${stringify(array.shape)},"data":[`;
  let first = true;
  for await (const slab of denseSlabs(array, options)) {
    const values = numbers(slab);
    if (values.length === 0) continue;
    yield `${first ? "" : ","}${stringify(values).slice(1, -1)}`;
    first = false;
  }
  yield "]}\n";
}

/** A matrix as separated text: the names of its rows first in each line, and a header of column names. */
export async function* matrixText(
  array: LazyArray,
  rows: LazyFrame | null,
  columns: LazyFrame | null,
  separator: string,
  options: ReadOptions,
): AsyncGenerator<string> {
  const width = array.shape[1] ?? 1;
  const header = columns === null ? Array.from({ length: width }, (_, i) => i) : await names(columns, options);
  const rowNames = rows === null ? null : await names(rows, options);
  yield separatedLine(["", ...header], separator);
  let row = 0;
  for await (const slab of denseSlabs(array, options)) {
    const values = numbers(slab);
    const height = values.length / Math.max(1, width);
    for (let r = 0; r < height; r++, row++) {
      const line: Cell[] = [rowNames === null ? row : (rowNames[row] ?? null)];
      for (let c = 0; c < width; c++) line.push(values[r * width + c] as Cell);
      yield separatedLine(line, separator);
    }
  }
}

async function names(frame: LazyFrame, options: ReadOptions): Promise<readonly Cell[]> {
  return cells((await frame.readFrame([], undefined, options)).index);
}

function numbers(slab: DenseArray): ArrayLike<Cell> {
  const kind = dtypeKind(slab.dtype);
  if (kind !== "bool" && kind !== "complex") return slab.data as ArrayLike<Cell>;
  const flat = new DenseArray(slab.dtype, [slab.shape.reduce((product, extent) => product * extent, 1)], slab.data);
  const read = cellReader(flat);
  return Array.from({ length: flat.length }, (_, i) => read(i));
}
