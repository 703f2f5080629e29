/** Which encoding anndata gives to each kind of value. */
import { Scalar } from "./scalar.js";
import { type ArrayValue, isArrayValue, Tuple, type Value } from "./values.js";

const ARRAYS: { readonly [K in ArrayValue["kind"]]: (value: Extract<ArrayValue, { kind: K }>) => string } = {
  dense: () => "array",
  strings: (value) => (value.na !== null || value.hasMissing ? "nullable-string-array" : "string-array"),
  categorical: () => "categorical",
  nullable: ({ values }) => (values.dtype === "bool" ? "nullable-boolean" : "nullable-integer"),
  records: () => "rec-array",
  csr: () => "csr_matrix",
  csc: () => "csc_matrix",
  awkward: () => "awkward-array",
  frame: () => "dataframe",
};

/** Values that are no arrays, from the first that applies. `list`, `tuple`, `set` and `map` are no encodings: those have to become something else. */
const OTHERS: readonly (readonly [(value: Value) => boolean, string])[] = [
  [(value) => value === null, "null"],
  [(value) => typeof value === "string", "string"],
  [(value) => typeof value !== "object" || value instanceof Scalar, "numeric-scalar"],
  [(value) => value instanceof Uint8Array, "bytes"],
  [(value) => value instanceof Tuple, "tuple"],
  [(value) => Array.isArray(value), "list"],
  [(value) => value instanceof Set, "set"],
  [(value) => value instanceof Map, "map"],
];

/** The encoding type of `value`; `dict` for what is nothing else. */
export function encodingOf(value: Value): string {
  if (isArrayValue(value)) return ARRAYS[value.kind](value as never);
  return OTHERS.find(([applies]) => applies(value))?.[1] ?? "dict";
}
