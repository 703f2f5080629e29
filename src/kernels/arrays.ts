/** Index arrays for results: 32 bits where they reach, else 64. */
import { allocate } from "../dtype.js";
import type { KernelAxis } from "../native/kernels.js";
import type { AxisSelection } from "../selection/axis.js";
import type { IndexArray } from "./types.js";

/** The largest value of an Int32Array. */
export const INT32_MAX = 2 ** 31 - 1;

/** `length` zeros of a type that holds values up to `largest`. */
export function allocateIntegers(length: number, largest: number): IndexArray {
  return largest <= INT32_MAX ? allocate("int32", length) : allocate("int64", length);
}

/** `length` zeros of the type of `like`. */
export function allocateLike(like: IndexArray, length: number): IndexArray {
  return like instanceof Int32Array ? allocate("int32", length) : allocate("int64", length);
}

/** The last entry of an indptr: how many values are stored. 0 for an empty one. */
export function lastEntry(indptr: IndexArray): number {
  return Number(indptr[indptr.length - 1] ?? 0);
}

/** A normalised selection as the native kernels take it. */
export function kernelAxis(selection: AxisSelection): KernelAxis {
  return selection.kind === "range"
    ? { start: selection.start, step: selection.step, count: selection.count }
    : { positions: selection.positions.subarray(0, selection.count) };
}
