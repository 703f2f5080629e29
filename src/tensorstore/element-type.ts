/** Which values a store holds, and what reading it gives. */
import { type DType, dtypeOf, type TypedArray } from "../dtype.js";
import type { DenseArray } from "../elements/dense.js";
import type { StringArray } from "../elements/strings.js";
import { AtsError } from "../errors.js";

/** The name of an element type that this binding reads: a number, a string (of bytes or of Unicode) or a JSON value. */
export type ElementType = DType | "string" | "ustring" | "json";

/** An n-dimensional array of JSON values in C order. */
export interface JsonArray {
  readonly kind: "json";
  readonly shape: readonly number[];
  readonly values: readonly unknown[];
}

/** What `read` gives for an element type: `ReadResult<"float32">` holds a Float32Array. */
export type ReadResult<E extends ElementType> = E extends DType
  ? DenseArray<E>
  : E extends "json"
    ? JsonArray
    : StringArray;

/** A typed array as the native layer takes it, and the element type that its bytes have. */
export interface NativeBytes {
  readonly bytes: ArrayBufferView;
  readonly dtype: DType | "byte";
}

/**
 * The bytes of `array` and how to read them: as `storeType` where that is one of the types the array may stand for (a
 * Uint8Array is bool for a bool store, a Float32Array complex64 for a complex64 store), else by the array's own type, and
 * TensorStore converts.
 * @throws AtsError INVALID_ARGUMENT for anything else than a typed array, or one over a resizable buffer
 */
export function nativeBytes(array: ArrayBufferView, storeType: string): NativeBytes {
  const own = dtypeOf(array);
  const { buffer } = array as { readonly buffer: ArrayBufferLike & { resizable?: boolean; growable?: boolean } };
  if (buffer.resizable === true || buffer.growable === true) {
    throw new AtsError(
      "INVALID_ARGUMENT",
      "A resizable buffer may shrink while it is in use; pass one of a fixed length.",
    );
  }
  const dtype = standsFor(own, storeType) ? storeType : own;
  return { bytes: own === "float16" ? bitsOf(array) : array, dtype };
}

function standsFor(own: DType, storeType: string): storeType is DType | "byte" {
  return own === storeType || (Object.hasOwn(ALIASES, storeType) && ALIASES[storeType] === own);
}

/** `byte` is what TensorStore calls bytes that are no numbers, such as a text field of records. */
const ALIASES: Readonly<Record<string, DType>> = {
  byte: "uint8",
  bool: "uint8",
  float16: "uint16",
  bfloat16: "uint16",
  complex64: "float32",
  complex128: "float64",
};

// N-API of older runtimes does not know Float16Array.
function bitsOf(array: ArrayBufferView): Uint16Array {
  return new Uint16Array(array.buffer, array.byteOffset, array.byteLength / 2);
}

/** Whether `value` is a typed array of numbers. */
export function isTypedArray(value: unknown): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}
