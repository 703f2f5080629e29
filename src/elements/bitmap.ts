/** Validity and boolean bitmaps as Arrow and Parquet pack them: one bit a value, least significant bit first. */

/** One byte (0 or 1) for each of `count` bits of `bits`, the first of them at bit `offset`. */
export function unpackBits(bits: Uint8Array, offset: number, count: number): Uint8Array {
  const out = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const at = offset + i;
    out[i] = ((bits[at >> 3] as number) >> (at & 7)) & 1;
  }
  return out;
}

/** The bitmap of `values`, where a bit is set for a value that is not 0; or, with `invert`, for one that is. */
export function packBits(values: Uint8Array, invert = false): Uint8Array {
  const flip = invert ? 1 : 0;
  const out = new Uint8Array((values.length + 7) >> 3);
  for (let i = 0; i < values.length; i++) {
    if ((values[i] === 0 ? 0 : 1) !== flip) out[i >> 3] = (out[i >> 3] as number) | (1 << (i & 7));
  }
  return out;
}

/** How many bytes of `mask` are not 0. */
export function countSet(mask: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) count++;
  return count;
}
