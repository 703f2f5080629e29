/** Between rows first and columns first, and from dense to sparse. */
import { allocate, type DType, itemSize } from "../dtype.js";
import { AtsError } from "../errors.js";
import { allocateIntegers, INT32_MAX, lastEntry } from "./arrays.js";
import { assertSound, Fault } from "./fault.js";
import { runSteps, runStepsSync, type Steps, step } from "./steps.js";
import {
  type DenseParts,
  type IndexArray,
  type KernelOptions,
  majorLength,
  minorLength,
  type SparseKind,
  type SparseParts,
} from "./types.js";

/**
 * `matrix` as CSR or CSC: itself where it is so already, else with ascending indices, duplicates kept in their order.
 * @throws AtsError `CORRUPT` where the matrix's arrays are damaged
 */
export function convertLayout<D extends DType>(
  matrix: SparseParts<D>,
  kind: SparseKind,
  options: KernelOptions = {},
): Promise<SparseParts<D>> {
  return runSteps(layoutSteps(matrix, kind, options), options);
}

/** {@link convertLayout} on the calling thread. */
export function convertLayoutSync<D extends DType>(
  matrix: SparseParts<D>,
  kind: SparseKind,
  options: KernelOptions = {},
): SparseParts<D> {
  return runStepsSync(layoutSteps(matrix, kind, options));
}

/**
 * The non-zero values of a two-dimensional dense array as CSR or CSC. NaN is kept, -0 is dropped.
 * @throws AtsError `INVALID_ARGUMENT` for another rank
 */
export function sparsify<D extends DType>(
  dense: DenseParts<D>,
  kind: SparseKind,
  options: KernelOptions = {},
): Promise<SparseParts<D>> {
  return runSteps(sparsifySteps(dense, kind, options), options);
}

/** {@link sparsify} on the calling thread. */
export function sparsifySync<D extends DType>(
  dense: DenseParts<D>,
  kind: SparseKind,
  options: KernelOptions = {},
): SparseParts<D> {
  return runStepsSync(sparsifySteps(dense, kind, options));
}

function* layoutSteps<D extends DType>(
  matrix: SparseParts<D>,
  kind: SparseKind,
  options: KernelOptions,
): Steps<SparseParts<D>> {
  if (matrix.kind === kind) return matrix;
  const nnz = matrix.indices.length;
  const minor = minorLength(matrix);
  const indptr = allocateIntegers(minor + 1, nnz);
  const indices = allocateIntegers(nnz, majorLength(matrix) - 1);
  const data = allocate(matrix.dtype, nnz);
  const outcome = yield step("transpose", nnz + minor + majorLength(matrix), {
    indptr: matrix.indptr,
    indices: matrix.indices,
    minor,
    itemSize: itemSize(matrix.dtype),
    data: matrix.data,
    outIndptr: indptr,
    outIndices: indices,
    outData: data,
  });
  assertSound(outcome, options.path);
  return { kind, dtype: matrix.dtype, shape: matrix.shape, data, indices, indptr };
}

function* sparsifySteps<D extends DType>(
  dense: DenseParts<D>,
  kind: SparseKind,
  options: KernelOptions,
): Steps<SparseParts<D>> {
  const [rows, columns] = dense.shape;
  if (rows === undefined || columns === undefined || dense.shape.length !== 2) {
    throw new AtsError("INVALID_ARGUMENT", `A matrix is needed here, not an array of rank ${dense.shape.length}.`);
  }
  const input = { rows, columns, dtype: dense.dtype, data: dense.data };
  const indptr = yield* countNonZeros(input, options);
  const nnz = lastEntry(indptr);
  const indices = allocateIntegers(nnz, columns - 1);
  const data = allocate(dense.dtype, nnz);
  const filled = yield step("sparsifyFill", rows * columns, {
    ...input,
    starts: indptr,
    outIndices: indices,
    outData: data,
  });
  assertSound(filled, options.path);
  const csr: SparseParts<D> = { kind: "csr", dtype: dense.dtype, shape: [rows, columns], data, indices, indptr };
  return yield* layoutSteps(csr, kind, options);
}

function* countNonZeros(
  input: { rows: number; columns: number; dtype: DType; data: ArrayBufferView },
  options: KernelOptions,
): Steps<IndexArray> {
  const work = input.rows * input.columns;
  const starts = allocateIntegers(input.rows + 1, 0);
  const outcome = yield step("sparsifyStarts", work, { ...input, starts });
  if (outcome.fault !== Fault.valueRange) {
    assertSound(outcome, options.path);
    return starts;
  }
  const wide = allocateIntegers(input.rows + 1, INT32_MAX + 1);
  assertSound(yield step("sparsifyStarts", work, { ...input, starts: wide }), options.path);
  return wide;
}
