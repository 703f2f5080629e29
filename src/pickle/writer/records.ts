/** Structured arrays: packed bytes where every field is a number, else a list of tuples. */
import { type DType, itemSize, lanes } from "../../dtype.js";
import { DenseArray, sizeOf } from "../../elements/dense.js";
import { float16Value } from "../../elements/half.js";
import type { RecordArray } from "../../elements/record.js";
import { StringArray } from "../../elements/strings.js";
import { Op } from "../machine/opcodes.js";
import type { Emitter } from "./emitter.js";
import { emitArray, emitComplex, emitDense, emitStrings, emitText, numpyCode } from "./numpy.js";

type Field = DenseArray | StringArray;

/** A one-dimensional structured array with the fields in their order; strings become fields of str objects. */
export function emitRecords(emitter: Emitter, { fields, length }: RecordArray): void {
  const list = [...fields];
  const packed = list.every((entry): entry is [string, DenseArray] => entry[1].kind === "dense");
  emitArray(
    emitter,
    [length],
    () => emitRecordType(emitter, list),
    () => {
      if (packed) emitter.bytes(packRecords(list, length));
      else emitRows(emitter, list, length);
    },
  );
}

/** `numpy.dtype([(name, code), (name, code, shape), …])`. */
function emitRecordType(emitter: Emitter, fields: readonly (readonly [string, Field])[]): void {
  emitter.call("numpy", "dtype", () => {
    emitter.op(Op.EMPTY_LIST);
    emitter.batches(fields, Op.APPENDS, ([name, field]) => {
      const parts = [
        () => emitter.text(name),
        () => emitter.text(field.kind === "dense" ? numpyCode(field.dtype) : "O"),
      ];
      const extents = field.shape.slice(1);
      if (extents.length > 0) {
        parts.push(() => emitter.tuple(...extents.map((extent) => () => emitter.integer(extent))));
      }
      emitter.tuple(...parts);
    });
  });
}

/** The records one after the other, each its fields without padding. */
function packRecords(fields: readonly (readonly [string, DenseArray])[], length: number): Uint8Array {
  const widths = fields.map(([, field]) => itemSize(field.dtype) * sizeOf(field.shape.slice(1)));
  const stride = widths.reduce((total, width) => total + width, 0);
  const bytes = new Uint8Array(stride * length);
  let offset = 0;
  fields.forEach(([, { data }], at) => {
    const width = widths[at] as number;
    const source = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    for (let i = 0; i < length; i++) bytes.set(source.subarray(i * width, (i + 1) * width), i * stride + offset);
    offset += width;
  });
  return bytes;
}

function emitRows(emitter: Emitter, fields: readonly (readonly [string, Field])[], length: number): void {
  const cells = fields.map(([, field]) => cellWriter(emitter, field));
  emitter.op(Op.EMPTY_LIST);
  const rows = Array.from({ length }, (_, i) => i);
  emitter.batches(rows, Op.APPENDS, (row) => emitter.tuple(...cells.map((emitCell) => () => emitCell(row))));
}

/** Writes the value of one field in one record: a plain Python object, or an array where it holds several values. */
function cellWriter(emitter: Emitter, field: Field): (row: number) => void {
  const extents = field.shape.slice(1);
  if (extents.length > 0) {
    const width = sizeOf(extents);
    if (field.kind === "dense")
      return (row) => emitDense(emitter, new DenseArray(field.dtype, extents, field.row(row)));
    return (row) => emitStrings(emitter, new StringArray(field.values.slice(row * width, (row + 1) * width), extents));
  }
  if (field.kind === "strings") {
    return (row) => emitText(emitter, field.values[row] ?? null);
  }
  const { dtype, data } = field;
  if (lanes(dtype) === 2) {
    return (row) => emitComplex(emitter, { re: Number(data[row * 2]), im: Number(data[row * 2 + 1]) });
  }
  return (row) => emitNumber(emitter, dtype, data[row] as number | bigint, data);
}

function emitNumber(emitter: Emitter, dtype: DType, value: number | bigint, data: ArrayBufferView): void {
  if (dtype === "bool") emitter.boolean(Boolean(value));
  else if (dtype === "float16" && data instanceof Uint16Array) emitter.float(float16Value(Number(value)));
  else if (dtype.startsWith("float")) emitter.float(Number(value));
  else emitter.integer(value);
}
