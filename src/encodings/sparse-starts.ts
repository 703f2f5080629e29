/** The `indptr` of a stored sparse matrix: read once, checked, kept. */
import { allocate } from "../dtype.js";
import type { DenseArray } from "../elements/dense.js";
import { type AnyIntegers, checkStarts, INT32_MAX, type IndexArray, toIndptr } from "../kernels/index.js";
import { type AxisSelection, positionAt } from "../selection/axis.js";
import type { ReadOptions } from "../storage/types.js";
import { corrupt } from "./member.js";
import { Shared } from "./shared.js";
import type { SparseNodes } from "./sparse-nodes.js";

/**
 * A function that gives the checked `indptr` and reads it the first time. `CORRUPT` where it does not start at 0, descends, or does not
 * end at the number of stored values.
 */
export function loadStarts(nodes: SparseNodes): (options: ReadOptions) => Promise<IndexArray> {
  const starts = new Shared((options) => read(nodes, options));
  return (options) => starts.get(options);
}

async function read({ indptr, indices }: SparseNodes, options: ReadOptions): Promise<IndexArray> {
  for (const { path, dtype } of [indices, indptr]) {
    if (typeof dtype !== "string" || !/^u?int(8|16|32|64)$/.test(dtype)) throw corrupt(path, "should hold integers");
  }
  const named = { ...options, path: indptr.path };
  const starts = await toIndptr(((await indptr.read(undefined, options)) as DenseArray).data as AnyIntegers, named);
  await checkStarts(starts, indices.shape[0] ?? 0, named);
  return starts;
}

/** The starts of the selected majors in request order (all where undefined), as an array of its own. */
export function selectedStarts(starts: IndexArray, majors: AxisSelection | undefined): IndexArray {
  if (majors === undefined) return starts.slice();
  return startsOf(countsOf(starts, majors));
}

/** The number of stored values of the selected majors. */
export function countEntries(starts: IndexArray, majors: AxisSelection): number {
  return countsOf(starts, majors).reduce((sum, count) => sum + count, 0);
}

function countsOf(starts: IndexArray, majors: AxisSelection): Float64Array {
  const counts = new Float64Array(majors.count);
  for (let i = 0; i < counts.length; i++) {
    const major = positionAt(majors, i);
    counts[i] = Number(starts[major + 1]) - Number(starts[major]);
  }
  return counts;
}

/** The starts of majors with `counts` stored values: 32 bits up to 2^31 - 1 of them in all, else 64. */
export function startsOf(counts: Int32Array | Float64Array): IndexArray {
  const sums = new Float64Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) sums[i + 1] = (sums[i] as number) + (counts[i] as number);
  if ((sums[counts.length] as number) > INT32_MAX) return BigInt64Array.from(sums, BigInt);
  const starts = allocate("int32", sums.length);
  starts.set(sums);
  return starts;
}
