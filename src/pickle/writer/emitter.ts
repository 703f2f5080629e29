/** Pickle opcodes (protocol 4) to bytes: small ones are gathered in a buffer, large byte strings stay where they are. */

import { encodeLong } from "../machine/integers.js";
import { Op } from "../machine/opcodes.js";
import { encodeUtf8 } from "./utf8.js";

/** The protocol that is written: every Python since 3.4 reads it. */
const PROTOCOL = 4;
const BUFFER_BYTES = 1 << 16;
/** From this size on a byte string is a chunk of its own, without a copy. */
const OWN_CHUNK_BYTES = 1 << 13;
/** As many items as Python's own pickler puts between a mark and its APPENDS or SETITEMS. */
const BATCH = 1000;

/** Writes one pickle. */
export class Emitter {
  readonly #chunks: Uint8Array[] = [];
  #buffer = Buffer.alloc(BUFFER_BYTES);
  #used = 0;
  /** Positions in the reader's memo of what is written more than once. */
  readonly #memo = new Map<string, number>();

  constructor() {
    this.op(Op.PROTO);
    this.#reserve(1).writeUInt8(PROTOCOL, this.#used++);
  }

  /** Ends the pickle; its bytes are the chunks one after the other. Large chunks share memory with the arrays that were written. */
  finish(): Uint8Array[] {
    this.op(Op.STOP);
    this.#flush();
    return this.#chunks;
  }

  op(opcode: number): void {
    this.#reserve(1)[this.#used++] = opcode;
  }

  none(): void {
    this.op(Op.NONE);
  }

  boolean(value: boolean): void {
    this.op(value ? Op.NEWTRUE : Op.NEWFALSE);
  }

  /** A Python int; `value` is a safe integer or a bigint. */
  integer(value: number | bigint): void {
    if (typeof value === "bigint" || value < -0x8000_0000 || value > 0x7fff_ffff) {
      const bytes = encodeLong(BigInt(value));
      if (bytes.length < 256) this.#sized(Op.LONG1, 1, bytes.length);
      else this.#sized(Op.LONG4, 4, bytes.length);
      this.#raw(bytes);
    } else if (value >= 0 && value <= 0xffff) {
      this.#sized(value <= 0xff ? Op.BININT1 : Op.BININT2, value <= 0xff ? 1 : 2, value);
    } else {
      this.op(Op.BININT);
      this.#reserve(4).writeInt32LE(value, this.#used);
      this.#used += 4;
    }
  }

  float(value: number): void {
    this.op(Op.BINFLOAT);
    this.#reserve(8).writeDoubleBE(value, this.#used);
    this.#used += 8;
  }

  text(value: string): void {
    const bytes = encodeUtf8(value);
    if (bytes.length < 256) this.#sized(Op.SHORT_BINUNICODE, 1, bytes.length);
    else this.#sized(Op.BINUNICODE, 4, bytes.length);
    this.#raw(bytes);
  }

  /** A Python bytes object over the memory of `value`. */
  bytes(value: ArrayBufferView): void {
    const size = value.byteLength;
    if (size < 256) this.#sized(Op.SHORT_BINBYTES, 1, size);
    else if (size < 2 ** 32) this.#sized(Op.BINBYTES, 4, size);
    else this.#sized(Op.BINBYTES8, 8, size);
    this.#raw(new Uint8Array(value.buffer, value.byteOffset, size));
  }

  /** Items pushed by `push`, gathered by `opcode` (APPENDS, SETITEMS, ADDITEMS) into the container on the stack, in batches. */
  batches<T>(items: Iterable<T>, opcode: number, push: (item: T) => void): void {
    let open = 0;
    for (const item of items) {
      if (open === 0) this.op(Op.MARK);
      push(item);
      if (++open === BATCH) {
        this.op(opcode);
        open = 0;
      }
    }
    if (open > 0) this.op(opcode);
  }

  /** A tuple of what the `parts` push. */
  tuple(...parts: readonly (() => void)[]): void {
    if (parts.length > 3) this.op(Op.MARK);
    for (const push of parts) push();
    this.op([Op.EMPTY_TUPLE, Op.TUPLE1, Op.TUPLE2, Op.TUPLE3][parts.length] ?? Op.TUPLE);
  }

  /** The class or function `name` of `module`. */
  global(module: string, name: string): void {
    this.shared(`global ${module} ${name}`, () => {
      this.text(module);
      this.text(name);
      this.op(Op.STACK_GLOBAL);
    });
  }

  /** The call of `module.name` with arguments that the `parts` push. */
  call(module: string, name: string, ...parts: readonly (() => void)[]): void {
    this.global(module, name);
    this.tuple(...parts);
    this.op(Op.REDUCE);
  }

  /** What `push` pushes, written once per `key` and recalled from the memo after that. */
  shared(key: string, push: () => void): void {
    const known = this.#memo.get(key);
    if (known !== undefined) {
      this.#sized(known < 256 ? Op.BINGET : Op.LONG_BINGET, known < 256 ? 1 : 4, known);
      return;
    }
    push();
    this.op(Op.MEMOIZE);
    this.#memo.set(key, this.#memo.size);
  }

  /** An opcode and a little-endian unsigned argument of `width` bytes. */
  #sized(opcode: number, width: 1 | 2 | 4 | 8, size: number): void {
    this.op(opcode);
    const buffer = this.#reserve(width);
    if (width === 8) buffer.writeBigUInt64LE(BigInt(size), this.#used);
    else buffer.writeUIntLE(size, this.#used, width);
    this.#used += width;
  }

  #raw(bytes: Uint8Array): void {
    if (bytes.length >= OWN_CHUNK_BYTES) {
      this.#flush();
      this.#chunks.push(bytes);
    } else {
      this.#reserve(bytes.length).set(bytes, this.#used);
      this.#used += bytes.length;
    }
  }

  #reserve(size: number): Buffer {
    if (this.#used + size > this.#buffer.length) this.#flush();
    return this.#buffer;
  }

  #flush(): void {
    if (this.#used === 0) return;
    this.#chunks.push(this.#buffer.subarray(0, this.#used));
    this.#buffer = this.#buffer.subarray(this.#used);
    this.#used = 0;
    if (this.#buffer.length < OWN_CHUNK_BYTES) this.#buffer = Buffer.alloc(BUFFER_BYTES);
  }
}
