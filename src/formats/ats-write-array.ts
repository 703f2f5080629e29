/** Streams arrays and matrices into a store: block by block, each chunk once, a few blocks in flight. */
import { type ArrayFor, allocate, type DType, itemSize, lanes } from "../dtype.js";
import { DenseArray, sizeOf } from "../elements/dense.js";
import type { LazyArray } from "../elements/lazy.js";
import type { SparseMatrix } from "../elements/sparse.js";
import { AtsError } from "../errors.js";
import { densify } from "../kernels/index.js";
import type { ArrayWriter, GroupWriter, ReadOptions } from "../storage/types.js";
import { type Block, blockShape, blocks, type ChunkWish, chooseChunks } from "./ats-chunks.js";
import { InFlight } from "./in-flight.js";

/** How an array is written. */
export interface ArrayWriteOptions extends ReadOptions, ChunkWish {
  readonly codec?: string | undefined;
  /** A bound on the memory of buffers, in bytes. */
  readonly memory: number;
  /** Called with the bytes of values that have been written, and all of them. */
  readonly onBytes?: ((done: number, total: number) => void) | undefined;
}

/** Blocks under way at once: one is read or densified while others are compressed. */
const LANES = 3;
/** A block holds several chunks, so that all threads compress; more would only cost memory. */
const BLOCK_BYTES = 16 * 2 ** 20;
/** Stored values of a sparse source that are held at once, in bytes. */
const SLAB_BYTES = 32 * 2 ** 20;

/**
 * Writes the numbers of `source` as the dense array `name`. Sparse sources are densified by blocks of their own layout: rows of CSR, columns of
 * CSC; each value is read once, each chunk written once. `UNSUPPORTED` where `source` holds no numbers.
 */
export async function writeDense(
  group: GroupWriter,
  name: string,
  source: LazyArray,
  options: ArrayWriteOptions,
): Promise<void> {
  const { dtype, shape } = source;
  if (typeof dtype !== "string" || dtype === "string") {
    throw new AtsError("UNSUPPORTED", `${source.info.path} holds no numbers, so it is no array of an .ats.`, {
      path: source.info.path,
    });
  }
  const chunks = chooseChunks(shape, dtype, options);
  const writer = await group.array(name, { dtype, shape, chunks, codec: options.codec });
  const job = new ArrayJob(source, dtype, writer, options);
  await (source.sparse === null ? job.dense() : job.sparse(source.sparse));
}

class ArrayJob {
  readonly #lanes = new InFlight(LANES);
  /** Memory of blocks that have been written: fresh memory costs more than filling it. At most one per lane. */
  readonly #buffers: ArrayFor<DType>[] = [];
  readonly #blockBytes: number;
  readonly #total: number;
  #done = 0;

  constructor(
    private readonly source: LazyArray,
    private readonly dtype: DType,
    private readonly writer: ArrayWriter,
    private readonly options: ArrayWriteOptions,
  ) {
    this.#blockBytes = Math.min(BLOCK_BYTES, Math.max(1, options.memory / (2 * LANES + 2)));
    this.#total = sizeOf(writer.shape) * itemSize(dtype);
  }

  async dense(): Promise<void> {
    const { shape, chunks } = this.writer;
    const block = blockShape(shape, chunks, itemSize(this.dtype), this.#blockBytes);
    await this.#run(async () => {
      for (const part of blocks(shape, block)) {
        await this.#lanes.add(async () => {
          const selection = part.origin.map(
            (start, i) => ({ kind: "range", start, step: 1, count: part.shape[i] as number }) as const,
          );
          const values = (await this.source.read(selection, this.options)) as DenseArray;
          await this.#write(part.origin, values);
        });
      }
    });
  }

  async sparse(kind: "csr" | "csc"): Promise<void> {
    const { shape, chunks } = this.writer;
    const major = kind === "csr" ? 0 : 1;
    const block = blockShape(shape, chunks, itemSize(this.dtype), this.#blockBytes, 1 - major);
    await this.#run(async () => {
      for await (const { start, matrix } of this.#slabs(kind, block[major] as number)) {
        for (const part of blocks(matrix.shape, block)) {
          const origin = part.origin.map((at, i) => at + (i === major ? start : 0));
          await this.#lanes.add(() => this.#densify(matrix, part, origin, sizeOf(block)));
        }
      }
    });
  }

  async #densify(matrix: SparseMatrix, part: Block, origin: readonly number[], size: number): Promise<void> {
    const [rows, cols] = part.origin.map((start, i) => ({ start, stop: start + (part.shape[i] as number) }));
    const buffer = this.#buffers.pop() ?? allocate(this.dtype, size);
    const into = buffer.subarray(0, sizeOf(part.shape) * lanes(this.dtype)) as ArrayFor<DType>;
    const { signal } = this.options;
    const data = await densify(matrix, { rows, cols, into, signal, path: this.source.info.path });
    await this.#write(origin, new DenseArray(this.dtype, part.shape, data));
    this.#buffers.push(buffer);
  }

  async #write(origin: readonly number[], values: DenseArray): Promise<void> {
    await this.writer.write(origin, values, this.options);
    this.#done += sizeOf(values.shape) * itemSize(this.dtype);
    this.options.onBytes?.(this.#done, this.#total);
  }

  /** Waits for what is in flight also when the work failed: nothing may be written to a staging place that is being removed. */
  async #run(work: () => Promise<void>): Promise<void> {
    this.options.onBytes?.(0, this.#total);
    try {
      await work();
    } finally {
      await this.#lanes.end();
    }
  }

  /** Reads the source in slabs of whole blocks along its compressed axis, as many as their stored values allow. */
  async *#slabs(kind: "csr" | "csc", step: number): AsyncGenerator<{ start: number; matrix: SparseMatrix }> {
    const major = kind === "csr" ? 0 : 1;
    const length = this.source.shape[major] as number;
    const most = Math.min(SLAB_BYTES, this.options.memory / 4);
    let size = step;
    for (let start = 0; start < length; ) {
      const count = Math.min(size, length - start);
      const range = { kind: "range", start, step: 1, count } as const;
      const matrix = (await this.source.read(major === 0 ? [range] : [undefined, range], this.options)) as SparseMatrix;
      yield { start, matrix };
      const perMajor = (matrix.data.byteLength + matrix.indices.byteLength) / count;
      const wanted = Math.min(8 * size, Math.floor(most / Math.max(1, perMajor)));
      size = Math.max(1, Math.floor(wanted / step)) * step;
      start += count;
    }
  }
}
