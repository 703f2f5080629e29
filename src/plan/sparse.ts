/** Where a selection of a compressed sparse matrix lies in its three stored arrays. */
import { type AxisSelection, type Positions, positionAt } from "../selection/axis.js";
import { type Runs, runs } from "../selection/runs.js";
import type { ArrayLayout } from "../storage/types.js";
import type { StoredRead } from "./types.js";

/** One stored array of a sparse matrix. */
export interface StoredPart {
  readonly path: string;
  readonly shape: readonly number[];
  readonly itemSize: number;
  readonly layout: ArrayLayout | null;
}

/** The arrays of a compressed sparse matrix. */
export interface SparseStore {
  readonly data: StoredPart;
  readonly indices: StoredPart;
  readonly indptr: StoredPart;
}

/**
 * The reads of the rows (CSR) or columns (CSC) `major` of a matrix whose `indptr` is known: all of `indptr`, and the runs of `data` and
 * `indices` that hold them. A selection along the other axis reads no less.
 */
export function sparseReads(
  store: SparseStore,
  indptr: ArrayLike<number | bigint>,
  major: AxisSelection | undefined,
): StoredRead[] {
  const whole = major === undefined ? undefined : storedRuns(indptr, major);
  return [
    { ...store.indptr, touched: [undefined] },
    { ...store.indices, touched: [whole] },
    { ...store.data, touched: [whole] },
  ];
}

/** The runs of stored values that belong to the selected rows; rows that follow each other make one run, empty ones none. */
export function storedRuns(indptr: ArrayLike<number | bigint>, major: AxisSelection): Runs {
  const rows = runs(major.kind === "range" && major.step < 0 ? reversed(major) : major);
  const starts: number[] = [];
  const counts: number[] = [];
  for (let r = 0; r < rows.starts.length; r++) {
    const first = rows.starts[r] as number;
    const start = Number(indptr[first]);
    const count = Number(indptr[first + (rows.counts[r] as number)]) - start;
    if (count === 0) continue;
    starts.push(start);
    counts.push(count);
  }
  return { starts: toPositions(starts), counts: toPositions(counts) };
}

function reversed(range: Extract<AxisSelection, { kind: "range" }>): AxisSelection {
  return { ...range, start: positionAt(range, range.count - 1), step: -range.step };
}

function toPositions(values: readonly number[]): Positions {
  return Float64Array.from(values);
}
