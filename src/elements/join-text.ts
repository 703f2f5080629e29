/** Text in Arrow's layout, put together from parts. */
import { type ArrowText, isPresent } from "./utf8.js";

/** The strings of all parts, one after the other; the part itself where there is one. */
export function joinText(parts: readonly ArrowText[]): ArrowText {
  if (parts.length === 1) return parts[0] as ArrowText;
  let count = 0;
  let size = 0;
  for (const { offsets } of parts) {
    count += offsets.length - 1;
    size += Number(offsets[offsets.length - 1] ?? 0) - Number(offsets[0] ?? 0);
  }
  const bytes = new Uint8Array(size);
  const ends = new Float64Array(count + 1);
  let at = 0;
  for (const { offsets, bytes: from } of parts) {
    const first = Number(offsets[0] ?? 0);
    const start = ends[at] as number;
    bytes.set(from.subarray(first, Number(offsets[offsets.length - 1] ?? 0)), start);
    for (let i = 1; i < offsets.length; i++) ends[at + i] = Number(offsets[i]) - first + start;
    at += offsets.length - 1;
  }
  const offsets = size > 0x7fffffff ? BigInt64Array.from(ends, BigInt) : Int32Array.from(ends);
  return { offsets, bytes, validity: joinValidity(parts, count) };
}

function joinValidity(parts: readonly ArrowText[], count: number): Uint8Array | undefined {
  if (parts.every(({ validity }) => validity === undefined)) return undefined;
  const bits = new Uint8Array((count + 7) >> 3);
  let at = 0;
  for (const part of parts) {
    for (let i = 0; i < part.offsets.length - 1; i++, at++) {
      if (isPresent(part, i)) bits[at >> 3] = (bits[at >> 3] as number) | (1 << (at & 7));
    }
  }
  return bits;
}
