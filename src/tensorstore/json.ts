/** JSON as TensorStore reads it. */
import { AtsError } from "../errors.js";

/** What specs and schemas are written in; 64-bit integers may be bigints. */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * JSON text of `value`. Bigints become integers, NaN and the infinities the strings that TensorStore knows, typed arrays
 * become arrays, and undefined members are left out.
 * @throws AtsError INVALID_ARGUMENT for a value that contains itself, or is nested too deeply
 */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value, replace).replace(BIGINT_STRING, "$1");
  } catch (cause) {
    throw new AtsError("INVALID_ARGUMENT", "This value cannot be written as JSON.", { cause });
  }
}

// A bigint travels through JSON.stringify as a marked string; no spec has a NUL in a string.
const BIGINT_STRING = /"\\u0000bigint:(-?\d+)"/g;

function replace(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return `\u0000bigint:${value}`;
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number | bigint>);
  return value;
}
