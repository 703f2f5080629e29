/** Selections of dense arrays in memory. */
import { type ArrayFor, allocate, type DType, itemSize } from "../dtype.js";
import { type AxisSelection, isWholeAxis } from "../selection/axis.js";
import { kernelAxis } from "./arrays.js";
import { assertSound } from "./fault.js";
import { runSteps, runStepsSync, type Steps, step } from "./steps.js";
import type { DenseParts, KernelOptions } from "./types.js";

/**
 * The values of an outer selection, one entry per axis (a missing one means the whole), in C order; the result's shape is the entries'
 * counts. The array's own data where all of it is selected.
 * @throws AtsError `INVALID_ARGUMENT` where a position is outside its axis
 */
export function takeDense<D extends DType>(
  array: DenseParts<D>,
  selection: readonly (AxisSelection | undefined)[],
  options: KernelOptions = {},
): Promise<ArrayFor<D>> {
  return runSteps(takeSteps(array, selection, options), options);
}

/** {@link takeDense} on the calling thread. */
export function takeDenseSync<D extends DType>(
  array: DenseParts<D>,
  selection: readonly (AxisSelection | undefined)[],
  options: KernelOptions = {},
): ArrayFor<D> {
  return runStepsSync(takeSteps(array, selection, options));
}

function* takeSteps<D extends DType>(
  array: DenseParts<D>,
  selection: readonly (AxisSelection | undefined)[],
  options: KernelOptions,
): Steps<ArrayFor<D>> {
  const shape = [...array.shape];
  let data = array.data;
  for (const axis of axesByShrinking(shape, selection)) {
    const chosen = selection[axis] as AxisSelection;
    const outer = product(shape.slice(0, axis));
    const inner = product(shape.slice(axis + 1));
    const out = allocate(array.dtype, outer * chosen.count * inner);
    const outcome = yield step("take", outer * chosen.count * inner, {
      values: data,
      outer,
      length: shape[axis] as number,
      inner: inner * itemSize(array.dtype),
      positions: kernelAxis(chosen),
      out,
    });
    assertSound(outcome, options.path);
    shape[axis] = chosen.count;
    data = out;
  }
  return data;
}

/** The axes that something is selected on, the one that shrinks the array most first. */
function axesByShrinking(shape: readonly number[], selection: readonly (AxisSelection | undefined)[]): number[] {
  const ratio = (axis: number) => (selection[axis] as AxisSelection).count / Math.max(1, shape[axis] as number);
  return shape
    .map((_, axis) => axis)
    .filter((axis) => {
      const chosen = selection[axis];
      return chosen !== undefined && !isWholeAxis(chosen, shape[axis] as number);
    })
    .sort((a, b) => ratio(a) - ratio(b));
}

function product(extents: readonly number[]): number {
  return extents.reduce((total, extent) => total * extent, 1);
}
