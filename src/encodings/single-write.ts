/** Writes elements that are one value: arrays without dimensions. */
import { allocate, type DType } from "../dtype.js";
import { DenseArray } from "../elements/dense.js";
import { numberToFloat16 } from "../elements/half.js";
import { type Complex, Scalar } from "../elements/scalar.js";
import type { Value } from "../elements/values.js";
import type { Attributes, GroupWriter, NewArray, StoredValue } from "../storage/types.js";
import type { WriteContext } from "./define.js";

/** Writes `value` as the array `name` without dimensions. */
export async function writeSingle(
  group: GroupWriter,
  name: string,
  value: StoredValue,
  attributes: Attributes,
  context: WriteContext,
): Promise<void> {
  const dtype = value.kind === "dense" ? value.dtype : "string";
  const options: NewArray = { dtype, shape: [], attributes };
  const writer = await group.array(name, options);
  await writer.write([], value, context);
}

const INT64_END = 2n ** 63n;

/**
 * The number `value` with the element type that numpy gives it: a bool; an integer int64, or uint64 where it needs that; else a float64; a
 * {@link Scalar} keeps its own. Undefined for an integer of more than 64 bits and for what is no number.
 */
export function numberArray(value: Value): DenseArray | undefined {
  if (value instanceof Scalar) return scalarArray(value.dtype, value.value);
  if (typeof value === "boolean") return scalarArray("bool", value);
  if (typeof value === "number") {
    const integer = Number.isSafeInteger(value) && !Object.is(value, -0);
    return integer ? scalarArray("int64", BigInt(value)) : scalarArray("float64", value);
  }
  if (typeof value !== "bigint") return undefined;
  if (value >= -INT64_END && value < INT64_END) return scalarArray("int64", value);
  return value > 0 && value < 2n * INT64_END ? scalarArray("uint64", value) : undefined;
}

function scalarArray(dtype: DType, value: Scalar["value"]): DenseArray {
  const data = allocate(dtype, 1);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[0] = BigInt(value as number | bigint);
  else if (isComplex(value)) (data as Float64Array).set([value.re, value.im]);
  else data[0] = bitsOf(dtype, data, Number(value));
  return new DenseArray(dtype, [], data as never);
}

function isComplex(value: Scalar["value"]): value is Complex {
  return typeof value === "object";
}

/** The 16-bit floats are kept as bits where the runtime has no array of them. */
function bitsOf(dtype: DType, data: unknown, value: number): number {
  if (dtype === "float16" && data instanceof Uint16Array) return numberToFloat16(value);
  if (dtype === "bfloat16") return new Uint16Array(Float32Array.of(value).buffer)[1] as number;
  return value;
}
