/** Reads rows and columns of a stored sparse matrix. Only what the asked rows (of CSR; columns of CSC) hold is fetched. */
import { allocate, lanes, type TypedArray } from "../dtype.js";
import { DenseArray } from "../elements/dense.js";
import { CscMatrix, CsrMatrix, type SparseMatrix } from "../elements/sparse.js";
import { checkSparse, type IndexArray, type SparseParts, selectSparse, toIndices } from "../kernels/index.js";
import { type AxisSelection, isWholeAxis } from "../selection/axis.js";
import { sortPositions } from "../selection/runs.js";
import type { ReadOptions } from "../storage/types.js";
import { corrupt } from "./member.js";
import { countEntries, type SparseBlock, sparseBlocks } from "./sparse-blocks.js";
import { readIntegers, type SparseNodes } from "./sparse-starts.js";

/** Stored values that are held at once for each lane while columns are picked out of rows. */
const BLOCK_ENTRIES = 4 * 1024 * 1024;
/** Blocks that are worked on at once: one is fetched while another is picked from. */
const LANES = 2;
const INT32_MAX = 2 ** 31 - 1;

/**
 * `matrix[rows, columns]` in the layout that is stored; order and duplicates are kept. `starts` is the matrix's checked indptr.
 * Memory: the result, and a few blocks. `CORRUPT` where an index is outside the matrix, `LIMIT_EXCEEDED` where the result is too large.
 */
export async function readSparse(
  nodes: SparseNodes,
  starts: IndexArray,
  selection: readonly (AxisSelection | undefined)[],
  options: ReadOptions,
): Promise<SparseMatrix> {
  const [majorAxis, minorAxis] = nodes.kind === "csr" ? ([0, 1] as const) : ([1, 0] as const);
  const minor = wanted(selection[minorAxis], nodes.shape[minorAxis]);
  const major = wanted(selection[majorAxis], nodes.shape[majorAxis]);
  const { sorted, inverse } = major === undefined ? { sorted: undefined, inverse: null } : sortPositions(major);
  const count = sorted === undefined ? starts.length - 1 : sorted.length;
  const blocks = [...sparseBlocks(starts, sorted, minor === undefined ? maxEntries(starts) : BLOCK_ENTRIES)];
  const parts =
    minor === undefined
      ? await readWholeMinors(nodes, blocks, count, countEntries(starts, sorted), options)
      : await readSomeMinors(nodes, blocks, count, minor, options);
  if (inverse === null) return toMatrix(parts);
  const again: AxisSelection = { kind: "positions", positions: inverse, count: inverse.length };
  return toMatrix(await selectAlong(parts, majorAxis, again, nodes, options));
}

function selectAlong(
  parts: SparseParts,
  axis: 0 | 1,
  choice: AxisSelection,
  nodes: SparseNodes,
  options: ReadOptions,
): Promise<SparseParts> {
  const [rows, columns] = axis === 0 ? [choice, undefined] : [undefined, choice];
  return selectSparse(parts, rows, columns, { ...options, path: nodes.path });
}

function wanted(selection: AxisSelection | undefined, length: number): AxisSelection | undefined {
  return selection === undefined || isWholeAxis(selection, length) ? undefined : selection;
}

function maxEntries(starts: IndexArray): number {
  return Math.max(1, Number(starts[starts.length - 1]));
}

/** Fetches one block as a matrix of its own, its indices checked. */
async function readBlock(nodes: SparseNodes, block: SparseBlock, options: ReadOptions): Promise<SparseParts> {
  const { kind, dtype, path } = nodes;
  const [stored, integers] = await Promise.all([
    nodes.data.read([block.entries], options),
    readIntegers(nodes.indices, [block.entries], options),
  ]);
  if (!(stored instanceof DenseArray) || stored.dtype !== dtype) throw corrupt(nodes.data.path, "should hold numbers");
  const indices = await toIndices(integers, minorExtent(nodes), { ...options, path });
  const indptr = startsArray(block.starts);
  const shape = shapeOf(nodes, block.starts.length - 1, minorExtent(nodes));
  const parts: SparseParts = { kind, dtype, shape, data: stored.data, indices, indptr };
  await checkSparse(parts, { ...options, path });
  return parts;
}

