/** Byte order. */

/** Reverses every `width` bytes of `bytes` in place. */
export function swapBytes(bytes: Uint8Array, width: number): void {
  const half = width >> 1;
  for (let at = 0; at + width <= bytes.length; at += width) {
    for (let i = 0; i < half; i++) {
      const low = at + i;
      const high = at + width - 1 - i;
      const byte = bytes[low] as number;
      bytes[low] = bytes[high] as number;
      bytes[high] = byte;
    }
  }
}
