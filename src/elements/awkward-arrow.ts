/** Packed awkward arrays as Arrow vectors. Buffers are shared wherever Arrow has the same layout. */
import type { Data, DataType, Vector } from "apache-arrow";
import { AtsError } from "../errors.js";
import { columnToVector } from "./arrow-write.js";
import type { AwkwardArray } from "./awkward.js";
import { type AwkwardClass, type AwkwardForm, bufferKey, type FormOf, isText } from "./awkward-form.js";
import { bufferNumbers, listOffsets, presence } from "./awkward-nested.js";
import { takeBuffers } from "./awkward-take.js";
import { packBits } from "./bitmap.js";
import { DenseArray } from "./dense.js";
import { takeDense } from "./take-dense.js";

type Arrow = typeof import("apache-arrow");
type Buffers = ReadonlyMap<string, DenseArray>;
type Builder<C extends AwkwardClass> = (
  arrow: Arrow,
  form: FormOf<C>,
  length: number,
  buffers: Buffers,
) => Promise<Data>;

/** The Arrow vector of an array that has been packed. */
export async function awkwardToArrow({ form, length, buffers }: AwkwardArray): Promise<Vector> {
  const arrow = await import("apache-arrow");
  return new arrow.Vector([await build(arrow, form, length, buffers)]);
}

function build(arrow: Arrow, form: AwkwardForm, length: number, buffers: Buffers): Promise<Data> {
  return (BUILDERS[form.class] as (...all: unknown[]) => Promise<Data>)(arrow, form, length, buffers);
}

const inContent = (arrow: Arrow, { content }: { readonly content: AwkwardForm }, length: number, buffers: Buffers) =>
  build(arrow, content, length, buffers);

const BUILDERS: { readonly [C in AwkwardClass]: Builder<C> } = {
  NumpyArray: async (arrow, form, length, buffers) => {
    const { dtype, data } = buffers.get(bufferKey(form, "data")) as DenseArray;
    const inner = form.inner_shape ?? [];
    const count = inner.reduce((product, extent) => product * extent, length);
    const column = new DenseArray(dtype, [count], data as never);
    let values = columnToVector(arrow, column).vector.data[0] as Data;
    inner.forEach((_, d) => {
      const outer = inner.slice(0, inner.length - 1 - d).reduce((product, extent) => product * extent, length);
      values = fixedLists(arrow, values, inner[inner.length - 1 - d] as number, outer);
    });
    return values;
  },
  EmptyArray: async (arrow, _, length) => arrow.makeData({ type: new arrow.Null(), length }),
  RegularArray: async (arrow, { size, content }, length, buffers) =>
    fixedLists(arrow, await build(arrow, content, length * size, buffers), size, length),
  ListArray: buildLists,
  ListOffsetArray: buildLists,
  IndexedArray: inContent,
  IndexedOptionArray: async (arrow, form, length, buffers) => {
    const index = bufferNumbers(form, "index", buffers);
    const present = Uint8Array.from(index, (at) => (at >= 0 ? 1 : 0));
    if (!present.includes(1)) {
      const { type } = await build(arrow, form.content, 0, buffers);
      return arrow.vectorFromArray(new Array<null>(length).fill(null), type).data[0] ?? blank(arrow, type);
    }
    // Arrow has a place for a missing entry too: whatever lies at the first one.
    const positions = index.map((at) => Math.max(0, at));
    const rows = { kind: "positions", positions, count: length } as const;
    const content = await takeBuffers(form.content, rows, {
      path: "An awkward array",
      shape: (key) => buffers.get(key)?.shape,
      read: async (key, selection) => takeDense(buffers.get(key) as DenseArray, [selection]),
    });
    return withNulls(await build(arrow, form.content, length, content), present);
  },
  ByteMaskedArray: buildMasked,
  BitMaskedArray: buildMasked,
  UnmaskedArray: inContent,
  RecordArray: async (arrow, { fields, contents }, length, buffers) => {
    const children: Data[] = [];
    for (const content of contents) children.push(await build(arrow, content, length, buffers));
    const type = new arrow.Struct(
      children.map((child, i) => new arrow.Field(fields?.[i] ?? String(i), child.type, true)),
    );
    return arrow.makeData({ type, length, nullCount: 0, children });
  },
  UnionArray: async (arrow, form, length, buffers) => {
    const tags = bufferNumbers(form, "tags", buffers);
    const children: Data[] = [];
    for (const [tag, content] of form.contents.entries()) {
      const count = tags.reduce((sum, own) => (own === tag ? sum + 1 : sum), 0);
      children.push(await build(arrow, content, count, buffers));
    }
    const fields = children.map((child, i) => new arrow.Field(String(i), child.type, true));
    const type = new arrow.DenseUnion(
      children.map((_, i) => i),
      fields,
    );
    const valueOffsets = Int32Array.from(bufferNumbers(form, "index", buffers));
    return arrow.makeData({ type, length, typeIds: Int8Array.from(tags), valueOffsets, children } as never) as Data;
  },
};

async function buildLists(
  arrow: Arrow,
  form: FormOf<"ListArray"> | FormOf<"ListOffsetArray">,
  length: number,
  buffers: Buffers,
): Promise<Data> {
  const offsets = listOffsets(form, length, buffers);
  const end = offsets[length] as number;
  if (end > 0x7fffffff) {
    throw new AtsError("LIMIT_EXCEEDED", `Arrow has no lists of ${end} entries together; select fewer rows.`);
  }
  const valueOffsets = Int32Array.from(offsets);
  const { content } = form;
  if (content.class === "NumpyArray" && (isText(form) || isText(form, "bytestring"))) {
    const { data } = buffers.get(bufferKey(content, "data")) as DenseArray;
    const type = isText(form) ? new arrow.Utf8() : new arrow.Binary();
    return arrow.makeData({ type, length, nullCount: 0, valueOffsets, data: data as Uint8Array } as never) as Data;
  }
  const child = await build(arrow, content, end, buffers);
  const type = new arrow.List(new arrow.Field("item", child.type, true));
  return arrow.makeData({ type, length, nullCount: 0, valueOffsets, child });
}

async function buildMasked(
  arrow: Arrow,
  form: FormOf<"ByteMaskedArray"> | FormOf<"BitMaskedArray">,
  length: number,
  buffers: Buffers,
): Promise<Data> {
  return withNulls(await build(arrow, form.content, length, buffers), presence(form, length, buffers));
}

function fixedLists(arrow: Arrow, child: Data, size: number, length: number): Data {
  const type = new arrow.FixedSizeList(size, new arrow.Field("item", child.type, true));
  return arrow.makeData({ type, length, nullCount: 0, child });
}

function blank(arrow: Arrow, type: DataType): Data {
  return arrow.makeData({ type, length: 0 } as never) as Data;
}

/** `data` with null where `present` is 0. `UNSUPPORTED` for unions, whose entries Arrow cannot make null. */
function withNulls(data: Data, present: Uint8Array): Data {
  if (!present.includes(0)) return data;
  if (data.typeIds !== undefined) {
    throw new AtsError("UNSUPPORTED", "Arrow has no missing entries in unions; use toNested instead.");
  }
  const both = data.nullCount > 0 ? present.map((flag, i) => (data.getValid(i) ? flag : 0)) : present;
  const nullCount = both.reduce((count, flag) => count + 1 - flag, 0);
  const { valueOffsets, values } = data;
  const places = { 0: valueOffsets, 1: values, 2: packBits(both), 3: undefined };
  return data.clone(data.type, 0, present.length, nullCount, places as never, data.children);
}
