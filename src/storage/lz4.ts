/** LZ4's block format ("LZ4 Block Format Description", lz4/lz4), which Parquet calls LZ4_RAW: the decoder, bounds-checked. */
import { AtsError } from "../errors.js";
import { copyMatch } from "./snappy.js";

/** Decodes `input` to exactly `size` bytes; `CORRUPT` with `path` where it does not give them. */
export function decodeLz4Block(input: Uint8Array, size: number, path: string): Uint8Array {
  const fail = () => new AtsError("CORRUPT", `${path} has a damaged LZ4 page.`, { path });
  const out = new Uint8Array(size);
  let at = 0;
  let to = 0;
  const extend = (length: number): number => {
    let total = length;
    for (let byte = length === 15 ? 255 : 0; byte === 255; ) {
      byte = input[at++] ?? -1;
      if (byte < 0) throw fail();
      total += byte;
    }
    return total;
  };
  while (at < input.length) {
    const token = input[at++] as number;
    const literals = extend(token >> 4);
    if (at + literals > input.length || to + literals > size) throw fail();
    out.set(input.subarray(at, at + literals), to);
    at += literals;
    to += literals;
    if (at === input.length) break;
    const offset = (input[at] as number) | ((input[at + 1] ?? 0) << 8);
    at += 2;
    const length = extend(token & 15) + 4;
    if (at > input.length || offset === 0 || offset > to || to + length > size) throw fail();
    copyMatch(out, to, offset, length);
    to += length;
  }
  if (to !== size) throw fail();
  return out;
}
