/** What can be written to a store. */
import { type ArrayFor, type DType, isDType } from "../dtype.js";
import { AtsError } from "../errors.js";
import type { NativeTensorStore, NativeWrite } from "../native/addon.js";
import { type ElementType, isTypedArray, type JsonArray, nativeBytes } from "./element-type.js";
import { isScalar, type Scalar, scalarArray } from "./scalar.js";

/** A typed array with a shape, in C order; `DenseArray` is one. */
export interface DenseSource<D extends DType = DType> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: ArrayFor<D>;
}

/** Strings or JSON values with a shape, in C order; `StringArray` is one. */
export interface ValuesSource {
  readonly shape: readonly number[];
  readonly values: readonly unknown[];
}

/** What `write` takes for a store of `E`. */
export type WriteSource<E extends ElementType> = E extends DType
  ? Scalar | ArrayFor<E> | DenseSource | ArrayBufferView
  : E extends "json"
    ? unknown
    : string | readonly string[] | ValuesSource | JsonArray;

interface Target {
  readonly handle: NativeTensorStore;
  readonly dtype: string;
  readonly shape: readonly number[];
}

/**
 * Starts to write `source`.
 * @throws AtsError INVALID_ARGUMENT where it does not fit the store
 */
export function startWrite(target: Target, source: unknown, immutable: boolean): NativeWrite {
  if (TEXT_TYPES.has(target.dtype)) return writeValues(target, source);
  if (isScalar(source) && isDType(target.dtype)) return writeScalar(target.handle, target.dtype, source);
  if (isTypedArray(source)) return writeArray(target, source, target.dtype, target.shape, immutable);
  const { data, dtype, shape } = (source ?? {}) as Partial<DenseSource>;
  if (!isTypedArray(data) || dtype === undefined || shape === undefined) {
    throw new AtsError("INVALID_ARGUMENT", "Write a number, a typed array, or an object with dtype, shape and data.");
  }
  return writeArray(target, data, dtype, shape, immutable);
}

const TEXT_TYPES: ReadonlySet<string> = new Set(["string", "ustring", "json"]);

function writeArray(
  target: Target,
  data: ArrayBufferView,
  dtype: string,
  shape: readonly number[],
  immutable: boolean,
): NativeWrite {
  const source = nativeBytes(data, dtype);
  return target.handle.write(source.bytes, source.dtype, shape, "C", immutable);
}

function writeScalar(handle: NativeTensorStore, dtype: DType, value: Scalar): NativeWrite {
  const source = scalarArray(value, dtype);
  // Through a cast, because TensorStore narrows floats only when it is told to.
  const target = source.dtype === dtype ? handle : handle.cast(source.dtype);
  return target.write(source.array, source.dtype, [], "C", true);
}

function writeValues(target: Target, source: unknown): NativeWrite {
  const { values, shape } = valuesOf(target, source);
  const texts = target.dtype === "json" ? values.map((value) => JSON.stringify(value) ?? "null") : values.map(asString);
  return target.handle.writeValues(texts, target.dtype, shape);
}

function valuesOf(target: Target, source: unknown): ValuesSource {
  if (isValuesSource(source)) return source;
  if (Array.isArray(source) && target.dtype !== "json") return { values: source, shape: target.shape };
  return { values: [source], shape: [] };
}

function isValuesSource(source: unknown): source is ValuesSource {
  const { kind, values, shape } = (source ?? {}) as { kind?: unknown; values?: unknown; shape?: unknown };
  return (kind === "json" || kind === "strings") && Array.isArray(values) && Array.isArray(shape);
}

function asString(value: unknown): string {
  if (typeof value === "string") return value;
  throw new AtsError(
    "INVALID_ARGUMENT",
    `A store of strings takes strings, not ${value === null ? "null" : typeof value}.`,
  );
}
