/** Arrays of Python objects: strings with or without missing values; in tables also numbers and booleans. */
import { allocate, type DType, dtypeKind, type TypedArray } from "../../dtype.js";
import { DenseArray } from "../../elements/dense.js";
import { numberToFloat16 } from "../../elements/half.js";
import { NullableArray } from "../../elements/nullable.js";
import { Scalar } from "../../elements/scalar.js";
import { StringArray } from "../../elements/strings.js";
import { unsupported } from "../failures.js";
import type { PyNode } from "../graph.js";
import type { Builder } from "./builder.js";
import { isGlobal, objectOf } from "./nodes.js";

/** Whether `node` stands for a missing value: None, NaN or pandas' NA. */
function isMissing(node: PyNode): boolean {
  return node === null || (typeof node === "number" && Number.isNaN(node)) || isGlobal(node, "pandas.NA");
}

/** The string, or null where it is missing; undefined for any other object. */
function stringOf(node: PyNode, builder: Builder): string | null | undefined {
  if (isMissing(node)) return null;
  const value = objectOf(node, "numpy.scalar") === undefined ? node : builder.value(node);
  return typeof value === "string" ? value : undefined;
}

/** The strings that `items` are, or undefined where one is something else. */
export function stringsOf(items: readonly PyNode[], builder: Builder): (string | null)[] | undefined {
  const strings = new Array<string | null>(items.length);
  for (let i = 0; i < items.length; i++) {
    const text = stringOf(items[i] as PyNode, builder);
    if (text === undefined) return undefined;
    builder.charge(8 + (text?.length ?? 0));
    strings[i] = text;
  }
  return strings;
}

/** A one-dimensional column of objects: strings, or integers, booleans or floats with missing values. */
export function objectColumn(items: readonly PyNode[], builder: Builder): StringArray | NullableArray | DenseArray {
  const strings = stringsOf(items, builder);
  if (strings !== undefined) return new StringArray(strings);
  const dtype = commonType(items);
  if (dtype === undefined) throw unsupported("a table column of mixed Python objects");
  builder.charge(items.length * 9);
  const data = allocate(dtype, items.length);
  const mask = new Uint8Array(items.length);
  items.forEach((node, i) => {
    if (isMissing(node)) {
      mask[i] = 1;
      if (dtype === "float64") data[i] = Number.NaN;
    } else setNumber(dtype, data, i, node);
  });
  const values = new DenseArray(dtype, [items.length], data);
  return dtype === "float64" ? values : new NullableArray(values, mask);
}

function commonType(items: readonly PyNode[]): DType | undefined {
  const types = new Set<DType | undefined>();
  for (const node of items) if (!isMissing(node)) types.add(pythonType(node));
  const [type] = types;
  return types.size === 1 ? type : undefined;
}

function pythonType(node: PyNode): DType | undefined {
  if (typeof node === "boolean") return "bool";
  if (typeof node === "number") return Number.isInteger(node) ? "int64" : "float64";
  if (typeof node === "bigint") return BigInt.asIntN(64, node) === node ? "int64" : undefined;
  return node instanceof Scalar && node.dtype === "float64" ? "float64" : undefined;
}

/** Stores a Python number as value `i` of an array of `dtype`; false where the node is none of that type. */
export function setNumber(dtype: DType, data: TypedArray, i: number, node: PyNode): boolean {
  const value = node instanceof Scalar ? node.value : node;
  if (typeof value === "object" && value !== null && "re" in value) {
    if (dtypeKind(dtype) !== "complex") return false;
    data[i * 2] = value.re;
    data[i * 2 + 1] = value.im;
    return true;
  }
  if (typeof value !== "number" && typeof value !== "bigint" && typeof value !== "boolean") return false;
  if (dtypeKind(dtype) === "complex") return false;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    if (typeof value === "number" && !Number.isInteger(value)) return false;
    data[i] = BigInt(value);
  } else if (dtype === "float16" && data instanceof Uint16Array) data[i] = numberToFloat16(Number(value));
  else data[i] = Number(value);
  return true;
}
