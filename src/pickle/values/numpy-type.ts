/** numpy's element types as pickles describe them: a code such as `f8`, then a state with byte order, fields and size. */
import { type DType, itemSize } from "../../dtype.js";
import { DTYPE_OF_CODE } from "../../numpy-codes.js";
import { corrupt, unsupported } from "../failures.js";
import type { PyNode, PyObject } from "../graph.js";
import { PyTuple } from "../graph.js";
import type { Builder } from "./builder.js";
import { fieldsOf, isGlobal, itemsOf, objectOf, shapeOf, sizeOf, textOf } from "./nodes.js";

/** One field of a structured type. */
export interface NumpyField {
  readonly name: string;
  readonly type: NumpyType;
  readonly offset: number;
}

/** An element type. `size` is the bytes of one element in a buffer. */
export type NumpyType =
  | { readonly kind: "number"; readonly dtype: DType; readonly size: number; readonly bigEndian: boolean }
  /** Fixed-width text (`U`, four bytes a character) or bytes (`S`). */
  | { readonly kind: "text" | "bytes"; readonly size: number; readonly bigEndian: boolean }
  /** References to Python objects, or numpy's variable-width strings: the values come as a list. */
  | { readonly kind: "object"; readonly size: number }
  | { readonly kind: "records"; readonly size: number; readonly fields: readonly NumpyField[] }
  /** A fixed small array inside a record. */
  | { readonly kind: "subarray"; readonly size: number; readonly base: NumpyType; readonly shape: readonly number[] };

/** The type of a `numpy.dtype` node; `UNSUPPORTED` for dates, void bytes and 80- or 128-bit floats. */
export function numpyType(node: PyNode | undefined, builder: Builder): NumpyType {
  if (objectOf(node, "numpy.stringdtype") !== undefined) return { kind: "object", size: 8 };
  const dtype = objectOf(node, "numpy.dtype");
  if (dtype === undefined) throw corrupt("the element type of an array is not a numpy.dtype");
  return builder.once("numpy type", dtype, () => typeOf(dtype, builder));
}

function typeOf(dtype: PyObject, builder: Builder): NumpyType {
  const [code] = dtype.args;
  const state = dtype.state === undefined ? undefined : itemsOf(dtype.state, "the state of a numpy.dtype");
  if (state === undefined) return typeof code === "string" ? typeOfCode(code) : listedType(code, builder);
  const [version, order, sub, names, fields, size] = state;
  if (sizeOf(version, "the version of a numpy.dtype") < 2) throw unsupported("an array of a numpy before 1.0");
  if (sub instanceof PyTuple) return subarrayType(sub, sizeOf(size, "the size of an element"), builder);
  if (names instanceof PyTuple) {
    return recordType(names, fields, sizeOf(size, "the size of a record"), builder);
  }
  if (typeof code !== "string") throw unsupported("an array of bare numpy records");
  return typeOfCode(code, textOf(order, "the byte order of a numpy.dtype"));
}

function typeOfCode(code: string, order?: string): NumpyType {
  const match = /^([<>=|]?)([a-zA-Z?])(\d*)$/.exec(code);
  if (match === null) throw unsupported(`numpy elements of type "${code.slice(0, 40)}"`);
  const [, prefix = "", letter = "", digits = ""] = match;
  const bigEndian = (order ?? prefix) === ">";
  const dtype = DTYPE_OF_CODE[letter === "?" ? "b1" : letter + digits];
  if (dtype !== undefined) return { kind: "number", dtype, size: itemSize(dtype), bigEndian };
  const width = Number(digits || 0);
  if (letter === "U") return { kind: "text", size: width * 4, bigEndian };
  if (letter === "S") return { kind: "bytes", size: width, bigEndian };
  if (letter === "O") return { kind: "object", size: 8 };
  const name = letter === "M" ? "datetime64" : letter === "m" ? "timedelta64" : code;
  throw unsupported(`numpy elements of type "${name}"`);
}

/** `numpy.dtype([(name, code), (name, code, shape), …])`: packed fields, as our writer spells them. */
function listedType(node: PyNode | undefined, builder: Builder): NumpyType {
  if (node === undefined || isGlobal(node, "numpy.record")) throw unsupported("an array of bare numpy records");
  const fields: NumpyField[] = [];
  let offset = 0;
  for (const entry of itemsOf(node, "the fields of a numpy.dtype")) {
    const [name, code, shape] = itemsOf(entry, "a field of a numpy.dtype");
    const base = typeOfCode(textOf(code, "the type of a field"));
    const type = shape === undefined ? base : subarrayOf(base, shapeOf(shape));
    fields.push({ name: textOf(name, "the name of a field"), type, offset });
    offset += type.size;
  }
  builder.charge(fields.length * 64);
  return { kind: "records", size: offset, fields };
}

function subarrayOf(base: NumpyType, shape: readonly number[]): NumpyType {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return { kind: "subarray", size: base.size * count, base, shape };
}

function subarrayType(node: PyTuple, size: number, builder: Builder): NumpyType {
  const [base, shape] = node.items;
  const extents = typeof shape === "number" ? [sizeOf(shape, "an extent of an array")] : shapeOf(shape);
  const type = subarrayOf(numpyType(base, builder), extents);
  if (type.size !== size) throw corrupt("the size of an array inside a record contradicts its shape");
  return type;
}

function recordType(names: PyTuple, fields: PyNode | undefined, size: number, builder: Builder): NumpyType {
  const byName = fieldsOf(fields, "the fields of a record");
  builder.charge(names.items.length * 64);
  const list = names.items.map((item): NumpyField => {
    const name = textOf(item, "the name of a field");
    const [type, offset] = itemsOf(byName.get(name), `field "${name}" of a record`);
    return { name, type: numpyType(type, builder), offset: sizeOf(offset, "the offset of a field") };
  });
  for (const field of list) {
    if (field.offset + field.type.size > size) throw corrupt(`field "${field.name}" lies outside its record`);
  }
  return { kind: "records", size, fields: list };
}

/** Whether elements of `type` hold references, so that their values come as a list and not as bytes. */
export function holdsObjects(type: NumpyType): boolean {
  if (type.kind === "subarray") return holdsObjects(type.base);
  return type.kind === "object" || (type.kind === "records" && type.fields.some((field) => holdsObjects(field.type)));
}
