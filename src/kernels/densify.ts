/** A block of a sparse matrix as a dense one. */
import { type ArrayFor, allocate, type DType, lanes } from "../dtype.js";
import { AtsError } from "../errors.js";
import { assertSound } from "./fault.js";
import { runSteps, runStepsSync, type Steps, step } from "./steps.js";
import type { Interval, KernelOptions, SparseParts } from "./types.js";

/** Which block, and where it goes. */
export interface DensifyOptions<D extends DType = DType> extends KernelOptions {
  /** All rows when not given. */
  readonly rows?: Interval | undefined;
  /** All columns when not given. */
  readonly cols?: Interval | undefined;
  /** Memory for the block, at least as long as it; zeroed first. */
  readonly into?: ArrayFor<D> | undefined;
  /** Promises that indices ascend in every row (CSR) or column (CSC): a narrow block is then found without a scan. */
  readonly sorted?: boolean | undefined;
}

/**
 * A block of `matrix` in C order, rows × columns. Duplicate entries are summed as scipy's `toarray` does.
 * @throws AtsError `CORRUPT` where the matrix's arrays are damaged, `INVALID_ARGUMENT` where the block is not on it or `into` too short
 */
export function densify<D extends DType>(
  matrix: SparseParts<D>,
  options: DensifyOptions<D> = {},
): Promise<ArrayFor<D>> {
  return runSteps(densifySteps(matrix, options), options);
}

/** {@link densify} on the calling thread. */
export function densifySync<D extends DType>(matrix: SparseParts<D>, options: DensifyOptions<D> = {}): ArrayFor<D> {
  return runStepsSync(densifySteps(matrix, options));
}

function* densifySteps<D extends DType>(matrix: SparseParts<D>, options: DensifyOptions<D>): Steps<ArrayFor<D>> {
  const rows = checkInterval(options.rows, matrix.shape[0], "rows");
  const cols = checkInterval(options.cols, matrix.shape[1], "columns");
  const [major, minor] = matrix.kind === "csr" ? [rows, cols] : [cols, rows];
  const size = (rows.stop - rows.start) * (cols.stop - cols.start);
  const out = options.into ?? allocate(matrix.dtype, size);
  const outcome = yield step("densify", size + matrix.indices.length, {
    dtype: matrix.dtype,
    indptr: matrix.indptr,
    indices: matrix.indices,
    data: matrix.data,
    minor: matrix.shape[matrix.kind === "csr" ? 1 : 0],
    majorStart: major.start,
    majorStop: major.stop,
    minorStart: minor.start,
    minorStop: minor.stop,
    minorFirst: matrix.kind === "csc",
    sorted: options.sorted ?? false,
    out,
  });
  assertSound(outcome, options.path);
  return out.length === size * lanes(matrix.dtype) ? out : (out.subarray(0, size * lanes(matrix.dtype)) as ArrayFor<D>);
}

function checkInterval(interval: Interval | undefined, length: number, axis: string): Interval {
  const { start, stop } = interval ?? { start: 0, stop: length };
  if (!(start >= 0 && start <= stop && stop <= length)) {
    throw new AtsError("INVALID_ARGUMENT", `The ${axis} ${start}…${stop} are not within 0…${length}.`);
  }
  return { start, stop };
}
