/** CRC-32 (ISO 3309, as in gzip) of files. */
import type { FileHandle } from "node:fs/promises";
import * as zlib from "node:zlib";

/** Node has a native one from 20.15 and 22.2 on. */
const native = (zlib as { crc32?: (data: Uint8Array, value?: number) => number }).crc32;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The checksum of `bytes`, continued from `value`. */
export function crc32(bytes: Uint8Array, value = 0): number {
  if (native !== undefined) return native(bytes, value);
  let crc = ~value;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 255] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** Size and checksum of an open file, read with `buffer`. */
export async function checksumOf(handle: FileHandle, buffer: Uint8Array): Promise<{ size: number; crc32: number }> {
  let size = 0;
  let value = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, size);
    if (bytesRead === 0) return { size, crc32: value };
    value = crc32(buffer.subarray(0, bytesRead), value);
    size += bytesRead;
  }
}
