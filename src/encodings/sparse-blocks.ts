/** Cuts the rows (CSR) or columns (CSC) that a read wants into blocks that are fetched at once. Pure. */
import type { IndexArray } from "../kernels/index.js";
import type { AxisSelection, Positions } from "../selection/axis.js";
import { allocatePositions } from "../selection/positions.js";
import { runs } from "../selection/runs.js";

/** A run of at least so many stored values is fetched as one range, by itself. */
const RANGE_ENTRIES = 64 * 1024;
/** Stored values of a block of scattered runs: their positions are spelled out, which costs memory of its own. */
const SCATTERED_ENTRIES = 1024 * 1024;

/** Some ascending majors and where their stored values lie. */
export interface SparseBlock {
  /** The majors: `starts[i]` of the block's own indptr is where major i begins. */
  readonly starts: Float64Array;
  /** Their stored values in `data` and `indices`, in the same order. */
  readonly entries: AxisSelection;
}

/** The number of stored values of the ascending `majors`. */
export function countEntries(starts: IndexArray, majors: Positions | undefined): number {
  if (majors === undefined) return Number(starts[starts.length - 1]);
  let count = 0;
  for (const major of majors) count += Number(starts[major + 1]) - Number(starts[major]);
  return count;
}

/**
 * The blocks that hold `majors` (ascending, without duplicates; all when not given), in order. No block has more than `most` stored
 * values, unless a single major has.
 */
export function* sparseBlocks(starts: IndexArray, majors: Positions | undefined, most: number): Generator<SparseBlock> {
  const pending: Run[] = [];
  let size = 0;
  for (const run of majorRuns(starts, majors, most)) {
    const length = run.end - run.begin;
    const alone = length >= RANGE_ENTRIES;
    if (pending.length > 0 && (alone || size + length > Math.min(most, SCATTERED_ENTRIES))) {
      yield blockOf(starts, pending.splice(0), size);
      size = 0;
    }
    pending.push(run);
    size += length;
    if (alone) {
      yield blockOf(starts, pending.splice(0), size);
      size = 0;
    }
  }
  if (pending.length > 0) yield blockOf(starts, pending, size);
}

/** Majors that follow each other, and the stretch of stored values that is theirs. */
interface Run {
  readonly first: number;
  readonly count: number;
  readonly begin: number;
  readonly end: number;
}

/** Maximal runs of neighbours, cut where they hold more than `most` values. */
function* majorRuns(starts: IndexArray, majors: Positions | undefined, most: number): Generator<Run> {
  const all = majors === undefined ? { starts: [0], counts: [starts.length - 1] } : runs(majors);
  for (let r = 0; r < all.starts.length; r++) {
    const stop = (all.starts[r] as number) + (all.counts[r] as number);
    for (let first = all.starts[r] as number; first < stop; ) {
      const begin = Number(starts[first]);
      const last = lastWithin(starts, first + 1, stop, begin + most);
      yield { first, count: last - first, begin, end: Number(starts[last]) };
      first = last;
    }
  }
}

/** The greatest i in low…high with `starts[i] <= limit`; `low` where even that one is beyond. */
function lastWithin(starts: IndexArray, low: number, high: number, limit: number): number {
  let [below, above] = [low, high];
  while (below < above) {
    const middle = Math.ceil((below + above) / 2);
    if (Number(starts[middle]) <= limit) below = middle;
    else above = middle - 1;
  }
  return below;
}

function blockOf(starts: IndexArray, parts: readonly Run[], size: number): SparseBlock {
  const majors = parts.reduce((sum, run) => sum + run.count, 0);
  const own = new Float64Array(majors + 1);
  let major = 0;
  let offset = 0;
  for (const run of parts) {
    for (let i = 0; i < run.count; i++) own[major++] = offset + Number(starts[run.first + i]) - run.begin;
    offset += run.end - run.begin;
  }
  own[major] = offset;
  return { starts: own, entries: entriesOf(parts, size) };
}

function entriesOf(parts: readonly Run[], size: number): AxisSelection {
  const filled = parts.filter((run) => run.end > run.begin);
  const [first] = filled;
  if (first === undefined) return { kind: "range", start: 0, step: 1, count: 0 };
  if (filled.every((run, i) => i === 0 || run.begin === filled[i - 1]?.end)) {
    return { kind: "range", start: first.begin, step: 1, count: size };
  }
  const positions = allocatePositions(size, (filled.at(-1) as Run).end);
  let at = 0;
  for (const run of filled) for (let entry = run.begin; entry < run.end; entry++) positions[at++] = entry;
  return { kind: "positions", positions, count: size };
}
