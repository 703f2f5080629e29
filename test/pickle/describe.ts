/** Our values as JSON, exact to the bit: what test/interop/pickle_describe.py makes of the same Python objects. */
import { allocate, type DType, itemSize, lanes } from "../../src/dtype.js";
import { DenseArray } from "../../src/elements/dense.js";
import type { Column, Frame } from "../../src/elements/frame.js";
import type { Scalar } from "../../src/elements/scalar.js";
import { type ArrayValue, isArrayValue, isDict, Tuple, type Value } from "../../src/elements/values.js";

/** A nested JSON array whose first entry names the kind. */
export type Description = readonly unknown[];

function hex(view: ArrayBufferView): string {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString("hex");
}

function halfBits(value: number): number {
  for (let bits = 0; bits < 0x10000; bits++) if (Object.is(halfValue(bits), value)) return bits;
  throw new Error(`${value} is not a half float`);
}

function halfValue(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  const magnitude = exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -magnitude : magnitude;
}

function scalarHex({ dtype, value }: Scalar): string {
  if (typeof value === "object") {
    const pair = dtype === "complex64" ? Float32Array.of(value.re, value.im) : Float64Array.of(value.re, value.im);
    return hex(pair);
  }
  if (dtype === "float16") return hex(Uint16Array.of(halfBits(Number(value))));
  const cell = allocate(dtype, 1);
  if (cell instanceof BigInt64Array || cell instanceof BigUint64Array) cell[0] = BigInt(value);
  else cell[0] = Number(value);
  return hex(cell);
}

function describeNumber(value: number): Description {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return ["int", String(value)];
  if (Number.isInteger(value)) return ["scalar", "float64", hex(Float64Array.of(value))];
  return ["float", Number.isNaN(value) ? "nan" : hex(Float64Array.of(value))];
}

/** What pandas hides behind a mask has no meaning: it is described as 0. */
function visible({ dtype, data }: DenseArray, mask: Uint8Array): string {
  const copy = data.slice();
  mask.forEach((missing, i) => {
    if (missing) copy[i] = typeof copy[i] === "bigint" ? (0n as never) : (0 as never);
  });
  return hex(new DenseArray(dtype, [mask.length], copy).data);
}

function describeFrame(frame: Frame): Description {
  const columns = [...frame.columns].map(([name, column]) => [name, describeColumn(column)]);
  return ["frame", frame.indexName, describeColumn(frame.index), columns];
}

function describeColumn(column: Column): Description {
  if (column.kind === "arrow") throw new Error("Arrow columns are not pickled");
  return describeArray(column);
}

function describeArray(value: ArrayValue): Description {
  switch (value.kind) {
    case "dense":
      return ["array", value.dtype, value.shape, hex(value.data)];
    case "strings":
      return ["strings", value.shape, value.values];
    case "categorical":
      return ["categorical", [...value.codes], describeArray(value.categories), value.ordered];
    case "nullable":
      return ["nullable", value.values.dtype, visible(value.values, value.mask), [...value.mask]];
    case "records":
      return ["records", value.length, [...value.fields].map(([name, field]) => [name, describeArray(field)])];
    case "frame":
      return describeFrame(value);
    case "awkward":
      throw new Error("no pickle holds an awkward array");
    default: {
      const data = describeVector(value.dtype, value.data);
      return [value.kind, value.shape, data, [...value.indices].map(Number), [...value.indptr].map(Number)];
    }
  }
}

function describeVector(dtype: DType, data: ArrayBufferView): Description {
  return ["array", dtype, [(data.byteLength / itemSize(dtype)) * (lanes(dtype) / lanes(dtype))], hex(data)];
}

function describeObject(value: Extract<Value, object>): Description {
  if (value instanceof Uint8Array) return ["bytes", hex(value)];
  if (!isDict(value) && "kind" in value && value.kind === "scalar") return ["scalar", value.dtype, scalarHex(value)];
  if (isArrayValue(value)) return describeArray(value);
  if (value instanceof Tuple) return ["tuple", [...value].map(describe)];
  if (Array.isArray(value)) return ["list", value.map(describe)];
  if (value instanceof Set) return ["set", [...value].map(describe)];
  if (value instanceof Map) return ["map", [...value].map(([key, item]) => [describe(key), describe(item)])];
  return ["dict", Object.entries(value).map(([key, item]) => [key, describe(item as Value)])];
}

/** The description of any value. */
export function describe(value: Value): Description {
  if (value === null) return ["none"];
  if (typeof value === "object") return describeObject(value);
  if (typeof value === "boolean") return ["bool", value];
  if (typeof value === "string") return ["str", value];
  return typeof value === "bigint" ? ["int", String(value)] : describeNumber(value);
}

/** A description in which the members of sets and dicts, whose order says nothing, stand in one order. */
export function canonical(description: unknown): unknown {
  if (!Array.isArray(description)) return description;
  const parts = description.map(canonical);
  const unordered = ["set", "dict", "map"].includes(parts[0] as string) && Array.isArray(parts[1]);
  if (unordered) (parts[1] as unknown[]).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return parts;
}
