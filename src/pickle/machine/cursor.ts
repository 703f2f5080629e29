/** A bounds-checked reader over the bytes of a pickle. */
import { corrupt, tooLarge } from "../failures.js";
import { MAX_BYTES } from "../limits.js";

/** Reads forward; every read past the end is `CORRUPT`. */
export class Cursor {
  readonly bytes: Uint8Array;
  offset = 0;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.bytes.length - this.offset;
  }

  /** Moves over `size` bytes and returns where they start. */
  skip(size: number): number {
    if (size > this.remaining) {
      throw corrupt(`it ends at byte ${this.bytes.length}, ${size - this.remaining} bytes too early`);
    }
    const start = this.offset;
    this.offset += size;
    return start;
  }

  /** The next `size` bytes, shared with the input; `LIMIT_EXCEEDED` where `size` exceeds `limit`. */
  take(size: number, limit = MAX_BYTES): Uint8Array {
    if (size > limit) throw tooLarge(`a value of ${size} bytes where ${limit} are allowed`);
    const start = this.skip(size);
    return this.bytes.subarray(start, start + size);
  }

  u8(): number {
    return this.#view.getUint8(this.skip(1));
  }

  u16(): number {
    return this.#view.getUint16(this.skip(2), true);
  }

  i32(): number {
    return this.#view.getInt32(this.skip(4), true);
  }

  u32(): number {
    return this.#view.getUint32(this.skip(4), true);
  }

  /** An unsigned 64-bit size; above 2^53 it is rounded, which every limit refuses anyway. */
  u64(): number {
    return Number(this.#view.getBigUint64(this.skip(8), true));
  }

  /** A big-endian double, the form that the BINFLOAT opcode carries. */
  f64(): number {
    return this.#view.getFloat64(this.skip(8), false);
  }

  /** The bytes up to the next newline, which is consumed. */
  line(): Uint8Array {
    const end = this.bytes.indexOf(0x0a, this.offset);
    if (end < 0) throw corrupt("a line of text does not end");
    const line = this.bytes.subarray(this.offset, end);
    this.offset = end + 1;
    return line;
  }
}
