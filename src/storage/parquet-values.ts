/** The values of Parquet's pages in JavaScript: PLAIN numbers, booleans and byte arrays, and indices into a dictionary. */
import { endianness } from "node:os";
import { unpackBits } from "../elements/bitmap.js";
import { type ArrowText, checkText, unpackText } from "../elements/utf8.js";
import { AtsError } from "../errors.js";
import type { PhysicalType } from "./parquet-footer.js";
import { decodeHybrid } from "./parquet-hybrid.js";
import { ENCODING, type Page } from "./parquet-pages.js";

type DataPage = Extract<Page, { kind: "data" }>;

/** What a numeric physical type decodes to. FIXED_LEN_BYTE_ARRAY(2) is a half-precision float's bits. */
export type PhysicalArray = Uint8Array | Int32Array | BigInt64Array | Float32Array | Float64Array | Uint16Array;

const ARRAYS = {
  INT32: Int32Array,
  INT64: BigInt64Array,
  FLOAT: Float32Array,
  DOUBLE: Float64Array,
  FIXED_LEN_BYTE_ARRAY: Uint16Array,
} as const;

/** `count` PLAIN numbers or booleans; `CORRUPT` where the bytes end before. */
export function plainNumbers(physical: PhysicalType, bytes: Uint8Array, count: number, path: string): PhysicalArray {
  if (physical === "BOOLEAN") {
    if (bytes.length * 8 < count) throw short(path);
    return unpackBits(bytes, 0, count);
  }
  const type = ARRAYS[physical as keyof typeof ARRAYS];
  const length = count * type.BYTES_PER_ELEMENT;
  if (bytes.length < length) throw short(path);
  const own = new Uint8Array(length);
  own.set(bytes.subarray(0, length));
  if (endianness() === "BE") Buffer.from(own.buffer)[SWAPS[type.BYTES_PER_ELEMENT as 2 | 4 | 8]]();
  return new type(own.buffer);
}

const SWAPS = { 2: "swap16", 4: "swap32", 8: "swap64" } as const;

/** The page's stored booleans, PLAIN or (in newer files) run-length encoded. */
export function booleans(page: DataPage, path: string): Uint8Array {
  if (page.encoding !== ENCODING.RLE) return plainNumbers("BOOLEAN", page.bytes, page.present, path) as Uint8Array;
  return Uint8Array.from(decodeHybrid(page.bytes.subarray(4), 1, page.present, path));
}

/** The page's indices into a dictionary of `entries`; `CORRUPT` where one lies outside. */
export function dictionaryIndices(page: DataPage, entries: number, path: string): Int32Array {
  if (page.present === 0) return new Int32Array(0);
  const bitWidth = page.bytes[0];
  if (bitWidth === undefined) throw short(path);
  const indices = decodeHybrid(page.bytes.subarray(1), bitWidth, page.present, path);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number;
    if (index < 0 || index >= entries) {
      throw new AtsError("CORRUPT", `${path} refers to entry ${index} of a dictionary of ${entries}.`, { path });
    }
  }
  return indices;
}

/** Whether the page's values are indices into the chunk's dictionary. */
export function isIndexed(page: DataPage): boolean {
  return page.encoding === ENCODING.RLE_DICTIONARY || page.encoding === ENCODING.PLAIN_DICTIONARY;
}

/** `count` PLAIN strings: each is its length in four bytes, then its UTF-8. */
export function plainText(bytes: Uint8Array, count: number, path: string): ArrowText {
  const text = compact(bytes, count, path);
  checkText(text, path);
  return text;
}

/** {@link plainText} as JavaScript strings. */
export function plainStrings(bytes: Uint8Array, count: number, path: string): string[] {
  return unpackText(plainText(bytes, count, path)) as string[];
}

/** Moves the strings together, so that they are checked and decoded at once. */
function compact(bytes: Uint8Array, count: number, path: string): ArrowText {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (count * 4 > bytes.length) throw short(path);
  const offsets = new Int32Array(count + 1);
  const packed = new Uint8Array(bytes.length - 4 * count);
  let from = 0;
  let to = 0;
  for (let i = 0; i < count; i++) {
    if (from + 4 > bytes.length) throw short(path);
    const length = view.getUint32(from, true);
    from += 4;
    if (from + length > bytes.length) throw short(path);
    if (length < 32) for (let j = 0; j < length; j++) packed[to + j] = bytes[from + j] as number;
    else packed.set(bytes.subarray(from, from + length), to);
    from += length;
    to += length;
    offsets[i + 1] = to;
  }
  return { offsets, bytes: packed };
}

/** The page's strings at the rows that have one, missing ones at the others. */
export function spreadText(text: ArrowText, { levels, rows }: DataPage): ArrowText {
  if (levels === undefined) return text;
  const { bytes } = text;
  const from = text.offsets as Int32Array;
  const offsets = new (text.offsets.constructor as Int32ArrayConstructor)(rows + 1);
  const validity = new Uint8Array((rows + 7) >> 3);
  let position = 0;
  for (let i = 0; i < rows; i++) {
    if (levels[i] !== 0) {
      position++;
      validity[i >> 3] = (validity[i >> 3] as number) | (1 << (i & 7));
    }
    offsets[i + 1] = from[position] as number;
  }
  return { offsets, bytes, validity };
}

/** Calls `put(row, position)` for every row of the page that has a value: its `position`-th. */
export function eachPresent(page: DataPage, put: (row: number, position: number) => void): void {
  const { levels, first, rows } = page;
  if (levels === undefined) {
    for (let i = 0; i < rows; i++) put(first + i, i);
    return;
  }
  let position = 0;
  for (let i = 0; i < rows; i++) if (levels[i] !== 0) put(first + i, position++);
}

function short(path: string): AtsError {
  return new AtsError("CORRUPT", `${path} has a page that ends before its values do.`, { path });
}
