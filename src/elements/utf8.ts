/** Strings as one run of UTF-8 bytes and the offset at which each of them starts: the layout of Arrow and of Parquet's pages. */
import { isAscii, isUtf8 } from "node:buffer";
import { AtsError } from "../errors.js";

/** `count + 1` offsets into `bytes`; a missing string has no bytes. */
export interface PackedStrings {
  readonly offsets: Int32Array | Float64Array;
  readonly bytes: Uint8Array;
}

/** Packs `values`; null becomes an empty run. Offsets are Int32Array unless the bytes exceed 2^31 - 1. */
export function packStrings(values: readonly (string | null)[]): PackedStrings {
  const lengths = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    lengths[i + 1] = (lengths[i] as number) + (value ? Buffer.byteLength(value) : 0);
  }
  const total = lengths[values.length] as number;
  const bytes = Buffer.allocUnsafeSlow(total);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value) bytes.write(value, lengths[i] as number, "utf8");
  }
  return { offsets: total > 0x7fffffff ? lengths : Int32Array.from(lengths), bytes };
}

/**
 * The `count` strings of a packed run: string `i` is `bytes[offsets[i] … offsets[i + 1]]`. `CORRUPT` with `path` where offsets leave the
 * bytes or run backwards, or where the bytes are not UTF-8. `valid[i]` = 0 makes entry `i` null.
 */
export function unpackStrings(
  { offsets, bytes }: PackedStrings,
  count: number,
  path: string,
  valid?: Uint8Array,
): (string | null)[] {
  const out = new Array<string | null>(count);
  if (count === 0) return out;
  const start = offsets[0] as number;
  checkOffsets(offsets, count, bytes.length, path);
  const used = bytes.subarray(start, offsets[count] as number);
  const view = Buffer.from(used.buffer, used.byteOffset, used.byteLength);
  const ascii = isAscii(view);
  if (!ascii && !isUtf8(view)) throw new AtsError("CORRUPT", `${path} holds text that is not UTF-8.`, { path });
  const slice = ascii ? asciiSlicer(view) : (from: number, to: number) => view.toString("utf8", from, to);
  for (let i = 0; i < count; i++) {
    const present = valid === undefined || valid[i] !== 0;
    out[i] = present ? slice((offsets[i] as number) - start, (offsets[i + 1] as number) - start) : null;
  }
  return out;
}

/** Cuts strings out of ASCII text that is decoded at once: several times as fast as decoding each of them. */
function asciiSlicer(view: Buffer): (from: number, to: number) => string {
  const text = view.length <= 1 << 24 ? view.toString("latin1") : undefined;
  if (text === undefined) return (from, to) => view.toString("latin1", from, to);
  return (from, to) => text.slice(from, to);
}

function checkOffsets(offsets: Int32Array | Float64Array, count: number, size: number, path: string): void {
  let last = offsets[0] as number;
  if (!(last >= 0)) throw new AtsError("CORRUPT", `${path} has a string that starts before its bytes.`, { path });
  for (let i = 1; i <= count; i++) {
    const next = offsets[i] as number;
    if (!(next >= last)) throw new AtsError("CORRUPT", `${path} has a string of negative length.`, { path });
    last = next;
  }
  if (last > size) throw new AtsError("CORRUPT", `${path} has a string that ends behind its bytes.`, { path });
}
