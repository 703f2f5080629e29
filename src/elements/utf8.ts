/** Strings as one run of UTF-8 bytes and the offset at which each of them starts: the layout of Arrow and of Parquet's pages. */
import { isAscii, isUtf8 } from "node:buffer";
import { AtsError } from "../errors.js";
import type { Utf8 } from "../kernels/utf8.js";

/** Strings in Arrow's layout. The bit of a missing one (least significant first) is not set in `validity`; its bytes mean nothing. */
export interface ArrowText extends Utf8 {
  /** Missing where no string is. */
  readonly validity?: Uint8Array | undefined;
}

/** Strings that are joined and encoded at once. */
const BLOCK = 1 << 14;

/** Packs `values`; null becomes an empty run. Offsets are Int32Array unless the bytes exceed 2^31 - 1. */
export function packStrings(values: readonly (string | null)[]): ArrowText {
  const ends = new Float64Array(values.length + 1);
  const parts: Uint8Array[] = [];
  for (let from = 0; from < values.length; from += BLOCK) {
    parts.push(packBlock(values.slice(from, from + BLOCK), ends, from));
  }
  const bytes = Buffer.concat(parts);
  const offsets = bytes.length > 0x7fffffff ? BigInt64Array.from(ends, BigInt) : Int32Array.from(ends);
  return { offsets, bytes, validity: validityOf(values) };
}

/** The bytes of some strings; their ends become entries `from + 1…` of `ends`. */
function packBlock(values: readonly (string | null)[], ends: Float64Array, from: number): Uint8Array {
  const bytes = Buffer.from(values.join(""));
  let end = ends[from] as number;
  let units = 0;
  for (let i = 0; i < values.length; i++) {
    const length = values[i]?.length ?? 0;
    units += length;
    end += length;
    ends[from + i + 1] = end;
  }
  if (units === bytes.length) return bytes;
  // Not ASCII: a lone surrogate at the end of one string must not join with the next one's.
  const each = values.map((value) => Buffer.from(value ?? ""));
  end = ends[from] as number;
  for (const [i, one] of each.entries()) {
    end += one.length;
    ends[from + i + 1] = end;
  }
  return Buffer.concat(each);
}

function validityOf(values: readonly (string | null)[]): Uint8Array | undefined {
  if (!values.includes(null)) return undefined;
  const bits = new Uint8Array((values.length + 7) >> 3);
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== null) bits[i >> 3] = (bits[i >> 3] as number) | (1 << (i & 7));
  }
  return bits;
}

/** Whether entry `i` is there, not missing. */
export function isPresent({ validity }: ArrowText, i: number): boolean {
  return validity === undefined || (((validity[i >> 3] as number) >> (i & 7)) & 1) === 1;
}

/** Entry `i`; null where it is missing. */
export function textAt(text: ArrowText, i: number): string | null {
  if (!isPresent(text, i)) return null;
  const { buffer, byteOffset, byteLength } = text.bytes;
  const view = Buffer.from(buffer, byteOffset, byteLength);
  return view.toString("utf8", Number(text.offsets[i]), Number(text.offsets[i + 1]));
}

/** The strings of sound text; {@link checkText} tells whether it is. */
export function unpackText(text: ArrowText): (string | null)[] {
  const { offsets } = text;
  const count = offsets.length - 1;
  const out = new Array<string | null>(count);
  const start = Number(offsets[0] ?? 0);
  const used = text.bytes.subarray(start, Number(offsets[count] ?? 0));
  const slice = slicer(Buffer.from(used.buffer, used.byteOffset, used.byteLength));
  for (let i = 0; i < count; i++) {
    out[i] = isPresent(text, i) ? slice(Number(offsets[i]) - start, Number(offsets[i + 1]) - start) : null;
  }
  return out;
}

/** Cuts strings out of ASCII text that is decoded at once: several times as fast as decoding each of them. */
function slicer(view: Buffer): (from: number, to: number) => string {
  if (!isAscii(view)) return (from, to) => view.toString("utf8", from, to);
  if (view.length > 1 << 24) return (from, to) => view.toString("latin1", from, to);
  const text = view.toString("latin1");
  return (from, to) => text.slice(from, to);
}

/** `CORRUPT` with `path` where offsets leave the bytes or run backwards, or where a string is not UTF-8. */
export function checkText({ offsets, bytes }: Utf8, path: string): void {
  let last = Number(offsets[0] ?? 0);
  if (!(last >= 0)) throw new AtsError("CORRUPT", `${path} has a string that starts before its bytes.`, { path });
  const start = last;
  for (let i = 1; i < offsets.length; i++) {
    const next = Number(offsets[i]);
    if (!(next >= last)) throw new AtsError("CORRUPT", `${path} has a string of negative length.`, { path });
    last = next;
  }
  if (last > bytes.length) throw new AtsError("CORRUPT", `${path} has a string that ends behind its bytes.`, { path });
  const used = bytes.subarray(start, last);
  if (isAscii(used)) return;
  const sound = isUtf8(used) && startsAreCharacters(offsets, bytes, last);
  if (!sound) throw new AtsError("CORRUPT", `${path} holds text that is not UTF-8.`, { path });
}

/** Whether no string of UTF-8 text begins within a character. */
function startsAreCharacters(offsets: Utf8["offsets"], bytes: Uint8Array, end: number): boolean {
  for (let i = 0; i < offsets.length; i++) {
    const start = Number(offsets[i]);
    if (start < end && ((bytes[start] as number) & 0xc0) === 0x80) return false;
  }
  return true;
}
