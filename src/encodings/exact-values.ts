/** Values that were read, as another type: each is proved to stay the number that it is, and so is what duplicate entries of a sparse matrix sum to. */
import { type DType, lanes, type TypedArray } from "../dtype.js";
import { DenseArray, sizeOf } from "../elements/dense.js";
import { halfToNumber } from "../elements/half.js";
import { fromParts, type SparseMatrix } from "../elements/sparse.js";
import type { AtsError } from "../errors.js";
import { canonicalize, castExactly, checkSparse } from "../kernels/index.js";
import type { ReadOptions } from "../storage/types.js";

/** The error of the value at `index`, which `shown` is. */
export type Refuse = (index: readonly number[], shown: string) => AtsError;

/** How values are cast. */
export interface CastOptions extends ReadOptions {
  /** The element that damaged arrays are of. */
  readonly path: string;
  readonly refuse: Refuse;
}

/** `value` as `dtype`; what `refuse` gives where a number would change. */
export async function castValue<V extends DenseArray | SparseMatrix>(
  value: V,
  dtype: DType,
  options: CastOptions,
): Promise<V> {
  return (await (value.kind === "dense" ? castDense(value, dtype, options) : castSparse(value, dtype, options))) as V;
}

async function castDense(value: DenseArray, dtype: DType, options: CastOptions): Promise<DenseArray> {
  const cast = await castExactly(value, dtype, options);
  if ("data" in cast) return new DenseArray(dtype, value.shape, cast.data);
  throw options.refuse(unravel(cast.inexactAt, value.shape), showValue(value, cast.inexactAt));
}

async function castSparse(value: SparseMatrix, dtype: DType, options: CastOptions): Promise<SparseMatrix> {
  const cast = await castEntries(value, dtype, options);
  const { canonical } = await checkSparse(value, options);
  if (!canonical) await checkSums(value, cast, options);
  return cast;
}

async function castEntries(value: SparseMatrix, dtype: DType, options: CastOptions): Promise<SparseMatrix> {
  const cast = await castExactly(value, dtype, options);
  if (!("data" in cast)) throw options.refuse(placeOf(value, cast.inexactAt), showValue(value, cast.inexactAt));
  const { kind, shape, indices, indptr } = value;
  return fromParts({ kind, dtype, shape, data: cast.data, indices, indptr });
}

/** Entries of one place count as their sum, which readers take in the type of the values: there it must be the same number. */
async function checkSums(value: SparseMatrix, cast: SparseMatrix, options: CastOptions): Promise<void> {
  const sums = fromParts(await canonicalize(value, options));
  if (sums.nnz === value.nnz) return;
  const wanted = await castEntries(sums, cast.dtype, options);
  const found = await canonicalize(cast, options);
  const at = firstDifference(bytesOf(wanted.data), bytesOf(found.data));
  if (at === undefined) return;
  const entry = Math.floor((at * wanted.nnz) / wanted.data.byteLength);
  throw options.refuse(placeOf(sums, entry), showValue(sums, entry));
}

function bytesOf({ buffer, byteOffset, byteLength }: TypedArray): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function firstDifference(a: Buffer, b: Buffer): number | undefined {
  return a.equals(b) ? undefined : a.findIndex((byte, i) => byte !== b[i]);
}

function unravel(position: number, shape: readonly number[]): number[] {
  let rest = position;
  return shape.map((_, axis) => {
    const step = sizeOf(shape.slice(axis + 1));
    const index = Math.floor(rest / step);
    rest -= index * step;
    return index;
  });
}

/** [row, column] of a stored value. */
function placeOf({ kind, indptr, indices }: SparseMatrix, entry: number): number[] {
  let [major, above] = [0, indptr.length - 1];
  while (above - major > 1) {
    const middle = (major + above) >> 1;
    if (Number(indptr[middle]) <= entry) major = middle;
    else above = middle;
  }
  const minor = Number(indices[entry]);
  return kind === "csr" ? [major, minor] : [minor, major];
}

function showValue({ dtype, data }: { readonly dtype: DType; readonly data: TypedArray }, position: number): string {
  const width = lanes(dtype);
  const parts = data.subarray(position * width, (position + 1) * width);
  const half = dtype === "float16" || dtype === "bfloat16";
  const [first, second] = half ? halfToNumber(dtype, parts as Uint16Array) : parts;
  return second === undefined ? show(first) : `${show(first)} + ${show(second)}i`;
}

function show(value: number | bigint | undefined): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
