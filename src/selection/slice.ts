/** Slices with Python's meaning: negative bounds count from the end, bounds beyond the axis are clamped. */
import { AtsError } from "../errors.js";
import type { AxisRange } from "./axis.js";

/** A slice of an axis, as Python's `slice(start, stop, step)`. Missing bounds mean the whole axis in the direction of `step`. */
export interface Slice {
  readonly start?: number | null | undefined;
  readonly stop?: number | null | undefined;
  /** Default 1; may be negative, never 0. */
  readonly step?: number | null | undefined;
}

/** Whether `value` is a {@link Slice}: a plain object with no other keys than `start`, `stop` and `step`. */
export function isSlice(value: unknown): value is Slice {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return false;
  return Object.keys(value).every((key) => key === "start" || key === "stop" || key === "step");
}

/**
 * The positions of `slice` on an axis of `length`, as Python's `slice.indices` gives them.
 * `INVALID_ARGUMENT` where a bound is not an integer or the step is 0.
 */
export function normalizeSlice(slice: Slice, length: number, axis = "axis"): AxisRange {
  const step = integer(slice.step ?? 1, "step", axis);
  if (step === 0 || !Number.isFinite(step)) {
    throw new AtsError("INVALID_ARGUMENT", `The step of a slice of ${axis} is ${step}; pass 1 or -1.`);
  }
  const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1];
  const bound = (value: number | null | undefined, missing: number, name: string): number => {
    if (value === null || value === undefined) return missing;
    const at = integer(value, name, axis);
    return Math.min(Math.max(at < 0 ? at + length : at, lowest), highest);
  };
  const start = bound(slice.start, step > 0 ? lowest : highest, "start");
  const stop = bound(slice.stop, step > 0 ? highest : lowest, "stop");
  return makeRange(start, step, Math.max(0, Math.ceil((stop - start) / step)));
}

/** A range in its one spelling: empty ranges start at 0, and ranges of at most one position have step 1. */
export function makeRange(start: number, step: number, count: number): AxisRange {
  if (count === 0) return { kind: "range", start: 0, step: 1, count: 0 };
  return { kind: "range", start, step: count === 1 ? 1 : step, count };
}

function integer(value: number, name: string, axis: string): number {
  if (typeof value === "number" && (Number.isInteger(value) || Math.abs(value) === Number.POSITIVE_INFINITY))
    return value;
  throw new AtsError("INVALID_ARGUMENT", `The ${name} of a slice of ${axis} is ${String(value)}; pass an integer.`);
}
