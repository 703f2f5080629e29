/** numpy arrays: `_reconstruct` and a state, `_frombuffer`, and the same for records. */
import { DenseArray } from "../../elements/dense.js";
import type { RecordArray } from "../../elements/record.js";
import { StringArray } from "../../elements/strings.js";
import { corrupt, tooLarge, unsupported } from "../failures.js";
import type { PyNode, PyObject } from "../graph.js";
import type { Builder } from "./builder.js";
import { copyRowMajor, isRowMajor, type Layout, plainLayout } from "./layout.js";
import { bytesOf, itemsOf, shapeOf, sizeOf } from "./nodes.js";
import { decodeNumbers, decodeStrings } from "./numpy-bytes.js";
import { stringsOf } from "./numpy-objects.js";
import { buildRecords } from "./numpy-records.js";
import { type NumpyType, numpyType } from "./numpy-type.js";

/** The parts of a pickled array before its values are made. */
export interface RawArray {
  readonly type: NumpyType;
  readonly layout: Layout;
  /** Bytes, or a list where the elements are objects. */
  readonly content: PyNode;
}

/** The number of elements of a shape, which no pickle makes larger than memory. */
function countOf(shape: readonly number[]): number {
  const count = shape.reduce((product, extent) => product * extent, 1);
  if (!Number.isSafeInteger(count)) throw tooLarge(`an array of shape (${shape.join(", ")})`);
  return count;
}

/** The parts of `numpy.ndarray` with a state, or of `_frombuffer`. */
export function rawArray(object: PyObject, builder: Builder): RawArray {
  if (object.callable.id === "numpy.frombuffer") return fromBuffer(object, builder);
  if (object.state === undefined) throw corrupt("an array has no content");
  const [version, shape, type, fortran, content] = itemsOf(object.state, "the state of an array");
  if (sizeOf(version, "the version of an array") !== 1) throw unsupported("an array of an unknown numpy version");
  const layout = plainLayout(shapeOf(shape), fortran === true);
  return { type: numpyType(type, builder), layout, content: content ?? null };
}

function fromBuffer({ args }: PyObject, builder: Builder): RawArray {
  const [content, type, shape, order, axes] = args;
  const stored = shapeOf(shape);
  return { type: numpyType(type, builder), layout: bufferLayout(stored, order, axes), content: content ?? null };
}

/** Order "K" says that the buffer is row-major in `stored` and that the array is its transposition by `axes` (numpy 2.3). */
function bufferLayout(stored: number[], order: PyNode | undefined, axes: PyNode | undefined): Layout {
  if (order !== "K" || axes === undefined || axes === null) return plainLayout(stored, order === "F");
  const permutation = itemsOf(axes, "the axes of an array").map((axis) => sizeOf(axis, "an axis"));
  if (permutation.length !== stored.length || new Set(permutation).size !== stored.length) {
    throw corrupt("the axes of an array are not a permutation");
  }
  const shape = permutation.map((axis) => {
    const extent = stored[axis];
    if (extent === undefined) throw corrupt("the axes of an array are not a permutation");
    return extent;
  });
  return { shape, stored, order: permutation };
}

/** The array of a `numpy.ndarray` or `_frombuffer` node. */
export function buildArray(object: PyObject, builder: Builder): DenseArray | StringArray | RecordArray {
  return arrayOf(rawArray(object, builder), builder);
}

/** Makes the values of an array; each of its kinds in its own way. */
export function arrayOf(raw: RawArray, builder: Builder): DenseArray | StringArray | RecordArray {
  const { type, layout } = raw;
  const count = countOf(layout.shape);
  if (type.kind === "object") return objectArray(raw, count, builder);
  if (type.kind === "records") return buildRecords(type, layout.shape, raw.content, builder, arrayOf);
  if (type.kind === "subarray") throw unsupported("an array of arrays");
  const bytes = bytesOf(raw.content, "the content of an array");
  if (bytes.length !== count * type.size) {
    throw corrupt(`an array of ${count} elements of ${type.size} bytes has ${bytes.length} bytes`);
  }
  builder.charge(bytes.length);
  if (type.kind === "number") {
    return new DenseArray(type.dtype, layout.shape, decodeNumbers(type.dtype, bytes, layout, type.bigEndian));
  }
  builder.charge(count * 8);
  return new StringArray(rowMajor(decodeStrings(type, bytes, count), layout), layout.shape);
}

/** Lists of objects are row-major whatever the memory order of the array was. */
function objectArray({ layout, content }: RawArray, count: number, builder: Builder): StringArray {
  const items = objectItems(content, count);
  const strings = stringsOf(items, builder);
  if (strings === undefined) throw unsupported("an array of Python objects other than strings");
  return new StringArray(strings, layout.shape);
}

/** The `count` objects of an array whose elements are references. */
export function objectItems(content: PyNode, count: number): readonly PyNode[] {
  const items = itemsOf(content, "the content of an array of objects");
  if (items.length !== count) throw corrupt(`an array of ${count} objects has ${items.length}`);
  return items;
}

function rowMajor(strings: string[], layout: Layout): string[] {
  if (isRowMajor(layout)) return strings;
  const ordered = new Array<string>(strings.length);
  copyRowMajor(strings, ordered, layout, 1);
  return ordered;
}
