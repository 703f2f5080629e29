/** Packed awkward arrays as nested plain JavaScript. */
import { lanes } from "../dtype.js";
import { type AwkwardClass, type AwkwardForm, bufferKey, type FormOf, isText } from "./awkward-form.js";
import type { DenseArray } from "./dense.js";
import { halfToNumber } from "./half.js";
import type { Complex } from "./scalar.js";

/** One entry as plain JavaScript. */
export type Nested =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Complex
  | Nested[]
  | { [field: string]: Nested };

type Buffers = ReadonlyMap<string, DenseArray>;
type Reader<C extends AwkwardClass> = (form: FormOf<C>, length: number, buffers: Buffers) => Nested[];

/** The `length` entries of the node `form` of a packed array, whose buffers have been checked. */
export function nestedValues(form: AwkwardForm, length: number, buffers: Buffers): Nested[] {
  return (READERS[form.class] as (...all: unknown[]) => Nested[])(form, length, buffers);
}

/** A buffer of a packed array as numbers. */
export function bufferNumbers(form: AwkwardForm, buffer: string, buffers: Buffers): Float64Array {
  const { data } = buffers.get(bufferKey(form, buffer)) as DenseArray;
  return Float64Array.from(data as ArrayLike<number | bigint>, Number);
}

/** Where each list of a packed node of lists ends, from 0 on: `length + 1` offsets. */
export function listOffsets(
  form: FormOf<"ListArray"> | FormOf<"ListOffsetArray">,
  length: number,
  buffers: Buffers,
): Float64Array {
  if (form.class === "ListOffsetArray") return bufferNumbers(form, "offsets", buffers);
  const offsets = new Float64Array(length + 1);
  offsets.set(bufferNumbers(form, "stops", buffers), 1);
  return offsets;
}

/** Whether each entry of a masked node is there. */
export function presence(
  form: FormOf<"ByteMaskedArray"> | FormOf<"BitMaskedArray">,
  length: number,
  buffers: Buffers,
): Uint8Array {
  const mask = bufferNumbers(form, "mask", buffers);
  const valid = form.valid_when ? 1 : 0;
  const bit = (i: number): number => {
    if (form.class === "ByteMaskedArray") return mask[i] === 0 ? 0 : 1;
    return ((mask[i >> 3] as number) >> (form.lsb_order ? i & 7 : 7 - (i & 7))) & 1;
  };
  return Uint8Array.from({ length }, (_, i) => (bit(i) === valid ? 1 : 0));
}

function lists(form: FormOf<"ListArray"> | FormOf<"ListOffsetArray">, length: number, buffers: Buffers): Nested[] {
  const offsets = listOffsets(form, length, buffers);
  return cut(offsets, contentOf(form, offsets[length] as number, buffers));
}

/** What a piece of the content of a list is: a text or bytes where the list stands for one, else an array. */
function contentOf(
  form: AwkwardForm & { readonly content: AwkwardForm },
  length: number,
  buffers: Buffers,
): (from: number, to: number) => Nested {
  const { content } = form;
  const text = isText(form);
  if (content.class === "NumpyArray" && (text || isText(form, "bytestring"))) {
    const { data } = buffers.get(bufferKey(content, "data")) as DenseArray;
    const all = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    return (from, to) => (text ? all.toString("utf8", from, to) : new Uint8Array(all.subarray(from, to)));
  }
  const values = nestedValues(content, length, buffers);
  return (from, to) => values.slice(from, to);
}

function cut(offsets: Float64Array, piece: (from: number, to: number) => Nested): Nested[] {
  return Array.from({ length: offsets.length - 1 }, (_, i) => piece(offsets[i] as number, offsets[i + 1] as number));
}

function masked(form: FormOf<"ByteMaskedArray"> | FormOf<"BitMaskedArray">, length: number, buffers: Buffers) {
  const present = presence(form, length, buffers);
  return nestedValues(form.content, length, buffers).map((value, i) => (present[i] === 1 ? value : null));
}

function indexed(form: FormOf<"IndexedArray"> | FormOf<"IndexedOptionArray">, length: number, buffers: Buffers) {
  const index = bufferNumbers(form, "index", buffers);
  const content = nestedValues(form.content, index.reduce((last, at) => Math.max(last, at), -1) + 1, buffers);
  return Array.from({ length }, (_, i) => content[index[i] as number] ?? null);
}

const READERS: { readonly [C in AwkwardClass]: Reader<C> } = {
  NumpyArray: (form, length, buffers) => {
    const values = plainValues(buffers.get(bufferKey(form, "data")) as DenseArray);
    return regroup(values, length, form.inner_shape ?? []);
  },
  EmptyArray: () => [],
  RegularArray: (form, length, buffers) => {
    const offsets = Float64Array.from({ length: length + 1 }, (_, i) => i * form.size);
    return cut(offsets, contentOf(form, length * form.size, buffers));
  },
  ListArray: lists,
  ListOffsetArray: lists,
  IndexedArray: indexed,
  IndexedOptionArray: indexed,
  ByteMaskedArray: masked,
  BitMaskedArray: masked,
  UnmaskedArray: (form, length, buffers) => nestedValues(form.content, length, buffers),
  RecordArray: ({ fields, contents }, length, buffers) => {
    const columns = contents.map((content) => nestedValues(content, length, buffers));
    return Array.from({ length }, (_, i) => {
      const entry = columns.map((column) => column[i] as Nested);
      return fields === null ? entry : record(fields, entry);
    });
  },
  UnionArray: (form, length, buffers) => {
    const tags = bufferNumbers(form, "tags", buffers);
    const index = bufferNumbers(form, "index", buffers);
    const contents = form.contents.map((content, tag) => {
      const count = tags.reduce((sum, own) => (own === tag ? sum + 1 : sum), 0);
      return nestedValues(content, count, buffers);
    });
    return Array.from({ length }, (_, i) => contents[tags[i] as number]?.[index[i] as number] ?? null);
  },
};

function record(fields: readonly string[], entry: readonly Nested[]): Nested {
  const object = Object.create(null) as { [field: string]: Nested };
  fields.forEach((name, i) => {
    object[name] = entry[i] as Nested;
  });
  return object;
}

/** `length` entries of the shape `inner`, from their values in order. */
function regroup(values: Nested[], length: number, inner: readonly number[]): Nested[] {
  const [size, ...rest] = inner;
  if (size === undefined) return values;
  const parts = regroup(values, length * size, rest);
  return Array.from({ length }, (_, i) => parts.slice(i * size, (i + 1) * size));
}

function plainValues({ dtype, data }: DenseArray): Nested[] {
  if (dtype === "bool") return Array.from(data as Uint8Array, (value) => value !== 0);
  if (dtype === "float16" || dtype === "bfloat16") return Array.from(halfToNumber(dtype, data as Uint16Array));
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return integers(data);
  if (lanes(dtype) === 1) return Array.from(data as ArrayLike<number>);
  return Array.from({ length: data.length / 2 }, (_, i) => ({ re: Number(data[2 * i]), im: Number(data[2 * i + 1]) }));
}

/** Numbers where all of them are exact ones, else bigint. */
function integers(data: BigInt64Array | BigUint64Array): Nested[] {
  const numbers = Array.from(data as ArrayLike<bigint>, Number);
  return numbers.every(Number.isSafeInteger) ? numbers : Array.from(data as ArrayLike<bigint>);
}
