/** Buffers of numbers and of fixed-width strings to typed arrays and strings. */
import { type ArrayFor, allocate, type DType, itemSize, lanes } from "../../dtype.js";
import { corrupt, unsupported } from "../failures.js";
import { copyRowMajor, isRowMajor, type Layout } from "./layout.js";
import type { NumpyType } from "./numpy-type.js";

/** A new typed array in row-major order of the numbers in `bytes`, which exactly fill `layout`. */
export function decodeNumbers(dtype: DType, bytes: Uint8Array, layout: Layout, bigEndian: boolean): ArrayFor<DType> {
  const data = allocate(dtype, bytes.length / itemSize(dtype));
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  raw.set(bytes);
  if (bigEndian) swapBytes(raw, data.BYTES_PER_ELEMENT);
  if (dtype === "bool" && raw.some((byte) => byte > 1)) throw corrupt("a boolean is neither 0 nor 1");
  if (isRowMajor(layout)) return data;
  const ordered = allocate(dtype, data.length / lanes(dtype));
  copyRowMajor<number | bigint>(
    data,
    ordered as typeof ordered & Record<number, number | bigint>,
    layout,
    lanes(dtype),
  );
  return ordered;
}

function swapBytes(bytes: Uint8Array, width: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (width === 2) buffer.swap16();
  else if (width === 4) buffer.swap32();
  else if (width === 8) buffer.swap64();
}

/** The `count` strings of a `U` or `S` buffer, in stored order; trailing NULs are padding, as numpy has it. */
export function decodeStrings(
  type: NumpyType & { kind: "text" | "bytes" },
  bytes: Uint8Array,
  count: number,
): string[] {
  if (type.kind === "bytes") {
    return Array.from({ length: count }, (_, i) => decodeBytes(bytes.subarray(i * type.size, (i + 1) * type.size)));
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, i) => decodeText(view, i * type.size, type));
}

function decodeText(view: DataView, start: number, type: { size: number; bigEndian: boolean }): string {
  const points: number[] = [];
  let length = 0;
  for (let at = start; at < start + type.size; at += 4) {
    const point = view.getUint32(at, !type.bigEndian);
    if (point > 0x10ffff) throw corrupt("a string holds a character beyond Unicode");
    points.push(point);
    if (point !== 0) length = points.length;
  }
  return textOfPoints(points, length);
}

/** `fromCodePoint` takes its input as arguments, of which the runtime allows only so many. */
function textOfPoints(points: readonly number[], length: number): string {
  let text = "";
  for (let i = 0; i < length; i += 4096) text += String.fromCodePoint(...points.slice(i, Math.min(i + 4096, length)));
  return text;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeBytes(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  try {
    return utf8.decode(bytes.subarray(0, end));
  } catch {
    throw unsupported("an array of byte strings that are not UTF-8 text");
  }
}
