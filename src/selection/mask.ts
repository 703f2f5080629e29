/** Boolean masks of an axis. */
import type { Vector } from "apache-arrow";
import { unpackBits } from "../elements/bitmap.js";
import { AtsError } from "../errors.js";
import type { AxisSelection } from "./axis.js";
import { allocatePositions, compact } from "./positions.js";
import { makeRange } from "./slice.js";

/** Arrow's type id of Bool. */
const ARROW_BOOL = 6;

/** A mask as a caller gives it: anything but 0, false and null selects. */
export type MaskInput = readonly boolean[] | Uint8Array | Vector;

/** Whether `value` is an Arrow vector of booleans. */
export function isArrowBool(value: unknown): value is Vector {
  const vector = value as { readonly type?: { readonly typeId?: unknown }; readonly data?: unknown } | null;
  return typeof value === "object" && vector?.type?.typeId === ARROW_BOOL && Array.isArray(vector.data);
}

/** The positions where `mask` is set. `INVALID_ARGUMENT` unless the mask is as long as the axis. */
export function normalizeMask(mask: MaskInput, length: number, axis = "axis"): AxisSelection {
  if (mask.length !== length) {
    throw new AtsError(
      "INVALID_ARGUMENT",
      `A mask of ${axis} needs ${length} entries, not ${mask.length}; pass one entry per position of the axis.`,
    );
  }
  return fromBytes(toBytes(mask, axis), 1);
}

/** The positions whose byte is at least `least`. */
export function fromBytes(bytes: Uint8Array, least: number): AxisSelection {
  let count = 0;
  let first = -1;
  let last = -1;
  for (let i = 0; i < bytes.length; i++) {
    if ((bytes[i] as number) < least) continue;
    if (first < 0) first = i;
    last = i;
    count++;
  }
  if (count === 0) return makeRange(0, 1, 0);
  if (count === last - first + 1) return makeRange(first, 1, count);
  const positions = allocatePositions(count, bytes.length);
  let at = 0;
  for (let i = first; i <= last; i++) if ((bytes[i] as number) >= least) positions[at++] = i;
  return compact(positions);
}

function toBytes(mask: MaskInput, axis: string): Uint8Array {
  if (mask instanceof Uint8Array) return mask;
  if (isArrowBool(mask)) return arrowBytes(mask);
  const booleans = mask as readonly boolean[];
  const bytes = new Uint8Array(booleans.length);
  for (let i = 0; i < bytes.length; i++) {
    const value = booleans[i];
    if (typeof value !== "boolean") {
      throw new AtsError("INVALID_ARGUMENT", `The mask of ${axis} has ${String(value)} at ${i}; pass true or false.`);
    }
    bytes[i] = value ? 1 : 0;
  }
  return bytes;
}

/** Unpacks Arrow's bits, least significant first; null counts as false. */
function arrowBytes(vector: Vector): Uint8Array {
  const bytes = new Uint8Array(vector.length);
  let at = 0;
  for (const { values, offset, length, nullCount, nullBitmap } of vector.data) {
    const bits = unpackBits(values as Uint8Array, offset, length);
    if (nullCount > 0) {
      const valid = unpackBits(nullBitmap as Uint8Array, offset, length);
      for (let i = 0; i < length; i++) bits[i] = (bits[i] as number) & (valid[i] as number);
    }
    bytes.set(bits, at);
    at += length;
  }
  return bytes;
}
