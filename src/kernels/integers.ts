/** Index arrays as stores keep them (8 to 64 bits, signed or not), in the two types that the kernels take. */
import { allocate, type DType, dtypeOf } from "../dtype.js";
import { AtsError } from "../errors.js";
import { allocateIntegers, INT32_MAX } from "./arrays.js";
import { assertSound } from "./fault.js";
import { runSteps, runStepsSync, type Steps, step } from "./steps.js";
import type { AnyIntegers, IndexArray, KernelOptions } from "./types.js";

/**
 * Indices along an axis of `length`: an Int32Array, or a BigInt64Array for an axis of 2^31 or more. An array of that type is returned
 * as it is; kernels check what they use of it.
 * @throws AtsError `CORRUPT` where a number is outside 0…length - 1
 */
export function toIndices(indices: AnyIntegers, length: number, options: KernelOptions = {}): Promise<IndexArray> {
  return runSteps(indexSteps(indices, length, options), options);
}

/** {@link toIndices} on the calling thread. */
export function toIndicesSync(indices: AnyIntegers, length: number, options: KernelOptions = {}): IndexArray {
  return runStepsSync(indexSteps(indices, length, options));
}

/**
 * The starts of a sparse matrix: an Int32Array up to 2^31 - 1 stored values, else a BigInt64Array. An Int32Array is returned as it is.
 * @throws AtsError `CORRUPT` where an entry is negative or above the last one
 */
export function toIndptr(indptr: AnyIntegers, options: KernelOptions = {}): Promise<IndexArray> {
  return runSteps(indptrSteps(indptr, options), options);
}

/** {@link toIndptr} on the calling thread. */
export function toIndptrSync(indptr: AnyIntegers, options: KernelOptions = {}): IndexArray {
  return runStepsSync(indptrSteps(indptr, options));
}

/**
 * `values` as integers of 32 or 64 bits; themselves where they are.
 * @throws AtsError `CORRUPT` where a number is negative or does not fit
 */
export async function toIndexType(
  values: IndexArray,
  dtype: "int32" | "int64",
  options: KernelOptions = {},
): Promise<IndexArray> {
  if ((dtype === "int32") === values instanceof Int32Array) return values;
  const out = allocate(dtype, values.length);
  await runSteps(convertSteps(values, Number.MAX_SAFE_INTEGER, { dtype, out }, options), options);
  return out;
}

/**
 * `values` as unsigned integers of `dtype`, for a store that keeps indices narrow.
 * @throws AtsError `CORRUPT` where a number does not fit
 */
export function narrowIndices<D extends "uint8" | "uint16" | "uint32">(
  values: IndexArray,
  into: { readonly dtype: D; readonly out: AnyIntegers },
  options: KernelOptions = {},
): Promise<AnyIntegers> {
  return runSteps(convertSteps(values, Number.MAX_SAFE_INTEGER, into, options), options);
}

function* indexSteps(indices: AnyIntegers, length: number, options: KernelOptions): Steps<IndexArray> {
  const wide = length - 1 > INT32_MAX;
  if (wide ? indices instanceof BigInt64Array : indices instanceof Int32Array) return indices as IndexArray;
  const out = allocateIntegers(indices.length, length - 1);
  yield* convertSteps(indices, length, { dtype: wide ? "int64" : "int32", out }, options);
  return out;
}

function* indptrSteps(indptr: AnyIntegers, options: KernelOptions): Steps<IndexArray> {
  if (indptr instanceof Int32Array) return indptr;
  const last = Number(indptr[indptr.length - 1] ?? 0);
  if (!(last >= 0 && last < Number.MAX_SAFE_INTEGER)) {
    const where = options.path === undefined ? "" : `${options.path}: `;
    throw new AtsError(
      "CORRUPT",
      `${where}indptr ends at ${last}, which no matrix has stored values for.`,
      options.path === undefined ? {} : { path: options.path },
    );
  }
  const out = allocateIntegers(indptr.length, last);
  const dtype = out instanceof Int32Array ? "int32" : "int64";
  yield* convertSteps(indptr, last + 1, { dtype, out }, options);
  return out;
}

function* convertSteps(
  values: AnyIntegers,
  limit: number,
  into: { readonly dtype: DType; readonly out: AnyIntegers },
  options: KernelOptions,
): Steps<AnyIntegers> {
  const outcome = yield step("convertIntegers", values.length, {
    dtype: dtypeOf(values),
    values,
    count: values.length,
    limit,
    outDtype: into.dtype,
    out: into.out,
  });
  assertSound(outcome, options.path);
  return into.out;
}
