/** Reads rows and columns of a stored sparse matrix. Only the chunks that hold the asked rows (of CSR; columns of CSC) are fetched. */
import type { ArrayFor, DType, TypedArray } from "../dtype.js";
import { fromParts, type SparseMatrix } from "../elements/sparse.js";
import {
  checkIndices,
  copyRuns,
  type FoundRuns,
  findRuns,
  type IndexArray,
  lastEntry,
  oneRun,
  type SparseParts,
} from "../kernels/index.js";
import { type AxisSelection, isWholeAxis } from "../selection/axis.js";
import type { ReadOptions } from "../storage/types.js";
import { readIndices } from "./sparse-indices.js";
import { majorAxis, matrixShape, minorExtent, type SparseNodes } from "./sparse-nodes.js";
import { readRuns } from "./sparse-runs.js";
import { selectedStarts } from "./sparse-starts.js";
import { readSomeMinors } from "./sparse-stream.js";

/**
 * `matrix[rows, columns]` in the layout that is stored; order and duplicates are kept. `starts` gives the matrix's checked indptr.
 * Memory: the result, and a few blocks. `CORRUPT` where an index is outside the matrix, `LIMIT_EXCEEDED` where the result is too large.
 */
export async function readSparse(
  nodes: SparseNodes,
  starts: (options: ReadOptions) => Promise<IndexArray>,
  selection: readonly (AxisSelection | undefined)[],
  options: ReadOptions,
): Promise<SparseMatrix> {
  const axis = majorAxis(nodes);
  const major = wanted(selection[axis], nodes.shape[axis]);
  const minor = wanted(selection[1 - axis], minorExtent(nodes));
  if (minor !== undefined) return fromParts(await readSomeMinors(nodes, await starts(options), major, minor, options));
  if (major === undefined) return fromParts(await readAll(nodes, starts, options));
  return fromParts(await readMajors(nodes, await starts(options), major, options));
}

function wanted(selection: AxisSelection | undefined, length: number): AxisSelection | undefined {
  return selection === undefined || isWholeAxis(selection, length) ? undefined : selection;
}

/**
 * Everything: the three arrays side by side, since nothing has to be known of one before the others are read. The indices come first, so that they
 * are checked while values are still decoded.
 */
async function readAll(
  nodes: SparseNodes,
  starts: (options: ReadOptions) => Promise<IndexArray>,
  options: ReadOptions,
): Promise<SparseParts> {
  const { kind, dtype, path, shape } = nodes;
  const count = nodes.indices.shape[0] ?? 0;
  const runs = oneRun(0, count);
  const checked = async () => {
    const { indices, proven } = await readIndices(nodes, runs, count, options);
    if (!proven) await checkIndices(indices, minorExtent(nodes), { ...options, path });
    return indices;
  };
  const [indices, { values }, indptr] = await Promise.all([
    checked(),
    readRuns(nodes.data, runs, count, options),
    starts(options),
  ]);
  return { kind, dtype, shape, data: values as ArrayFor<DType>, indices, indptr: indptr.slice() };
}

/** Whole rows: their values and indices are read to where they stay. */
async function readMajors(
  nodes: SparseNodes,
  starts: IndexArray,
  major: AxisSelection,
  options: ReadOptions,
): Promise<SparseParts> {
  const { kind, dtype, path } = nodes;
  const named = { ...options, path };
  const indptr = selectedStarts(starts, major);
  const count = lastEntry(indptr);
  const runs = await findRuns(starts, major, named);
  const [{ values }, { indices, proven }] = await Promise.all([
    readRuns(nodes.data, runs.stored, count, options),
    readIndices(nodes, runs.stored, count, options),
  ]);
  await copyAgain(dtype, values, runs, named);
  await copyAgain(indices instanceof Int32Array ? "int32" : "int64", indices, runs, named);
  const shape = matrixShape(nodes, indptr.length - 1, minorExtent(nodes));
  if (!proven) await checkIndices(indices, minorExtent(nodes), named);
  return { kind, dtype, shape, data: values as ArrayFor<DType>, indices, indptr };
}

/** Rows that were selected again are copied from where they were read to first. */
async function copyAgain(dtype: DType, values: TypedArray, { copies }: FoundRuns, options: ReadOptions): Promise<void> {
  if (copies.starts.length > 0) await copyRuns(dtype, values, copies, values, options);
}
