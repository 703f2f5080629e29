/** Equality of numbers, with a tolerance. */
import { lanes, type TypedArray } from "../../dtype.js";
import type { DenseArray } from "../../elements/dense.js";
import { halfToNumber } from "../../elements/half.js";

/** Two numbers a and b are equal where |a - b| <= atol + rtol * |b|, as numpy's `isclose` has it; NaN equals NaN. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** How many values differ, the flat position of the first, and what it is in both. */
export interface Mismatch {
  readonly count: number;
  readonly first: number;
  readonly values: readonly [string, string];
}

/** Compares arrays of one shape, whatever their types; null where they are equal. */
export function compareNumbers(a: DenseArray, b: DenseArray, tolerance: Tolerance): Mismatch | null {
  if (a.dtype === b.dtype && sameBytes(a.data, b.data)) return null;
  const width = Math.max(lanes(a.dtype), lanes(b.dtype));
  return comparePlain(plain(a, width), plain(b, width), width, tolerance);
}

/** Whether `a` and `b` are close; a bigint and a number are where they stand for the same number. */
export function isClose(a: number | bigint, b: number | bigint, { rtol, atol }: Tolerance): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: a bigint equals a number only so
  if (a == b) return true;
  const [x, y] = [Number(a), Number(b)];
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) && Number.isNaN(y);
  if (rtol === 0 && atol === 0) return false;
  return Number.isFinite(x) && Number.isFinite(y) && Math.abs(x - y) <= atol + rtol * Math.abs(y);
}

type Plain = ArrayLike<number> | ArrayLike<bigint>;

function comparePlain(a: Plain, b: Plain, width: number, tolerance: Tolerance): Mismatch | null {
  let count = 0;
  let first = -1;
  for (let i = 0; i < a.length; i++) {
    if (isClose(a[i] as number, b[i] as number, tolerance)) continue;
    const position = Math.floor(i / width);
    if (first < 0) first = position;
    count++;
    i = (position + 1) * width - 1;
  }
  if (count === 0) return null;
  const show = (values: Plain) => Array.from({ length: width }, (_, lane) => values[first * width + lane]).join("+i");
  return { count, first, values: [show(a), show(b)] };
}

/** The values as numbers, `width` for each: real numbers beside complex ones get an imaginary part. */
function plain({ dtype, data }: DenseArray, width: number): Plain {
  const values = dtype === "float16" || dtype === "bfloat16" ? halfToNumber(dtype, data as Uint16Array) : data;
  if (width === lanes(dtype)) return values;
  const pairs = new Float64Array(2 * values.length);
  for (let i = 0; i < values.length; i++) pairs[2 * i] = Number(values[i]);
  return pairs;
}

function sameBytes(a: TypedArray, b: TypedArray): boolean {
  const bytes = (data: TypedArray) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.compare(bytes(a), bytes(b)) === 0;
}
