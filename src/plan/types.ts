/** What plans are made of. */
import type { AxisSelection } from "../selection/axis.js";
import type { Runs } from "../selection/runs.js";
import type { ArrayLayout } from "../storage/types.js";

/** Where a read touches one dimension: a selection, or runs where it would be too long to spell; undefined is all of it. */
export type Touched = AxisSelection | Runs | undefined;

/** One stored array that a read touches, and where. */
export interface StoredRead {
  readonly path: string;
  readonly shape: readonly number[];
  /** Bytes of one value. */
  readonly itemSize: number;
  /** How it lies on disk; null where that is not known, as in Parquet: then it counts as one chunk. */
  readonly layout: ArrayLayout | null;
  readonly touched: readonly Touched[];
}

/** What reading one element takes. */
export interface ElementPlan {
  readonly path: string;
  /** The selection in words, such as `700 rows of 2,638 in 12 runs × 20 columns of 1,838 in 18 runs`. */
  readonly selection: string;
  /** Chunks that are read and decoded, each once. */
  readonly chunks: number;
  /** Bytes of those chunks once decoded. */
  readonly bytes: number;
  /** Bytes of the result. */
  readonly resultBytes: number;
}

/** What `explain` gives. */
export interface PlanSummary {
  readonly elements: readonly ElementPlan[];
  readonly chunks: number;
  readonly bytes: number;
  /** The results together with what is decoded at once beside them, in bytes; an estimate. */
  readonly peakMemory: number;
}
