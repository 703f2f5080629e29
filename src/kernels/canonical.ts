/** Whether a sparse matrix is sound and tidy, and making it tidy. */
import { type ArrayFor, allocate, type DType, itemSize } from "../dtype.js";
import { allocateLike, lastEntry } from "./arrays.js";
import { assertSound } from "./fault.js";
import { runSteps, runStepsSync, type Steps, step } from "./steps.js";
import { type KernelOptions, majorLength, minorLength, type SparseParts } from "./types.js";

/** How the indices of a matrix lie within each row (CSR) or column (CSC). */
export interface IndexOrder {
  /** They never descend. */
  readonly sorted: boolean;
  /** They ascend strictly: sorted and without duplicates. */
  readonly canonical: boolean;
}

/**
 * Checks that indptr starts at 0, never descends and ends at the number of stored values, and that every index is on the matrix.
 * @throws AtsError `CORRUPT` naming the first entry that is wrong
 */
export function checkSparse(matrix: SparseParts, options: KernelOptions = {}): Promise<IndexOrder> {
  return runSteps(checkSteps(matrix, options), options);
}

/** {@link checkSparse} on the calling thread. */
export function checkSparseSync(matrix: SparseParts, options: KernelOptions = {}): IndexOrder {
  return runStepsSync(checkSteps(matrix, options));
}

/**
 * `matrix` with ascending indices and duplicates summed, as scipy's `sum_duplicates` gives; itself where it is so already.
 * @throws AtsError `CORRUPT` where the matrix's arrays are damaged
 */
export function canonicalize<D extends DType>(
  matrix: SparseParts<D>,
  options: KernelOptions = {},
): Promise<SparseParts<D>> {
  return runSteps(canonicalSteps(matrix, options), options);
}

/** {@link canonicalize} on the calling thread. */
export function canonicalizeSync<D extends DType>(matrix: SparseParts<D>, options: KernelOptions = {}): SparseParts<D> {
  return runStepsSync(canonicalSteps(matrix, options));
}

/**
 * Sorts the entries of every row (CSR) or column (CSC) by index, in place; equal indices keep their order. Free of cost where they are sorted.
 * @throws AtsError `CORRUPT` where the indptr is damaged
 */
export async function sortIndices(matrix: SparseParts, options: KernelOptions = {}): Promise<void> {
  await runSteps(sortOwn(matrix, options), options);
}

function structureOf(matrix: SparseParts) {
  return { indptr: matrix.indptr, indices: matrix.indices, minor: minorLength(matrix) };
}

function* checkSteps(matrix: SparseParts, options: KernelOptions): Steps<IndexOrder> {
  const work = matrix.indices.length + majorLength(matrix);
  const outcome = yield step("validate", work, structureOf(matrix));
  assertSound(outcome, options.path);
  return { sorted: (outcome.value & 1) !== 0, canonical: (outcome.value & 2) !== 0 };
}

function* canonicalSteps<D extends DType>(matrix: SparseParts<D>, options: KernelOptions): Steps<SparseParts<D>> {
  const order = yield* checkSteps(matrix, options);
  if (order.canonical) return matrix;
  const sorted = order.sorted ? matrix : yield* sortSteps(matrix, options);
  return yield* sumSteps(sorted, options);
}

function* sortSteps<D extends DType>(matrix: SparseParts<D>, options: KernelOptions): Steps<SparseParts<D>> {
  const data = matrix.data.slice() as ArrayFor<D>;
  const copy = { ...partsOf(matrix), indices: matrix.indices.slice(), data };
  yield* sortOwn(copy, options);
  return copy;
}

function* sortOwn({ indptr, indices, dtype, data }: SparseParts, options: KernelOptions): Steps<void> {
  const outcome = yield step("sortIndices", indices.length, { indptr, indices, itemSize: itemSize(dtype), data });
  assertSound(outcome, options.path);
}

function* sumSteps<D extends DType>(matrix: SparseParts<D>, options: KernelOptions): Steps<SparseParts<D>> {
  const work = matrix.indices.length + majorLength(matrix);
  const starts = allocateLike(matrix.indptr, matrix.indptr.length);
  assertSound(yield step("sumStarts", work, { ...structureOf(matrix), starts }), options.path);
  const nnz = lastEntry(starts);
  if (nnz === matrix.indices.length) return matrix;
  const indices = allocateLike(matrix.indices, nnz);
  const data = allocate(matrix.dtype, nnz);
  const outcome = yield step("sumFill", work, {
    ...structureOf(matrix),
    dtype: matrix.dtype,
    data: matrix.data,
    starts,
    outIndices: indices,
    outData: data,
  });
  assertSound(outcome, options.path);
  return { ...partsOf(matrix), indptr: starts, indices, data };
}

/** The parts alone, whatever class `matrix` is of. */
function partsOf<D extends DType>(matrix: SparseParts<D>): SparseParts<D> {
  const { kind, dtype, shape, data, indices, indptr } = matrix;
  return { kind, dtype, shape, data, indices, indptr };
}
