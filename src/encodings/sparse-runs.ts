/** Reads runs of stored values: what some rows of a sparse matrix are, in each of its arrays. */
import { type ArrayFor, allocateUnset, type DType, lanes, type TypedArray } from "../dtype.js";
import { DenseArray } from "../elements/dense.js";
import { copyRuns } from "../kernels/index.js";
import type { AxisSelection } from "../selection/axis.js";
import { allocatePositions } from "../selection/positions.js";
import type { EntryRuns } from "../selection/runs.js";
import type { ArrayNode, ReadOptions, RunReadOptions } from "../storage/types.js";
import { corrupt } from "./member.js";

/** The numeric type of a stored array; `CORRUPT` where it holds something else. */
export function numbersOf(node: ArrayNode): DType {
  const { dtype } = node;
  if (typeof dtype === "string" && dtype !== "string") return dtype;
  throw corrupt(node.path, "should hold numbers");
}

/** Values that were read. */
export interface RunValues {
  /** Those of the runs, at their places; what else is in it, the caller has to write. */
  readonly values: TypedArray;
  /** Whether all that were read are known to be in [0, below). */
  readonly proven: boolean;
}

/** The values of `runs`, each run at its place in new memory for `count` of them. */
export async function readRuns(
  node: ArrayNode,
  runs: EntryRuns,
  count: number,
  options: RunReadOptions,
): Promise<RunValues> {
  if (node.readRuns === undefined && runs.counts[0] === count) {
    return { values: await readSelection(node, oneRange(runs), options), proven: false };
  }
  const values = allocateUnset(numbersOf(node), count);
  return { values, proven: await readRunsInto(node, runs, values, { ...options, fresh: true }) };
}

/** The same into memory that there is, such as that of an earlier block. Whether all that were read are known to be in [0, below). */
export async function readRunsInto(
  node: ArrayNode,
  runs: EntryRuns,
  into: TypedArray,
  options: RunReadOptions,
): Promise<boolean> {
  if (runs.starts.length === 0) return true;
  if (node.readRuns !== undefined) return node.readRuns(runs, into, options);
  const selection = runs.starts.length === 1 ? oneRange(runs) : spelledOut(runs);
  const values = await readSelection(node, selection, options);
  await place(numbersOf(node), values, runs, into, options);
  return false;
}

async function readSelection(node: ArrayNode, selection: AxisSelection, options: ReadOptions): Promise<TypedArray> {
  const value = await node.read([selection], options);
  if (value instanceof DenseArray && value.dtype === node.dtype && value.shape[0] === selection.count)
    return value.data;
  throw corrupt(node.path, "should hold numbers");
}

function oneRange({ starts, counts }: EntryRuns): AxisSelection {
  return { kind: "range", start: starts[0] as number, step: 1, count: counts[0] as number };
}

/** The positions of every value, for storages that know no runs. */
function spelledOut({ starts, counts }: EntryRuns): AxisSelection {
  const last = starts.length - 1;
  const count = counts.reduce((sum, more) => sum + more, 0);
  const positions = allocatePositions(count, (starts[last] as number) + (counts[last] as number));
  let at = 0;
  for (let r = 0; r < starts.length; r++) {
    const start = starts[r] as number;
    const size = counts[r] as number;
    for (let i = 0; i < size; i++) positions[at++] = start + i;
  }
  return { kind: "positions", positions, count };
}

/** Moves the values of `runs`, which lie one behind the other in `values`, to their places in `into`. */
export async function place<D extends DType>(
  dtype: D,
  values: TypedArray,
  runs: EntryRuns,
  into: TypedArray,
  options: ReadOptions,
): Promise<void> {
  const { counts, places } = runs;
  if (counts.length === 1) {
    (into as Uint8Array).set(values as Uint8Array, (places[0] as number) * lanes(dtype));
    return;
  }
  const starts = new Float64Array(counts.length);
  for (let r = 1; r < starts.length; r++) starts[r] = (starts[r - 1] as number) + (counts[r - 1] as number);
  await copyRuns(dtype, values as ArrayFor<D>, { starts, counts, places }, into as ArrayFor<D>, options);
}
