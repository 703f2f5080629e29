/** Fills a one-dimensional stored array from front to end with pieces of any length. */
import { allocateUnset, type DType, lanes, type TypedArray } from "../dtype.js";
import { DenseArray } from "../elements/dense.js";
import { copyRuns, oneRun } from "../kernels/index.js";
import type { ArrayWriter, ReadOptions } from "../storage/types.js";

/**
 * Writes what is appended in whole chunks, so that every chunk is encoded once: what does not fill one waits for the next piece. Whole chunks of
 * a piece are written from its own memory.
 */
export class Appender {
  readonly #writer: ArrayWriter;
  readonly #dtype: DType;
  readonly #options: ReadOptions;
  /** Elements of a chunk, and those that wait at the front of `#rest`. */
  readonly #chunk: number;
  #rest: TypedArray | undefined;
  #held = 0;
  /** Elements that were written. */
  #written = 0;

  constructor(writer: ArrayWriter, dtype: DType, options: ReadOptions) {
    this.#writer = writer;
    this.#dtype = dtype;
    this.#options = options;
    this.#chunk = Math.max(1, writer.chunks[0] ?? 1) * lanes(dtype);
  }

  /** Adds `piece`, whose memory must not change before this call has ended. */
  async append(piece: TypedArray): Promise<void> {
    let from = 0;
    if (this.#held > 0) {
      from = Math.min(piece.length, this.#chunk - this.#held);
      await this.#hold(piece.subarray(0, from));
      if (this.#held < this.#chunk) return;
      await this.#flush();
    }
    const whole = Math.floor((piece.length - from) / this.#chunk) * this.#chunk;
    if (whole > 0) await this.#write(piece.subarray(from, from + whole));
    await this.#hold(piece.subarray(from + whole));
  }

  /** Writes what is left; the array must be full then. */
  async end(): Promise<void> {
    if (this.#held > 0) await this.#flush();
  }

  /** Keeps `values`: copied on a thread, since first touches of memory can take long. */
  async #hold(values: TypedArray): Promise<void> {
    if (values.length === 0) return;
    const width = lanes(this.#dtype);
    const length = (this.#writer.shape[0] ?? 1) * width;
    this.#rest ??= allocateUnset(this.#dtype, Math.min(this.#chunk, length) / width);
    const whole = { ...oneRun(0, values.length / width), places: Float64Array.of(this.#held / width) };
    await copyRuns(this.#dtype, values, whole, this.#rest, this.#options);
    this.#held += values.length;
  }

  async #flush(): Promise<void> {
    const held = (this.#rest as TypedArray).subarray(0, this.#held);
    this.#held = 0;
    await this.#write(held);
  }

  async #write(values: TypedArray): Promise<void> {
    const width = lanes(this.#dtype);
    const origin = this.#written / width;
    this.#written += values.length;
    const block = new DenseArray(this.#dtype, [values.length / width], values as never);
    await this.#writer.write([origin], block, this.#options);
  }
}
