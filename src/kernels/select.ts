/** Rows and columns of a sparse matrix, without building anything dense. */
import { allocate, type DType, itemSize } from "../dtype.js";
import type { KernelAxis } from "../native/kernels.js";
import { type AxisSelection, isWholeAxis, wholeAxis } from "../selection/axis.js";
import { allocateLike, kernelAxis, lastEntry } from "./arrays.js";
import { assertSound, Fault } from "./fault.js";
import { runSteps, runStepsSync, type Steps, step } from "./steps.js";
import { type IndexArray, type KernelOptions, majorLength, minorLength, type SparseParts } from "./types.js";

/**
 * `matrix[rows][:, cols]` in the same layout; order and duplicates are kept, a missing selection means the whole axis. A selection of the
 * compressed axis copies rows (or columns) as they are stored; one of the other axis gives ascending indices. The matrix itself where all of
 * it is selected.
 * @throws AtsError `INVALID_ARGUMENT` where a position is outside its axis, `CORRUPT` where the matrix's arrays are damaged
 */
export function selectSparse<D extends DType>(
  matrix: SparseParts<D>,
  rows?: AxisSelection,
  cols?: AxisSelection,
  options: KernelOptions = {},
): Promise<SparseParts<D>> {
  return runSteps(selectSteps(matrix, rows, cols, options), options);
}

/** {@link selectSparse} on the calling thread. */
export function selectSparseSync<D extends DType>(
  matrix: SparseParts<D>,
  rows?: AxisSelection,
  cols?: AxisSelection,
  options: KernelOptions = {},
): SparseParts<D> {
  return runStepsSync(selectSteps(matrix, rows, cols, options));
}

function* selectSteps<D extends DType>(
  matrix: SparseParts<D>,
  rows: AxisSelection | undefined,
  cols: AxisSelection | undefined,
  options: KernelOptions,
): Steps<SparseParts<D>> {
  const [majorChoice, minorChoice] = matrix.kind === "csr" ? [rows, cols] : [cols, rows];
  const majors = majorChoice ?? wholeAxis(majorLength(matrix));
  const minors = minorChoice === undefined || isWholeAxis(minorChoice, minorLength(matrix)) ? undefined : minorChoice;
  if (minors === undefined && isWholeAxis(majors, majorLength(matrix))) return matrix;
  const gather = {
    indptr: matrix.indptr,
    indices: matrix.indices,
    minor: minorLength(matrix),
    majors: kernelAxis(majors),
    columns: minors && kernelAxis(minors),
  };
  const work = majors.count * (1 + matrix.indices.length / Math.max(1, majorLength(matrix)));
  const starts = yield* countStarts(gather, majors.count, work, options);
  const nnz = lastEntry(starts);
  const indices = allocateLike(matrix.indices, nnz);
  const data = allocate(matrix.dtype, nnz);
  const size = itemSize(matrix.dtype);
  const filled = yield step("gatherFill", work, {
    ...gather,
    itemSize: size,
    data: matrix.data,
    starts,
    outIndices: indices,
    outData: data,
  });
  assertSound(filled, options.path);
  const minorCount = minors?.count ?? minorLength(matrix);
  const shape: [number, number] = matrix.kind === "csr" ? [majors.count, minorCount] : [minorCount, majors.count];
  return { kind: matrix.kind, dtype: matrix.dtype, shape, data, indices, indptr: starts };
}

interface GatherStructure {
  readonly indptr: IndexArray;
  readonly indices: IndexArray;
  readonly minor: number;
  readonly majors: KernelAxis;
  readonly columns: KernelAxis | undefined;
}

/** The starts of the result: 32 bits first, 64 where duplicates make it grow past them. */
function* countStarts(gather: GatherStructure, count: number, work: number, options: KernelOptions): Steps<IndexArray> {
  const narrow = allocate("int32", count + 1);
  const outcome = yield step("gatherStarts", work, { ...gather, starts: narrow });
  if (outcome.fault !== Fault.valueRange) {
    assertSound(outcome, options.path);
    return narrow;
  }
  const wide = allocate("int64", count + 1);
  assertSound(yield step("gatherStarts", work, { ...gather, starts: wide }), options.path);
  return wide;
}
