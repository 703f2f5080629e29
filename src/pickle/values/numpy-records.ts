/** Structured arrays: rows of packed fields become one array per field. */
import { allocate } from "../../dtype.js";
import { DenseArray } from "../../elements/dense.js";
import { RecordArray } from "../../elements/record.js";
import { StringArray } from "../../elements/strings.js";
import type { Value } from "../../elements/values.js";
import { corrupt, unsupported } from "../failures.js";
import { PyBytes, type PyNode } from "../graph.js";
import type { Builder } from "./builder.js";
import { type Layout, plainLayout } from "./layout.js";
import { bytesOf, itemsOf } from "./nodes.js";
import type { RawArray } from "./numpy-array.js";
import { setNumber, stringsOf } from "./numpy-objects.js";
import { holdsObjects, type NumpyField, type NumpyType } from "./numpy-type.js";

type RecordType = NumpyType & { readonly kind: "records" };
type Field = DenseArray | StringArray;
type MakeArray = (raw: RawArray, builder: Builder) => Field | RecordArray;

/** A one-dimensional array of records; nested records and other shapes are `UNSUPPORTED`. */
export function buildRecords(
  type: RecordType,
  shape: readonly number[],
  content: PyNode,
  builder: Builder,
  makeArray: MakeArray,
): RecordArray {
  const [count] = shape;
  if (count === undefined || shape.length !== 1) throw unsupported("a structured array that is not one-dimensional");
  if (type.fields.some(({ type: { kind } }) => kind === "records")) throw unsupported("records inside records");
  const fields = holdsObjects(type)
    ? fieldsOfTuples(type, recordTuples(content, count, type), builder)
    : fieldsOfBytes(type, packedRecords(content, count, type), count, builder, makeArray);
  return new RecordArray(fields, count);
}

function packedRecords(content: PyNode, count: number, type: RecordType): Uint8Array {
  const bytes = bytesOf(content, "the content of a structured array");
  if (bytes.length !== count * type.size) {
    throw corrupt(`${count} records of ${type.size} bytes have ${bytes.length} bytes`);
  }
  return bytes;
}

function fieldsOfBytes(
  type: RecordType,
  bytes: Uint8Array,
  count: number,
  builder: Builder,
  makeArray: MakeArray,
): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const field of type.fields) {
    builder.charge(count * field.type.size);
    const content = new PyBytes(gather(bytes, field, type.size, count));
    fields.set(field.name, makeArray({ ...fieldLayout(field.type, count), content }, builder) as Field);
  }
  return fields;
}

/** A field's own type and layout: a small array inside each record adds its axes. */
function fieldLayout(type: NumpyType, count: number): { type: NumpyType; layout: Layout } {
  if (type.kind !== "subarray") return { type, layout: plainLayout([count], false) };
  return { type: type.base, layout: plainLayout([count, ...type.shape], false) };
}

/** The bytes of one field of every record, one after the other. */
function gather(bytes: Uint8Array, field: NumpyField, stride: number, count: number): Uint8Array {
  const width = field.type.size;
  const column = new Uint8Array(count * width);
  for (let i = 0; i < count; i++) {
    const start = i * stride + field.offset;
    column.set(bytes.subarray(start, start + width), i * width);
  }
  return column;
}

/** Records with references are pickled as a list of tuples. */
function recordTuples(content: PyNode, count: number, type: RecordType): (readonly PyNode[])[] {
  const rows = itemsOf(content, "the content of a structured array");
  if (rows.length !== count) throw corrupt(`an array of ${count} records has ${rows.length}`);
  return rows.map((row) => {
    const items = itemsOf(row, "a record");
    if (items.length !== type.fields.length) throw corrupt("a record has too few or too many fields");
    return items;
  });
}

function fieldsOfTuples(type: RecordType, rows: readonly (readonly PyNode[])[], builder: Builder): Map<string, Field> {
  return new Map(
    type.fields.map((field, position) => {
      builder.charge(rows.length * 8);
      const column = rows.map((row) => row[position] as PyNode);
      return [field.name, fieldOfObjects(field, column, builder)];
    }),
  );
}

function fieldOfObjects({ name, type }: NumpyField, column: readonly PyNode[], builder: Builder): Field {
  if (type.kind === "subarray") {
    const cells = column.map((node) => builder.value(node));
    return joinCells(name, type, cells);
  }
  if (type.kind === "number") {
    const data = allocate(type.dtype, column.length);
    if (column.every((node, i) => setNumber(type.dtype, data, i, node))) {
      return new DenseArray(type.dtype, [column.length], data);
    }
    throw unsupported(`field "${name}" of a structured array that mixes objects and ${type.dtype}`);
  }
  const strings = type.kind === "object" || type.kind === "text" ? stringsOf(column, builder) : undefined;
  if (strings === undefined) throw unsupported(`field "${name}" of a structured array that mixes objects`);
  return new StringArray(strings);
}

/** A small array inside each record, which then is an array of its own: put together along a new first axis. */
function joinCells(name: string, type: NumpyType & { kind: "subarray" }, cells: readonly Value[]): Field {
  const shape = [cells.length, ...type.shape];
  if (type.base.kind !== "number") {
    const strings = cells.filter((cell) => cell instanceof StringArray && String(cell.shape) === String(type.shape));
    if (strings.length < cells.length) throw corrupt(`field "${name}" of a record is not text of its shape`);
    const texts = (strings as StringArray[]).flatMap((cell) => cell.values);
    return new StringArray(texts, shape);
  }
  const { dtype } = type.base;
  const whole = DenseArray.zeros(dtype, shape);
  cells.forEach((cell, i) => {
    if (!(cell instanceof DenseArray) || cell.dtype !== dtype || String(cell.shape) !== String(type.shape)) {
      throw corrupt(`field "${name}" of a record is not an array of its type`);
    }
    whole.row(i).set(cell.data as never);
  });
  return whole;
}
