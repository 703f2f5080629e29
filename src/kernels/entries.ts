/** Stored values of a compressed matrix as they stream by: where those of some rows lie, and which belong to some columns. */
import { type ArrayFor, type DType, dtypeOf, itemSize, type TypedArray } from "../dtype.js";
import type { AxisSelection } from "../selection/axis.js";
import type { EntryRuns } from "../selection/runs.js";
import { kernelAxis, lastEntry } from "./arrays.js";
import { assertSound } from "./fault.js";
import { runSteps, step } from "./steps.js";
import type { AnyIntegers, IndexArray, KernelOptions } from "./types.js";

/**
 * Checks that `indptr` starts at 0, never descends and ends at `nnz`.
 * @throws AtsError `CORRUPT` naming the first entry that is wrong
 */
export function checkStarts(indptr: IndexArray, nnz: number, options: KernelOptions = {}): Promise<void> {
  return runSteps(
    (function* () {
      assertSound(yield step("checkStarts", indptr.length, { indptr, nnz }), options.path);
    })(),
    options,
  );
}

/**
 * Checks that all `indices` are on a minor axis of `minor` positions.
 * @throws AtsError `CORRUPT` naming the first that is not
 */
export function checkIndices(indices: IndexArray, minor: number, options: KernelOptions = {}): Promise<void> {
  return runSteps(
    (function* () {
      assertSound(yield step("checkIndices", indices.length, { indices, minor }), options.path);
    })(),
    options,
  );
}

/** Where the stored values of selected majors lie. */
export interface FoundRuns {
  /** Ascending, disjoint runs of stored values, and their places in the result. */
  readonly stored: EntryRuns;
  /** Runs of the result that are copied within it, for majors that were selected again. */
  readonly copies: EntryRuns;
}

/**
 * The runs of the stored values of `majors`, with their places in a result that has them in request order. Neighbours are one run.
 * @throws AtsError `INVALID_ARGUMENT` where a position is outside the axis, `CORRUPT` for an unsound `indptr`
 */
export function findRuns(
  indptr: IndexArray,
  majors: AxisSelection | undefined,
  options: KernelOptions = {},
): Promise<FoundRuns> {
  if (majors === undefined) return Promise.resolve({ stored: oneRun(0, lastEntry(indptr)), copies: EMPTY_RUNS });
  return runSteps(
    (function* () {
      const all = emptyRuns(majors.count);
      const copies = new Float64Array(1);
      const outcome = yield step("findRuns", majors.count, {
        indptr,
        nnz: lastEntry(indptr),
        majors: kernelAxis(majors),
        ...kernelRuns(all),
        copies,
      });
      assertSound(outcome, options.path);
      const found = outcome.value;
      return { stored: part(all, 0, found), copies: part(all, found, found + (copies[0] as number)) };
    })(),
    options,
  );
}

/** One run from `start` on, which goes to the front. */
export function oneRun(start: number, count: number): EntryRuns {
  return { starts: Float64Array.of(start), counts: Float64Array.of(count), places: Float64Array.of(0) };
}

const EMPTY_RUNS: EntryRuns = emptyRuns(0);

function emptyRuns(length: number): EntryRuns {
  return { starts: new Float64Array(length), counts: new Float64Array(length), places: new Float64Array(length) };
}

function part({ starts, counts, places }: EntryRuns, begin: number, end: number): EntryRuns {
  return {
    starts: starts.subarray(begin, end),
    counts: counts.subarray(begin, end),
    places: places.subarray(begin, end),
  };
}

function kernelRuns({ starts, counts, places }: EntryRuns) {
  return { runStarts: starts, runCounts: counts, runPlaces: places };
}

/**
 * Copies `runs` of the values `from` to their places in `to`, arrays of the type `dtype` or one and the same array.
 * @throws AtsError `INVALID_ARGUMENT` where a run is outside one of them
 */
export function copyRuns<D extends DType>(
  dtype: D,
  from: ArrayFor<D>,
  runs: EntryRuns,
  to: ArrayFor<D>,
  options: KernelOptions = {},
): Promise<void> {
  return runSteps(
    (function* () {
      const size = itemSize(dtype);
      const outcome = yield step("copyRuns", from.length, {
        ...kernelRuns(runs),
        runs: runs.starts.length,
        itemSize: size,
        from,
        available: from.byteLength / size,
        to,
        room: to.byteLength / size,
      });
      assertSound(outcome, options.path);
    })(),
    options,
  );
}

/** A block of stored values, the first of them being number `offset` of `indptr`. */
export interface EntryBlock {
  readonly indptr: IndexArray;
  readonly offset: number;
  readonly count: number;
  readonly dtype: DType;
  readonly indices: AnyIntegers;
  readonly data: TypedArray;
}

/** Where what is kept of blocks goes. */
export interface KeptEntries {
  /** Each has room for the whole block; they may be the block's own arrays, of the same type. */
  readonly indices: Int32Array;
  readonly data: TypedArray;
  /** By major; several blocks may add to it at once. */
  readonly counts: Int32Array;
}

/**
 * Keeps the values of `block` whose index has a place in `table` (-1 for none), under that place and in stored order; the result is their
 * number.
 * @throws AtsError `CORRUPT` where an index is outside the table
 */
export function keepColumns(
  block: EntryBlock,
  table: Int32Array,
  kept: KeptEntries,
  options: KernelOptions = {},
): Promise<number> {
  return runSteps(
    (function* () {
      const { indptr, offset, count, dtype, indices, data } = block;
      const outcome = yield step("keepColumns", count, {
        indptr,
        offset,
        indexDtype: dtypeOf(indices),
        indices,
        count,
        itemSize: itemSize(dtype),
        data,
        table,
        outIndices: kept.indices,
        outData: kept.data,
        counts: kept.counts,
      });
      assertSound(outcome, options.path);
      return outcome.value;
    })(),
    options,
  );
}

/** Some majors of a matrix, and what is added to each of their indices. */
export interface AppendedPiece {
  readonly dtype: DType;
  readonly indptr: IndexArray;
  readonly indices: IndexArray;
  readonly data: TypedArray;
  readonly offset: number;
  /** The extent that the piece's own indices are within. */
  readonly minors: number;
}

/** Majors that are put together from pieces. */
export interface Appendable {
  readonly starts: IndexArray;
  /** Where the next values of each major go; `starts` at first. */
  readonly cursors: IndexArray;
  readonly indices: IndexArray;
  readonly data: TypedArray;
}

/**
 * Appends the values of each major of `piece` to those of `into`.
 * @throws AtsError `CORRUPT` for an index outside the piece, `INVALID_ARGUMENT` where a major of `into` is full
 */
export function appendPiece(piece: AppendedPiece, into: Appendable, options: KernelOptions = {}): Promise<void> {
  return runSteps(
    (function* () {
      const { indptr, indices, data, offset, minors, dtype } = piece;
      const outcome = yield step("append", indices.length + indptr.length, {
        indptr,
        indices,
        minor: minors,
        data,
        offset,
        itemSize: itemSize(dtype),
        cursors: into.cursors,
        starts: into.starts,
        outIndices: into.indices,
        outData: into.data,
      });
      assertSound(outcome, options.path);
    })(),
    options,
  );
}
