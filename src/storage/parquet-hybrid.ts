/** Parquet's hybrid of run lengths and bit packing (parquet-format, Encodings.md, "RLE"): levels, dictionary indices, booleans. */
import { packBits } from "../elements/bitmap.js";
import { AtsError } from "../errors.js";
import { varint } from "./parquet-thrift.js";

/**
 * Decodes `count` values of `bitWidth` bits from the start of `bytes`; bytes behind them are ignored. `CORRUPT` with `path` where they end early.
 */
export function decodeHybrid(bytes: Uint8Array, bitWidth: number, count: number, path: string): Int32Array {
  const fail = () => new AtsError("CORRUPT", `${path} has a damaged run of levels or indices.`, { path });
  const out = new Int32Array(count);
  if (bitWidth === 0 && bytes.length === 0) return out;
  if (bitWidth > 32) throw fail();
  const width = (bitWidth + 7) >> 3;
  let at = 0;
  let done = 0;
  while (done < count) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 28) throw fail();
      header += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    if (header % 2 === 0) {
      const run = Math.min(header / 2, count - done);
      if (at + width > bytes.length || run === 0) throw fail();
      let value = 0;
      for (let i = 0; i < width; i++) value |= (bytes[at + i] as number) << (8 * i);
      at += width;
      out.fill(value, done, done + run);
      done += run;
    } else {
      const values = (header - 1) * 4;
      const take = Math.min(values, count - done);
      if (values === 0 || at + Math.ceil((take * bitWidth) / 8) > bytes.length) throw fail();
      unpack(bytes, at, bitWidth, out, done, take);
      at += (values / 8) * bitWidth;
      done += take;
    }
  }
  return out;
}

/** Little-endian bit packing, `bitWidth` ≤ 32. */
function unpack(bytes: Uint8Array, from: number, bitWidth: number, out: Int32Array, to: number, count: number): void {
  if (bitWidth === 8) {
    for (let i = 0; i < count; i++) out[to + i] = bytes[from + i] as number;
    return;
  }
  const mask = bitWidth === 32 ? -1 : (1 << bitWidth) - 1;
  let bits = 0;
  for (let i = 0; i < count; i++, bits += bitWidth) {
    const at = from + (bits >> 3);
    const shift = bits & 7;
    const low =
      (bytes[at] as number) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    const high = shift === 0 ? 0 : (bytes[at + 4] ?? 0) << (32 - shift);
    out[to + i] = ((low >>> shift) | high) & mask;
  }
}

/** Definition levels of an optional column: 1 where `missing` is 0, or all 1 where nothing is missing. */
export function encodeLevels(missing: Uint8Array | undefined, count: number): Uint8Array {
  if (missing === undefined) return Buffer.concat([varint(count * 2), Uint8Array.of(1)]);
  return Buffer.concat([varint(((count + 7) >> 3) * 2 + 1), packBits(missing, true)]);
}

/** Dictionary indices as one bit-packed run behind the byte that tells their width. */
export function encodeIndices(indices: ArrayLike<number>, bitWidth: number): Uint8Array {
  const groups = (indices.length + 7) >> 3;
  const header = varint(groups * 2 + 1);
  const out = new Uint8Array(1 + header.length + groups * bitWidth);
  out[0] = bitWidth;
  out.set(header, 1);
  let at = 1 + header.length;
  let held = 0;
  let bits = 0;
  for (let i = 0; i < indices.length; i++) {
    held += (indices[i] as number) * 2 ** bits;
    bits += bitWidth;
    while (bits >= 8) {
      out[at++] = held % 256;
      held = Math.floor(held / 256);
      bits -= 8;
    }
  }
  if (bits > 0) out[at] = held;
  return out;
}
