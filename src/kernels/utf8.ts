/** Strings in Arrow's layout. */

/** `count + 1` offsets into UTF-8 bytes: string `i` is `bytes[offsets[i] … offsets[i + 1]]`. 64-bit offsets where 32 do not reach. */
export interface Utf8 {
  readonly offsets: Int32Array | BigInt64Array;
  readonly bytes: Uint8Array;
}