/** All of the blocks' rows, put one after the other. */
async function readWholeMinors(
  nodes: SparseNodes,
  blocks: readonly SparseBlock[],
  count: number,
  entries: number,
  options: ReadOptions,
): Promise<SparseParts> {
  if (blocks.length === 1) return readBlock(nodes, blocks[0] as SparseBlock, options);
  const { dtype, kind } = nodes;
  const data = allocate(dtype, entries) as TypedArray;
  const indices = indexArray(entries, minorExtent(nodes) - 1);
  const indptr = indexArray(count + 1, entries);
  const offsets = blockOffsets(blocks);
  await inLanes(blocks, async (block, b) => {
    const part = await readBlock(nodes, block, options);
    const { major, entry } = offsets[b] as Offset;
    (data as Uint8Array).set(part.data as Uint8Array, entry * lanes(dtype));
    (indices as Int32Array).set(part.indices as Int32Array, entry);
    placeStarts(indptr, major, block.starts, entry);
  });
  return { kind, dtype, shape: shapeOf(nodes, count, minorExtent(nodes)), data: data as never, indices, indptr };
}

/** The asked columns (of CSR) of the blocks' rows: blocks stream by, and what is not asked is dropped. */
async function readSomeMinors(
  nodes: SparseNodes,
  blocks: readonly SparseBlock[],
  count: number,
  minor: AxisSelection,
  options: ReadOptions,
): Promise<SparseParts> {
  const picked = new Array<SparseParts>(blocks.length);
  const minorAxis = nodes.kind === "csr" ? 1 : 0;
  await inLanes(blocks, async (block, b) => {
    picked[b] = await selectAlong(await readBlock(nodes, block, options), minorAxis, minor, nodes, options);
  });
  return concatenate(nodes, picked, count, minor.count);
}

function concatenate(nodes: SparseNodes, parts: readonly SparseParts[], count: number, minors: number): SparseParts {
  const { dtype, kind } = nodes;
  const entries = parts.reduce((sum, part) => sum + part.indices.length, 0);
  const data = allocate(dtype, entries) as TypedArray;
  const indices = indexArray(entries, minorExtent(nodes) - 1);
  const indptr = indexArray(count + 1, entries);
  let major = 0;
  let entry = 0;
  for (const part of parts) {
    (data as Uint8Array).set(part.data as Uint8Array, entry * lanes(dtype));
    (indices as Int32Array).set(part.indices as Int32Array, entry);
    placeStarts(indptr, major, part.indptr, entry);
    major += part.indptr.length - 1;
    entry += part.indices.length;
  }
  return { kind, dtype, shape: shapeOf(nodes, count, minors), data: data as never, indices, indptr };
}

interface Offset {
  readonly major: number;
  readonly entry: number;
}

function blockOffsets(blocks: readonly SparseBlock[]): Offset[] {
  let major = 0;
  let entry = 0;
  return blocks.map((block) => {
    const offset = { major, entry };
    major += block.starts.length - 1;
    entry += block.entries.count;
    return offset;
  });
}

/** Writes a block's starts, shifted by `entry`, into the result's from `major` on. */
function placeStarts(indptr: IndexArray, major: number, starts: ArrayLike<number | bigint>, entry: number): void {
  for (let i = 0; i < starts.length; i++) {
    const start = Number(starts[i]) + entry;
    if (indptr instanceof Int32Array) indptr[major + i] = start;
    else indptr[major + i] = BigInt(start);
  }
}

function startsArray(starts: Float64Array): IndexArray {
  const indptr = indexArray(starts.length, starts[starts.length - 1] ?? 0);
  placeStarts(indptr, 0, starts, 0);
  return indptr;
}

function indexArray(length: number, largest: number): IndexArray {
  return largest <= INT32_MAX ? allocate("int32", length) : allocate("int64", length);
}

function minorExtent({ kind, shape }: SparseNodes): number {
  return kind === "csr" ? shape[1] : shape[0];
}

function shapeOf({ kind }: SparseNodes, majors: number, minors: number): readonly [number, number] {
  return kind === "csr" ? [majors, minors] : [minors, majors];
}

/** Runs `work` for every block, a few at a time. */
async function inLanes(
  blocks: readonly SparseBlock[],
  work: (block: SparseBlock, b: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    try {
      for (let b = next++; b < blocks.length; b = next++) await work(blocks[b] as SparseBlock, b);
    } catch (error) {
      next = blocks.length;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, blocks.length) }, lane));
}

function toMatrix(parts: SparseParts): SparseMatrix {
  const { dtype, shape, data, indices, indptr } = parts;
  const Matrix = parts.kind === "csr" ? CsrMatrix : CscMatrix;
  return new Matrix(dtype, shape, data, indices, indptr);
}
