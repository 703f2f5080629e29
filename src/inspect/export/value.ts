/** Any value of an AnnData as JSON-like plain values. */

import { DenseArray } from "../../elements/dense.js";
import type { Column, Frame } from "../../elements/frame.js";
import type { RecordArray } from "../../elements/record.js";
import type { Scalar } from "../../elements/scalar.js";
import type { StringArray } from "../../elements/strings.js";
import { isArrayValue, type Value } from "../../elements/values.js";
import { cells, plainFrame } from "./frame.js";

/** `value` as objects, arrays, strings and numbers. Arrays of several dimensions nest; bytes become hexadecimal digits. */
export function plainValue(value: Value): unknown {
  if (value === null || typeof value !== "object") return value;
  if (isArrayValue(value)) return plainArray(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if ((value as Partial<Scalar>).kind === "scalar" && "dtype" in value) return (value as Scalar).value;
  if (value instanceof Set) return [...value].map(plainValue);
  if (value instanceof Map) return [...value].map(([key, member]) => [plainValue(key), plainValue(member)]);
  if (Array.isArray(value)) return Array.from(value, plainValue);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainValue(member)]));
}

function plainArray(value: Extract<Value, { kind: string }>): unknown {
  switch (value.kind) {
    case "frame":
      return plainFrame(value as Frame);
    case "csr":
    case "csc":
      return { format: value.kind, shape: value.shape, data: value.data, indices: value.indices, indptr: value.indptr };
    case "records":
      return Object.fromEntries([...(value as RecordArray).fields].map(([name, field]) => [name, nest(field)]));
    case "dense":
    case "strings":
      return nest(value as DenseArray | StringArray);
    default:
      return cells(value as Column);
  }
}

function nest(array: DenseArray | StringArray): unknown {
  const flat =
    array.kind === "dense"
      ? cells(new DenseArray(array.dtype, [array.shape.reduce((p, n) => p * n, 1)], array.data))
      : array.values;
  if (array.shape.length === 0) return flat[0];
  const level = (depth: number, offset: number): unknown => {
    const extent = array.shape[depth] as number;
    const stride = array.shape.slice(depth + 1).reduce((p, n) => p * n, 1);
    if (depth === array.shape.length - 1) return flat.slice(offset, offset + extent);
    return Array.from({ length: extent }, (_, i) => level(depth + 1, offset + i * stride));
  };
  return level(0, 0);
}
