/** Contiguous runs of positions: what a storage reads as intervals. */
import type { AxisSelection, Positions } from "./axis.js";
import { allocatePositions, toPositions } from "./positions.js";

/** Runs of ascending neighbours: run `r` covers `starts[r] … starts[r] + counts[r] - 1`, in request order. */
export interface Runs {
  readonly starts: Positions;
  readonly counts: Positions;
}

/** Runs of a one-dimensional array: `counts[i]` values from `starts[i]` on go to `places[i] …`. Ascending and disjoint by `starts`. */
export interface EntryRuns {
  readonly starts: Float64Array;
  readonly counts: Float64Array;
  readonly places: Float64Array;
}

/** The maximal runs of consecutive ascending positions, in request order; duplicates start a new run. */
export function runs(selection: AxisSelection | Positions): Runs {
  if ("kind" in selection && selection.kind === "range" && selection.step === 1) {
    const filled = selection.count === 0 ? [] : [selection];
    return {
      starts: Float64Array.from(filled, (range) => range.start),
      counts: Float64Array.from(filled, (range) => range.count),
    };
  }
  const positions = "kind" in selection ? toPositions(selection) : selection;
  const starts = positions.slice();
  const counts = positions.slice();
  let run = -1;
  for (let i = 0; i < positions.length; i++) {
    const position = positions[i] as number;
    if (run >= 0 && position === (starts[run] as number) + (counts[run] as number)) {
      counts[run] = (counts[run] as number) + 1;
    } else {
      run++;
      starts[run] = position;
      counts[run] = 1;
    }
  }
  return { starts: starts.slice(0, run + 1), counts: counts.slice(0, run + 1) };
}

/** Positions in ascending order without duplicates, and where each requested one is among them. */
export interface SortedPositions {
  readonly sorted: Positions;
  /** `sorted[inverse[i]]` is requested position `i`; null where the request is already sorted and without duplicates. */
  readonly inverse: Int32Array | null;
}

/** Sorts and deduplicates, for storages that read ascending runs only and expand afterwards. */
export function sortPositions(selection: AxisSelection): SortedPositions {
  const positions = toPositions(selection);
  if (isAscending(positions)) return { sorted: positions, inverse: null };
  const sorted = unique(positions.slice().sort());
  const inverse = new Int32Array(positions.length);
  for (let i = 0; i < positions.length; i++) inverse[i] = search(sorted, positions[i] as number);
  return { sorted, inverse };
}

function isAscending(positions: Positions): boolean {
  for (let i = 1; i < positions.length; i++) {
    if ((positions[i] as number) <= (positions[i - 1] as number)) return false;
  }
  return true;
}

function unique(ascending: Positions): Positions {
  let kept = 0;
  for (let i = 0; i < ascending.length; i++) {
    if (i === 0 || ascending[i] !== ascending[i - 1]) ascending[kept++] = ascending[i] as number;
  }
  const out = allocatePositions(kept, ascending instanceof Int32Array ? 0 : Number.POSITIVE_INFINITY);
  out.set(ascending.subarray(0, kept));
  return out;
}

function search(sorted: Positions, position: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
