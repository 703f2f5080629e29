/** Elements that are one value. */
import { lanes } from "../dtype.js";
import { DenseArray } from "../elements/dense.js";
import { halfToNumber } from "../elements/half.js";
import type { ElementInfo, LazyValue } from "../elements/lazy.js";
import { Scalar } from "../elements/scalar.js";
import { StringArray } from "../elements/strings.js";
import type { Value } from "../elements/values.js";
import type { ArrayNode, ReadOptions } from "../storage/types.js";
import { corrupt } from "./member.js";

/** A value that `read` gives; selections do not apply to it. */
export function singleValue(
  info: ElementInfo,
  node: ArrayNode,
  read: (options?: ReadOptions) => Promise<Value>,
): LazyValue {
  return {
    kind: "lazy-value",
    info,
    read: (_selection, options) => read(options),
    storedBytes: async (options) => node.storedBytes?.(options),
  };
}

/** The only string of `node`; `CORRUPT` where it holds something else. */
export async function readText(node: ArrayNode, options?: ReadOptions): Promise<string> {
  const value = await node.read([], options);
  const text = value instanceof StringArray && value.values.length === 1 ? value.values[0] : undefined;
  if (typeof text !== "string") throw corrupt(node.path, "should hold one string");
  return text;
}

/** The only number of `node`; `CORRUPT` where it holds something else. */
export async function readNumber(node: ArrayNode, options?: ReadOptions): Promise<Value> {
  const value = await node.read([], options);
  if (!(value instanceof DenseArray) || value.data.length !== lanes(value.dtype)) {
    throw corrupt(node.path, "should hold one number");
  }
  return scalarOf(value);
}

/**
 * The one number of `array` as plain JavaScript where that keeps its type: bool, int64 (an integer, bigint beyond 2^53), float64 unless
 * it has no fraction. Else a {@link Scalar}.
 */
function scalarOf(array: DenseArray): Value {
  const { dtype, data } = array;
  const first = data[0] as number | bigint;
  switch (dtype) {
    case "bool":
      return first !== 0;
    case "int64":
      return Number.isSafeInteger(Number(first)) ? Number(first) : first;
    case "float64":
      return Number.isInteger(first) ? new Scalar(dtype, first) : first;
    case "float16":
    case "bfloat16":
      return new Scalar(dtype, halfToNumber(dtype, data as ArrayLike<number>)[0] as number);
    case "complex64":
    case "complex128":
      return new Scalar(dtype, { re: Number(first), im: Number(data[1]) });
    default:
      return new Scalar(dtype, first);
  }
}
