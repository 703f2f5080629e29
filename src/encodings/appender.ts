/** Fills a one-dimensional stored array from front to end with pieces of any length. */
import { type DType, lanes, type TypedArray } from "../dtype.js";
import { DenseArray } from "../elements/dense.js";
import type { ArrayWriter, ReadOptions } from "../storage/types.js";

/**
 * Collects what is appended until it makes whole chunks, so that every chunk is encoded once. Holds at most one chunk and the piece that
 * is being appended.
 */
export class Appender {
  readonly #writer: ArrayWriter;
  readonly #dtype: DType;
  readonly #options: ReadOptions;
  readonly #chunk: number;
  #pending: TypedArray[] = [];
  #held = 0;
  #written = 0;

  constructor(writer: ArrayWriter, dtype: DType, options: ReadOptions) {
    this.#writer = writer;
    this.#dtype = dtype;
    this.#options = options;
    this.#chunk = writer.chunks[0] ?? 1;
  }

  /** Adds `piece`, whose memory must not change before the next call has ended. */
  async append(piece: TypedArray): Promise<void> {
    this.#pending.push(piece);
    this.#held += piece.length / lanes(this.#dtype);
    const whole = Math.floor(this.#held / this.#chunk) * this.#chunk;
    if (whole > 0) await this.#write(whole);
  }

  /** Writes what is left; the array must be full then. */
  async end(): Promise<void> {
    if (this.#held > 0) await this.#write(this.#held);
  }

  async #write(count: number): Promise<void> {
    const width = lanes(this.#dtype);
    const [first] = this.#pending;
    const all = this.#pending.length === 1 && first !== undefined ? first : concatenate(this.#pending);
    const block = all.subarray(0, count * width);
    const rest = all.slice(count * width);
    this.#pending = rest.length > 0 ? [rest] : [];
    this.#held -= count;
    const origin = this.#written;
    this.#written += count;
    await this.#writer.write([origin], new DenseArray(this.#dtype, [count], block as never), this.#options);
  }
}

function concatenate(pieces: readonly TypedArray[]): TypedArray {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const all = new ((pieces[0] as TypedArray).constructor as new (length: number) => Uint8Array)(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece as Uint8Array, at);
    at += piece.length;
  }
  return all;
}
