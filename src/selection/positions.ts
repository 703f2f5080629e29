/** Integer positions: negative ones counted from the end, order and duplicates kept, and the compact form of what they say. */
import { AtsError } from "../errors.js";
import type { AxisSelection, Positions } from "./axis.js";
import { makeRange } from "./slice.js";

/** Positions as a caller gives them. A `Uint8Array` is not among them: it is always a mask. */
export type PositionInput =
  | readonly number[]
  | readonly bigint[]
  | Int8Array
  | Int16Array
  | Int32Array
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

const INT32_LIMIT = 2 ** 31;

/** Room for `count` positions on an axis of `length`. */
export function allocatePositions(count: number, length: number): Positions {
  return length <= INT32_LIMIT ? new Int32Array(count) : new Float64Array(count);
}

/**
 * Positions on an axis of `length`; negative ones count from the end. `INVALID_ARGUMENT` naming the value and the axis where one is out
 * of range or not an integer.
 */
export function normalizePositions(input: PositionInput, length: number, axis = "axis"): AxisSelection {
  const out = allocatePositions(input.length, length);
  for (let i = 0; i < input.length; i++) {
    const value = input[i] as number | bigint;
    const position = Number(value);
    if (!Number.isInteger(position) || typeof value === "string" || position >= length || position < -length) {
      throw outOfRange(value, length, axis);
    }
    out[i] = position < 0 ? position + length : position;
  }
  return compact(out);
}

function outOfRange(value: unknown, length: number, axis: string): AtsError {
  const kind = typeof value;
  if ((kind !== "number" && kind !== "bigint") || (kind === "number" && !Number.isInteger(value))) {
    return new AtsError("INVALID_ARGUMENT", `Position ${String(value)} on ${axis} is not an integer.`);
  }
  const valid = length === 0 ? "the axis is empty" : `pass ${-length}…${length - 1}`;
  return new AtsError("INVALID_ARGUMENT", `Position ${value} is outside ${axis} of length ${length}; ${valid}.`);
}

/** The compact form of valid positions: a range where they are evenly spaced, else the positions themselves (not copied). */
export function compact(positions: Positions): AxisSelection {
  const count = positions.length;
  if (count < 2) return makeRange(count === 0 ? 0 : (positions[0] as number), 1, count);
  const start = positions[0] as number;
  const step = (positions[1] as number) - start;
  if (step === 0) return { kind: "positions", positions, count };
  for (let i = 2; i < count; i++) {
    if (positions[i] !== start + i * step) return { kind: "positions", positions, count };
  }
  return makeRange(start, step, count);
}

/** The positions of a selection as an array; shared with the selection where it holds one. */
export function toPositions(selection: AxisSelection): Positions {
  if (selection.kind === "positions") return selection.positions;
  const { start, step, count } = selection;
  const out = allocatePositions(count, Math.max(start, start + (count - 1) * step) + 1);
  for (let i = 0; i < count; i++) out[i] = start + i * step;
  return out;
}
