/** What differs between two arrays of any size, block by block: dense or sparse, in whichever order they are stored. */
import { DenseArray } from "../../elements/dense.js";
import { type LazyArray, numericDType } from "../../elements/lazy.js";
import type { SparseMatrix } from "../../elements/sparse.js";
import { isArrayValue, type Value } from "../../elements/values.js";
import { canonicalize, densify } from "../../kernels/index.js";
import type { ReadOptions } from "../../storage/types.js";
import { blocksOf } from "../blocks.js";
import type { Tolerance } from "./numbers.js";
import { compareValues, type Difference } from "./values.js";

/** Every difference between two lazy arrays at `path`; the first block that differs says where, the others are not read. */
export async function compareArrays(
  path: string,
  a: LazyArray,
  b: LazyArray,
  tolerance: Tolerance,
  options: ReadOptions,
): Promise<Difference[]> {
  const { shape } = a;
  if (shape.length !== b.shape.length || shape.some((extent, i) => extent !== b.shape[i])) {
    return [{ path, what: `has the shape [${shape}] in one, [${b.shape}] in the other` }];
  }
  const [typeOfA, typeOfB] = [numericDType(a), numericDType(b)];
  const types = typeOfA !== undefined && typeOfB !== undefined && typeOfA !== typeOfB;
  const differences = types ? [{ path, what: `has the type ${typeOfA} in one, ${typeOfB} in the other` }] : [];
  if (shape.length === 0) {
    return distinct([
      ...differences,
      ...compareValues(path, await a.read([], options), await b.read([], options), tolerance),
    ]);
  }
  const axis = a.sparse === "csc" || b.sparse === "csc" ? 1 : 0;
  for (const block of blocksOf(a, axis)) {
    options.signal?.throwIfAborted();
    const selection = axis === 0 ? [block] : [undefined, block];
    const [x, y] = await Promise.all([a.read(selection, options), b.read(selection, options)]);
    const found = await compareBlocks(path, x, y, tolerance, placeFrom(axis, block.start), options);
    if (found.length > 0) return distinct([...differences, ...found]);
  }
  return differences;
}

async function compareBlocks(
  path: string,
  a: Value,
  b: Value,
  tolerance: Tolerance,
  place: (position: readonly number[]) => string,
  options: ReadOptions,
): Promise<Difference[]> {
  if (isSparse(a) && isSparse(b) && (await sameStored(a, b, options))) return [];
  const [x, y] = [isSparse(a) ? await dense(a, options) : a, isSparse(b) ? await dense(b, options) : b];
  const shape = isArrayValue(x) && "shape" in x ? x.shape : [];
  return compareValues(path, x, y, tolerance, (position) => place(unravel(position, shape)));
}

function isSparse(value: Value): value is SparseMatrix {
  return isArrayValue(value) && (value.kind === "csr" || value.kind === "csc");
}

async function dense(matrix: SparseMatrix, options: ReadOptions): Promise<DenseArray> {
  return new DenseArray(matrix.dtype, matrix.shape, await densify(matrix, options));
}

/** Whether both store the same values at the same places; where not, they may still be equal by explicit zeros or the tolerance. */
async function sameStored(a: SparseMatrix, b: SparseMatrix, options: ReadOptions): Promise<boolean> {
  if (a.kind !== b.kind || a.dtype !== b.dtype || a.nnz !== b.nnz) return false;
  const [x, y] = await Promise.all([canonicalize(a, options), canonicalize(b, options)]);
  return same(x.indptr, y.indptr) && same(x.indices, y.indices) && same(x.data, y.data);
}

function same(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const bytes = (view: ArrayBufferView) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return a.constructor === b.constructor && Buffer.compare(bytes(a), bytes(b)) === 0;
}

function unravel(position: number, shape: readonly number[]): readonly number[] {
  const index = new Array<number>(shape.length);
  let rest = position;
  for (let i = shape.length - 1; i >= 0; i--) {
    const extent = shape[i] as number;
    index[i] = rest % extent;
    rest = Math.floor(rest / extent);
  }
  return index;
}

function placeFrom(axis: number, start: number): (position: readonly number[]) => string {
  return (position) => `[${position.map((at, i) => (i === axis ? at + start : at)).join(", ")}]`;
}

/** One line for each thing said once. */
function distinct(differences: readonly Difference[]): Difference[] {
  const said = new Set<string>();
  return differences.filter(({ path, what }) => {
    const line = `${path} ${what}`;
    if (said.has(line)) return false;
    said.add(line);
    return true;
  });
}
