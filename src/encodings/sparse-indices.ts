/** Reads `indices` of a stored sparse matrix, which stores keep in any integer type, in the narrowest type that is safe. */
import { allocate, type TypedArray } from "../dtype.js";
import { type AnyIntegers, INT32_MAX, type IndexArray, toIndices } from "../kernels/index.js";
import type { EntryRuns } from "../selection/runs.js";
import type { ReadOptions } from "../storage/types.js";
import { inLanes } from "./lanes.js";
import { blockRoom, runBlocks } from "./sparse-blocks.js";
import { minorExtent, type SparseNodes } from "./sparse-nodes.js";
import { numbersOf, place, readRuns, readRunsInto } from "./sparse-runs.js";

/** Indices of a block that is converted: few enough to stay in a processor's cache. */
const BLOCK_ENTRIES = 512 * 1024;
/** Blocks that are worked on at once: one is fetched while another is converted. */
const LANES = 3;

/** Indices that were read. */
export interface RunIndices {
  /** An Int32Array, or a BigInt64Array for an axis of 2^31 or more: those of the runs at their places; what else is in it, the caller has to write. */
  readonly indices: IndexArray;
  /** Whether all that were read are known to be on the axis; where not, the caller has to check them. */
  readonly proven: boolean;
}

/** The indices of `runs`, each run at its place in memory for `count` of them. `CORRUPT` where a number is too large for the axis's type. */
export async function readIndices(
  nodes: SparseNodes,
  runs: EntryRuns,
  count: number,
  options: ReadOptions,
): Promise<RunIndices> {
  const type = minorExtent(nodes) - 1 <= INT32_MAX ? "int32" : "int64";
  const stored = numbersOf(nodes.indices);
  if (stored === type) {
    const { values, proven } = await readRuns(nodes.indices, runs, count, { ...options, below: minorExtent(nodes) });
    return { indices: values as IndexArray, proven };
  }
  const out = allocate(type, count);
  const chunk = nodes.indices.layout.chunks?.[0] ?? 1;
  const buffers: TypedArray[] = [];
  await inLanes(runBlocks(runs, BLOCK_ENTRIES, chunk), LANES, async (block, _, lane) => {
    buffers[lane] ??= allocate(stored, Math.min(blockRoom(BLOCK_ENTRIES, chunk), count));
    const narrow = (buffers[lane] as TypedArray).subarray(0, block.count);
    await readRunsInto(nodes.indices, block.runs, narrow, options);
    const indices = await toIndices(narrow as AnyIntegers, minorExtent(nodes), { ...options, path: nodes.path });
    await place(type, indices, { ...block.runs, places: block.places }, out, options);
  });
  return { indices: out, proven: false };
}
