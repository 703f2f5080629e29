/** Element types: their names (TensorStore's and numpy's), their widths and the typed arrays that hold them. */
import { Buffer, constants } from "node:buffer";
import { AtsError } from "./errors.js";

/** `Float16Array` where the runtime has one (Node >= 24), else the raw bits in a `Uint16Array`. */
export type Float16Data = Uint16Array;

/** The typed array that holds the values of each element type. Complex numbers are interleaved (re, im) pairs. */
export interface DTypeData {
  bool: Uint8Array;
  int8: Int8Array;
  uint8: Uint8Array;
  int16: Int16Array;
  uint16: Uint16Array;
  int32: Int32Array;
  uint32: Uint32Array;
  int64: BigInt64Array;
  uint64: BigUint64Array;
  float16: Float16Data;
  bfloat16: Uint16Array;
  float32: Float32Array;
  float64: Float64Array;
  complex64: Float32Array;
  complex128: Float64Array;
}

/** The name of a numeric element type. */
export type DType = keyof DTypeData;

/** Any typed array that carries matrix values. */
export type TypedArray = DTypeData[DType];

/** The typed array of an element type: `ArrayFor<"float32">` is `Float32Array`. */
export type ArrayFor<D extends DType> = DTypeData[D];

interface ArrayConstructor<A> {
  new (length: number): A;
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): A;
  readonly BYTES_PER_ELEMENT: number;
}

interface DTypeFacts {
  /** Bytes of one value. */
  readonly itemSize: number;
  /** Typed array elements of one value: 2 for complex numbers. */
  readonly lanes: 1 | 2;
  readonly array: ArrayConstructor<TypedArray>;
  readonly kind: "bool" | "int" | "uint" | "float" | "complex";
}

const Float16 = ((globalThis as Record<string, unknown>)["Float16Array"] ??
  Uint16Array) as ArrayConstructor<Uint16Array>;

const FACTS: Readonly<Record<DType, DTypeFacts>> = {
  bool: { itemSize: 1, lanes: 1, array: Uint8Array, kind: "bool" },
  int8: { itemSize: 1, lanes: 1, array: Int8Array, kind: "int" },
  uint8: { itemSize: 1, lanes: 1, array: Uint8Array, kind: "uint" },
  int16: { itemSize: 2, lanes: 1, array: Int16Array, kind: "int" },
  uint16: { itemSize: 2, lanes: 1, array: Uint16Array, kind: "uint" },
  int32: { itemSize: 4, lanes: 1, array: Int32Array, kind: "int" },
  uint32: { itemSize: 4, lanes: 1, array: Uint32Array, kind: "uint" },
  int64: { itemSize: 8, lanes: 1, array: BigInt64Array, kind: "int" },
  uint64: { itemSize: 8, lanes: 1, array: BigUint64Array, kind: "uint" },
  float16: { itemSize: 2, lanes: 1, array: Float16, kind: "float" },
  bfloat16: { itemSize: 2, lanes: 1, array: Uint16Array, kind: "float" },
  float32: { itemSize: 4, lanes: 1, array: Float32Array, kind: "float" },
  float64: { itemSize: 8, lanes: 1, array: Float64Array, kind: "float" },
  complex64: { itemSize: 8, lanes: 2, array: Float32Array, kind: "complex" },
  complex128: { itemSize: 16, lanes: 2, array: Float64Array, kind: "complex" },
};

/** Every numeric element type, narrowest kinds first. */
export const DTYPES = Object.keys(FACTS) as readonly DType[];

/** Whether `name` is the name of a numeric element type. */
export function isDType(name: string): name is DType {
  return Object.hasOwn(FACTS, name);
}

/** Bytes of one value of `dtype`. */
export function itemSize(dtype: DType): number {
  return FACTS[dtype].itemSize;
}

/** Typed array elements per value: 2 for complex numbers, else 1. */
export function lanes(dtype: DType): 1 | 2 {
  return FACTS[dtype].lanes;
}

/** The family of `dtype`. */
export function dtypeKind(dtype: DType): DTypeFacts["kind"] {
  return FACTS[dtype].kind;
}

/** A zeroed typed array for `length` values of `dtype`; `LIMIT_EXCEEDED` where the runtime cannot hold so many. */
export function allocate<D extends DType>(dtype: D, length: number): ArrayFor<D> {
  const facts = FACTS[dtype];
  try {
    return new facts.array(length * facts.lanes) as ArrayFor<D>;
  } catch (cause) {
    throw tooLong(dtype, length, cause);
  }
}

/** Below this, zeros cost nothing beside the call. */
const LEAST_UNSET_BYTES = 2 ** 16;

/**
 * As {@link allocate}, but what is in it is anything: for results that a reader writes whole before anybody else sees them. Zeros for memory that the
 * process has used before cost as much as copying the result.
 */
export function allocateUnset<D extends DType>(dtype: D, length: number): ArrayFor<D> {
  const bytes = length * itemSize(dtype);
  if (bytes < LEAST_UNSET_BYTES || bytes > constants.MAX_LENGTH) return allocate(dtype, length);
  try {
    // A buffer that is not of Node's pool: its ArrayBuffer is all its own.
    return viewAs(dtype, Buffer.allocUnsafeSlow(bytes).buffer, 0, length);
  } catch (cause) {
    throw tooLong(dtype, length, cause);
  }
}

function tooLong(dtype: DType, length: number, cause: unknown): AtsError {
  return new AtsError(
    "LIMIT_EXCEEDED",
    `${length} values of ${dtype} do not fit in one typed array; select fewer rows or columns, or read in batches.`,
    { cause },
  );
}

/** A typed array of `dtype` over existing bytes, without a copy; `length` counts values. */
export function viewAs<D extends DType>(
  dtype: D,
  buffer: ArrayBufferLike,
  byteOffset: number,
  length: number,
): ArrayFor<D> {
  const facts = FACTS[dtype];
  return new facts.array(buffer, byteOffset, length * facts.lanes) as ArrayFor<D>;
}

const BY_TAG: Readonly<Record<string, DType>> = {
  Int8Array: "int8",
  Uint8Array: "uint8",
  Uint8ClampedArray: "uint8",
  Int16Array: "int16",
  Uint16Array: "uint16",
  Int32Array: "int32",
  Uint32Array: "uint32",
  BigInt64Array: "int64",
  BigUint64Array: "uint64",
  Float16Array: "float16",
  Float32Array: "float32",
  Float64Array: "float64",
};

/** The element type that a typed array holds by itself (a `Uint8Array` is uint8, never bool); `INVALID_ARGUMENT` for another object. */
export function dtypeOf(array: ArrayBufferView): DType {
  const dtype = BY_TAG[(array as { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag] ?? ""];
  if (dtype === undefined)
    throw new AtsError(
      "INVALID_ARGUMENT",
      "A typed array is needed here; pass a Float32Array, Int32Array or another numeric typed array.",
    );
  return dtype;
}
