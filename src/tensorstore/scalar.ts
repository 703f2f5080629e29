/** Single values to write, as arrays of one value. */
import { type DType, dtypeKind, type TypedArray } from "../dtype.js";
import { AtsError } from "../errors.js";

/** A number, bigint or boolean that is written to every element. */
export type Scalar = number | bigint | boolean;

/** Whether `value` is a {@link Scalar}. */
export function isScalar(value: unknown): value is Scalar {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}

/** A typed array of one value, and the element type that it has. */
export interface ScalarArray {
  readonly array: TypedArray;
  readonly dtype: DType;
}

/**
 * `value` for a store of `dtype`. Floats narrower than 64 bits and complex numbers come as float64: TensorStore converts.
 * @throws AtsError INVALID_ARGUMENT where an integer or boolean store cannot hold the value
 */
export function scalarArray(value: Scalar, dtype: DType): ScalarArray {
  const kind = dtypeKind(dtype);
  if (kind === "float" || kind === "complex") return { array: Float64Array.of(Number(value)), dtype: "float64" };
  const array = integerArray(value, dtype);
  if (array === undefined || BigInt(array[0] as number | bigint) !== BigInt(value)) {
    throw new AtsError("INVALID_ARGUMENT", `${value} is not a value of type ${dtype}.`);
  }
  return { array, dtype };
}

function integerArray(value: Scalar, dtype: DType): TypedArray | undefined {
  if (typeof value === "number" && !Number.isInteger(value)) return undefined;
  if (dtype === "int64") return BigInt64Array.of(BigInt(value));
  if (dtype === "uint64") return BigUint64Array.of(BigInt(value));
  if (dtype === "bool") return BigInt(value) > 1n ? undefined : Uint8Array.of(Number(value));
  return INTEGERS[dtype]?.of(Number(value));
}

const INTEGERS: { readonly [D in DType]?: { of(value: number): TypedArray } } = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
};
