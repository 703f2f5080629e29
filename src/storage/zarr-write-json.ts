/** JSON as Python writes it: integers of any width exact, NaN and infinities as words, floats that stay floats. */
import type { AttributeValue } from "./types.js";

/** A number in the spelling that it is to have, such as `0.0`. */
export class Spelled {
  constructor(readonly text: string) {}
}

/** What {@link zarrJson} writes; undefined members are left out. */
export type JsonTree =
  | AttributeValue
  | Spelled
  | readonly JsonTree[]
  | { readonly [key: string]: JsonTree | undefined };

/**
 * The JSON text of `value`. Integers beyond 2^53 come as bigints and keep their digits; NaN, Infinity and -Infinity are written as Python's
 * json module does, which anndata and zarr-python read.
 */
export function zarrJson(value: JsonTree): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0.0" : String(value);
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Spelled) return value.text;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(zarrJson).join(",")}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${zarrJson(member as JsonTree)}`).join(",")}}`;
}
