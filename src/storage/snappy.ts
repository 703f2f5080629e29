/** Snappy's raw format ("Snappy compressed format description", google/snappy): the decoder, bounds-checked. */
import { AtsError } from "../errors.js";

/** Decodes `input` to exactly `size` bytes; `CORRUPT` with `path` where it does not give them. */
export function decodeSnappy(input: Uint8Array, size: number, path: string): Uint8Array {
  const fail = () => new AtsError("CORRUPT", `${path} has a damaged Snappy page.`, { path });
  let at = 0;
  let declared = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = input[at++];
    if (byte === undefined || shift > 28) throw fail();
    declared += (byte & 127) * 2 ** shift;
    if (byte < 128) break;
  }
  if (declared !== size) throw fail();
  const out = new Uint8Array(size);
  let to = 0;
  while (at < input.length) {
    const tag = input[at++] as number;
    const kind = tag & 3;
    if (kind === 0) {
      let length = tag >> 2;
      if (length >= 60) {
        const extra = length - 59;
        length = 0;
        for (let i = 0; i < extra; i++) length += (input[at + i] ?? 0) * 2 ** (8 * i);
        at += extra;
      }
      length += 1;
      if (at + length > input.length || to + length > size) throw fail();
      out.set(input.subarray(at, at + length), to);
      at += length;
      to += length;
      continue;
    }
    const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const width = kind === 1 ? 1 : kind === 2 ? 2 : 4;
    let offset = kind === 1 ? (tag >> 5) << 8 : 0;
    for (let i = 0; i < width; i++) offset += (input[at + i] ?? 0) * 2 ** (8 * i);
    at += width;
    if (at > input.length || offset === 0 || offset > to || to + length > size) throw fail();
    copyMatch(out, to, offset, length);
    to += length;
  }
  if (to !== size) throw fail();
  return out;
}

/** Copies `length` bytes from `offset` before `to`. They may overlap: then the bytes in between repeat. */
export function copyMatch(out: Uint8Array, to: number, offset: number, length: number): void {
  if (offset >= length) {
    out.copyWithin(to, to - offset, to - offset + length);
    return;
  }
  for (let i = 0; i < length; i++) out[to + i] = out[to + i - offset] as number;
}
