/**
 * Plans: a list of reads, made before any of them starts. A plan is pure once selections are resolved, so `explain` describes it and
 * `execute` runs it.
 */
import { setMaxListeners } from "node:events";
import type { AxisSelection } from "../selection/axis.js";
import type { ReadOptions } from "../storage/types.js";
import { countChunks, selectedBytes } from "./chunks.js";
import { describeSelection } from "./describe.js";
import type { ElementPlan, PlanSummary, StoredRead } from "./types.js";

/** One element to read: where it is, what of it, and how. */
export interface PlannedRead<T> {
  readonly path: string;
  readonly shape: readonly number[];
  readonly selection: readonly (AxisSelection | undefined)[];
  /** The stored arrays that the read touches; may read `indptr`. */
  readonly touches: (options?: ReadOptions) => Promise<readonly StoredRead[]>;
  readonly read: (options?: ReadOptions) => Promise<T>;
}

/** Reads to do, in this order. */
export interface Plan<T> {
  readonly reads: readonly PlannedRead<T>[];
}

/** How many elements are read at once: enough to overlap input with decoding, few enough to bound what is in flight. */
const CONCURRENT_READS = 4;

/** Runs a plan; the results are in its order. An abort or a failure stops what has not started and rejects with its reason. */
export async function execute<T>(plan: Plan<T>, options: ReadOptions = {}): Promise<T[]> {
  const results = new Array<T>(plan.reads.length);
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  // Every column of a table may listen at once; Node warns of more than ten listeners.
  setMaxListeners(0, signal);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < plan.reads.length) {
      signal.throwIfAborted();
      const at = next++;
      results[at] = await (plan.reads[at] as PlannedRead<T>).read({ signal });
    }
  };
  const workers = Array.from({ length: Math.min(CONCURRENT_READS, plan.reads.length) }, work);
  try {
    await Promise.all(workers);
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled(workers);
    throw error;
  }
  return results;
}

/** What a plan would read, from layouts; reads `indptr` of sparse matrices and nothing else. */
export async function explain(plan: Plan<unknown>, options: ReadOptions = {}): Promise<PlanSummary> {
  const elements: ElementPlan[] = [];
  let largest = 0;
  for (const read of plan.reads) {
    const touches = await read.touches(options);
    const counts = touches.map(countChunks);
    const chunks = counts.reduce((sum, count) => sum + count.chunks, 0);
    const bytes = Math.ceil(counts.reduce((sum, count) => sum + count.bytes, 0));
    largest = Math.max(largest, chunks === 0 ? 0 : (bytes / chunks) * Math.min(chunks, CONCURRENT_READS));
    const resultBytes = Math.ceil(touches.reduce((sum, touch) => sum + selectedBytes(touch), 0));
    const selection = describeSelection(read.shape, read.selection);
    elements.push({ path: read.path, selection, chunks, bytes, resultBytes });
  }
  const total = (of: (element: ElementPlan) => number): number => elements.reduce((sum, e) => sum + of(e), 0);
  return {
    elements,
    chunks: total((e) => e.chunks),
    bytes: total((e) => e.bytes),
    peakMemory: Math.ceil(total((e) => e.resultBytes) + largest),
  };
}
