/** Every value that an element of an AnnData can have in memory. */
import type { AwkwardArray } from "./awkward.js";
import type { Categorical } from "./categorical.js";
import type { DenseArray } from "./dense.js";
import type { Frame } from "./frame.js";
import type { NullableArray } from "./nullable.js";
import type { RecordArray } from "./record.js";
import type { Scalar } from "./scalar.js";
import type { CscMatrix, CsrMatrix } from "./sparse.js";
import type { StringArray } from "./strings.js";

/** A Python tuple: an array that is written back as a tuple. */
export class Tuple extends Array<Value> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** A dict with string keys: an object without a prototype, so that no key has a meaning of its own. */
export interface Dict {
  [key: string]: Value;
}

/** A new, empty dict. */
export function emptyDict(): Dict {
  return Object.create(null) as Dict;
}

/** Values aligned to an axis or free-standing: matrices, columns, frames. */
export type ArrayValue =
  | DenseArray
  | StringArray
  | Categorical
  | NullableArray
  | RecordArray
  | CsrMatrix
  | CscMatrix
  | AwkwardArray
  | Frame;

/**
 * Anything that `uns` holds. Plain JavaScript stands for plain Python: null, boolean, string, number (an integer is an int, anything
 * else a float), bigint (int), array (list), {@link Tuple}, Set, Uint8Array (bytes), a {@link Dict}, and a
 * Map for a dict whose keys are not all strings.
 */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Uint8Array
  | Scalar
  | ArrayValue
  | Value[]
  | Set<Value>
  | Map<Value, Value>
  | Dict;

/** Whether `value` is one of our array classes (they all carry `kind`), also one of another copy of this package. */
export function isArrayValue(value: unknown): value is ArrayValue {
  if (typeof value !== "object" || value === null || isDict(value)) return false;
  const kind = (value as { kind?: unknown }).kind;
  return typeof kind === "string" && ARRAY_KINDS.has(kind);
}

const ARRAY_KINDS = new Set([
  "dense",
  "strings",
  "categorical",
  "nullable",
  "records",
  "csr",
  "csc",
  "awkward",
  "frame",
]);

/** Whether `value` is a {@link Dict}: a plain object, not an instance of a class. */
export function isDict(value: unknown): value is Dict {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
