/** Records (numpy's structured arrays) as bytes, packed without gaps, strings as UTF-32 of a fixed length. */
import { itemSize } from "../dtype.js";
import { sizeOf } from "../elements/dense.js";
import type { RecordArray } from "../elements/record.js";
import type { StringArray } from "../elements/strings.js";
import { AtsError } from "../errors.js";
import type { StoredField } from "./types.js";

/** Where a field lies within a record. */
export interface PackedField extends StoredField {
  readonly offset: number;
  /** Bytes of one value, or of one string. */
  readonly width: number;
  /** Values of the field in one record. */
  readonly count: number;
}

/** How records lie in memory. */
export interface RecordLayout {
  readonly fields: readonly PackedField[];
  /** Bytes of a record. */
  readonly size: number;
}

/** The layout of records with `fields`; a string takes 4 bytes for each of its `characters`, at least one. */
export function recordLayout(fields: readonly StoredField[]): RecordLayout {
  let size = 0;
  const packed = fields.map((field) => {
    const width = field.dtype === "string" ? 4 * Math.max(1, field.characters ?? 1) : itemSize(field.dtype);
    const count = sizeOf(field.shape ?? []);
    const offset = size;
    size += width * count;
    return { ...field, offset, width, count };
  });
  return { fields: packed, size };
}

/** The bytes of `records`. `INVALID_ARGUMENT`, naming `path`, where they lack a field or a string is longer than its field. */
export function packRecords(layout: RecordLayout, records: RecordArray, path: string): Uint8Array {
  const bytes = new Uint8Array(layout.size * records.length);
  for (const field of layout.fields) {
    const source = records.fields.get(field.name);
    const fits = source !== undefined && (source.kind === "strings") === (field.dtype === "string");
    if (!fits) throw unfit(path, `has no such field ${JSON.stringify(field.name)}`);
    const values = source.kind === "strings" ? utf32(source, field.width, path) : bytesOf(source.data);
    const step = field.width * field.count;
    for (let i = 0; i < records.length; i++) {
      bytes.set(values.subarray(i * step, (i + 1) * step), i * layout.size + field.offset);
    }
  }
  return bytes;
}

function bytesOf(data: ArrayBufferView): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function utf32({ values }: StringArray, width: number, path: string): Uint8Array {
  const codes = new Uint32Array((values.length * width) / 4);
  values.forEach((value, i) => {
    const points = Array.from(value ?? "", (character) => character.codePointAt(0) as number);
    if (4 * points.length > width)
      throw unfit(path, `has a string of ${points.length} characters in a field of ${width / 4}`);
    codes.set(points, (i * width) / 4);
  });
  return bytesOf(codes);
}

function unfit(path: string, what: string): AtsError {
  return new AtsError("INVALID_ARGUMENT", `What is to be written to ${path} ${what}.`, { path });
}
