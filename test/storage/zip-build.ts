/** Makes zip archives byte by byte (PKWARE's APPNOTE.TXT, 4.3), so that tests can make what no archiver would. */
import { crc32, deflateRawSync } from "node:zlib";

/** A member; what is given besides its bytes is what the archive says of it, true or not. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly deflate?: boolean;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly storedSize?: number;
  readonly offset?: number;
}

/** The archive of `entries`, in order; a name may occur twice. `wide`: where the directory is, is said in 64 bits, as in archives beyond 4 GiB. */
export function zip(entries: readonly ZipEntry[], comment = "", wide = false): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  const append = (bytes: Uint8Array) => {
    parts.push(bytes);
    offset += bytes.length;
  };
  for (const entry of entries) {
    const name = Buffer.from(entry.name, "utf8");
    const stored = entry.deflate ? deflateRawSync(entry.bytes) : entry.bytes;
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(entry.flags ?? 0, 2);
    facts.writeUInt16LE(entry.method ?? (entry.deflate ? 8 : 0), 4);
    facts.writeUInt32LE(entry.crc ?? crc32(entry.bytes), 10);
    facts.writeUInt32LE(entry.storedSize ?? stored.length, 14);
    facts.writeUInt32LE(entry.size ?? entry.bytes.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(entry.offset ?? offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), facts, tail, name]));
    append(Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), facts, name]));
    append(stored);
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  if (wide) directory.push(wideEnd(offset, size));
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(wide ? 0xffffffff : size, 12);
  end.writeUInt32LE(wide ? 0xffffffff : offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...parts, ...directory, end, Buffer.from(comment, "latin1")]);
}

/** The record of where the directory is, and of where that record is. */
function wideEnd(offset: number, size: number): Uint8Array {
  const record = Buffer.alloc(56);
  record.write("PK\x06\x06", "latin1");
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write("PK\x06\x07", "latin1");
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  return Buffer.concat([record, locator]);
}
