/** numpy scalars: `multiarray.scalar(dtype, bytes)`, and the calls such as `numpy.float32(1.5)` that our writer makes. */
import type { DType } from "../../dtype.js";
import { float16Value } from "../../elements/half.js";
import { type Complex, Scalar } from "../../elements/scalar.js";
import type { Value } from "../../elements/values.js";
import { corrupt, unsupported } from "../failures.js";
import type { GlobalId } from "../globals.js";
import { PyBytes, type PyObject } from "../graph.js";
import type { Builder } from "./builder.js";
import { bytesOf } from "./nodes.js";
import { decodeStrings } from "./numpy-bytes.js";
import { type NumpyType, numpyType } from "./numpy-type.js";

type Read = (view: DataView, little: boolean) => number | bigint | boolean | Complex;

const READERS: { readonly [D in DType]?: Read } = {
  bool: (view) => view.getUint8(0) !== 0,
  int8: (view) => view.getInt8(0),
  uint8: (view) => view.getUint8(0),
  int16: (view, little) => view.getInt16(0, little),
  uint16: (view, little) => view.getUint16(0, little),
  int32: (view, little) => view.getInt32(0, little),
  uint32: (view, little) => view.getUint32(0, little),
  int64: (view, little) => view.getBigInt64(0, little),
  uint64: (view, little) => view.getBigUint64(0, little),
  float16: (view, little) => float16Value(view.getUint16(0, little)),
  float32: (view, little) => view.getFloat32(0, little),
  float64: (view, little) => view.getFloat64(0, little),
  complex64: (view, little) => ({ re: view.getFloat32(0, little), im: view.getFloat32(4, little) }),
  complex128: (view, little) => ({ re: view.getFloat64(0, little), im: view.getFloat64(8, little) }),
};

/** The value of `multiarray.scalar(dtype, content)`. */
export function buildScalar({ args }: PyObject, builder: Builder): Value {
  const type = numpyType(args[0], builder);
  if (type.kind === "object") return builder.value(args[1] ?? null);
  if (type.kind === "records" || type.kind === "subarray") throw unsupported("a single numpy record");
  const bytes = bytesOf(args[1], "the content of a numpy scalar");
  if (bytes.length !== type.size) throw corrupt(`a numpy scalar of ${type.size} bytes has ${bytes.length}`);
  builder.charge(bytes.length);
  if (type.kind === "number") return numberScalar(type, bytes);
  return type.kind === "text" ? (decodeStrings(type, bytes, 1)[0] as string) : bytes.slice();
}

function numberScalar(type: NumpyType & { kind: "number" }, bytes: Uint8Array): Scalar {
  const read = READERS[type.dtype];
  if (read === undefined) throw unsupported(`a numpy scalar of type ${type.dtype}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return new Scalar(type.dtype, read(view, !type.bigEndian));
}

/** The element types whose class can be called with one number, by the name of the class. */
export const CALLABLE_SCALARS = {
  "numpy.bool": "bool",
  "numpy.int8": "int8",
  "numpy.int16": "int16",
  "numpy.int32": "int32",
  "numpy.int64": "int64",
  "numpy.uint8": "uint8",
  "numpy.uint16": "uint16",
  "numpy.uint32": "uint32",
  "numpy.uint64": "uint64",
  "numpy.float16": "float16",
  "numpy.float32": "float32",
  "numpy.float64": "float64",
  "numpy.complex64": "complex64",
  "numpy.complex128": "complex128",
} as const satisfies { readonly [Id in GlobalId]?: DType };

/** The value of `numpy.float32(1.5)` and its like. */
export function buildCalledScalar({ callable, args }: PyObject): Scalar {
  const dtype = CALLABLE_SCALARS[callable.id as keyof typeof CALLABLE_SCALARS];
  const [node] = args;
  const value = node instanceof Scalar ? node.value : node;
  if (args.length !== 1 || value instanceof PyBytes || typeof value === "string" || value === null) {
    throw corrupt(`"${callable.name}" is not called with a number`);
  }
  if (dtype === "complex64" || dtype === "complex128") return new Scalar(dtype, complexOf(value));
  if (typeof value === "boolean" && dtype === "bool") return new Scalar(dtype, value);
  if (typeof value !== "number" && typeof value !== "bigint")
    throw corrupt(`"${callable.name}" is not called with a number`);
  if (dtype === "int64" || dtype === "uint64") return new Scalar(dtype, integerOf(value));
  return new Scalar(dtype, dtype === "float32" ? Math.fround(Number(value)) : Number(value));
}

function integerOf(value: number | bigint): bigint {
  if (typeof value === "number" && !Number.isInteger(value)) throw corrupt("a numpy integer is not an integer");
  return BigInt(value);
}

function complexOf(value: unknown): Complex {
  if (typeof value === "object" && value !== null && "re" in value && "im" in value) return value as Complex;
  throw corrupt("a numpy complex number is not made of a complex number");
}
