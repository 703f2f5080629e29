/** Strings on their way out of the library: their bytes in one buffer, which is decoded on the main thread. */
import { isUtf8 } from "node:buffer";
import { AtsError } from "../../errors.js";
import { failure, type H5File } from "./h5-file.js";
import type { H5Strings } from "./messages.js";
import { NULL_TERMINATED, SPACE_PADDED, type TextType } from "./types.js";

const SPACE = 0x20;
/** What a Uint32Array can point into. */
const MOST_BYTES = 2 ** 32 - 1;

/** Collects the strings of one result, in any order. */
export class TextSink {
  readonly #starts: Uint32Array;
  readonly #lengths: Uint32Array;
  #bytes = new Uint8Array(4096);
  #used = 0;

  constructor(count: number) {
    this.#starts = new Uint32Array(count);
    this.#lengths = new Uint32Array(count);
  }

  /** Makes entry `i` the string of `type` that lies at `at` in the library's `heap`. */
  add(i: number, heap: Uint8Array, at: number, type: TextType): void {
    const [start, end] = type.variable ? variableRange(heap, at) : fixedRange(heap, at, type);
    const length = end - start;
    this.#reserve(length);
    this.#bytes.set(heap.subarray(start, end), this.#used);
    this.#starts[i] = this.#used;
    this.#lengths[i] = length;
    this.#used += length;
  }

  /** The strings as an array of `shape`; `CORRUPT` for `address` where one of them is not UTF-8. */
  finish(file: H5File, address: string, shape: readonly number[]): H5Strings {
    const bytes = this.#bytes.subarray(0, this.#used);
    if (!isUtf8(bytes) || !this.#startsClean(bytes)) {
      throw failure(file.setup, "CORRUPT", address, "holds a string that is not UTF-8");
    }
    return { kind: "strings", shape, bytes: bytes.slice(), starts: this.#starts, lengths: this.#lengths };
  }

  /** Valid UTF-8 as a whole is valid piece by piece only where no piece starts inside a character. */
  #startsClean(bytes: Uint8Array): boolean {
    for (let i = 0; i < this.#starts.length; i++) {
      if (this.#lengths[i] !== 0 && ((bytes[this.#starts[i] as number] as number) & 0xc0) === 0x80) return false;
    }
    return true;
  }

  #reserve(more: number): void {
    if (this.#used + more <= this.#bytes.length) return;
    if (this.#used + more > MOST_BYTES) {
      throw new AtsError("LIMIT_EXCEEDED", "These strings have more than 4 GiB together; select fewer rows.");
    }
    const grown = new Uint8Array(Math.max(this.#used + more, 2 * this.#bytes.length));
    grown.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = grown;
  }
}

/** The one string of `strings`. */
export function textAt(strings: H5Strings, i: number): string {
  const start = strings.starts[i] as number;
  return Buffer.from(strings.bytes.buffer, strings.bytes.byteOffset, strings.bytes.byteLength).toString(
    "utf8",
    start,
    start + (strings.lengths[i] as number),
  );
}

/** A pointer to bytes that end with NUL; a null pointer is the empty string. */
function variableRange(heap: Uint8Array, at: number): [number, number] {
  const pointer = new DataView(heap.buffer, at, 4).getUint32(0, true);
  if (pointer === 0) return [0, 0];
  const end = heap.indexOf(0, pointer);
  return [pointer, end < 0 ? heap.length : end];
}

function fixedRange(heap: Uint8Array, at: number, type: TextType): [number, number] {
  let end = at + type.size;
  if (type.padding === NULL_TERMINATED) {
    const zero = heap.subarray(at, end).indexOf(0);
    return [at, zero < 0 ? end : at + zero];
  }
  const pad = type.padding === SPACE_PADDED ? SPACE : 0;
  while (end > at && heap[end - 1] === pad) end--;
  return [at, end];
}
