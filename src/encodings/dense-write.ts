/** Streams matrices of numbers into a store as dense arrays; sparse ones are densified on the way. */
import { type ArrayFor, allocate, type DType, itemSize, lanes } from "../dtype.js";
import { DenseArray, sizeOf } from "../elements/dense.js";
import { type LazyArray, readForm } from "../elements/lazy.js";
import type { SparseMatrix } from "../elements/sparse.js";
import { AtsError } from "../errors.js";
import { densify } from "../kernels/index.js";
import type { ArrayWriter, Attributes, GroupWriter, StoredValue } from "../storage/types.js";
import { blockBytes, eachBlock, LANES, type StreamOptions } from "./block-stream.js";
import { type Block, blockShape, blocks } from "./blocks.js";
import { InFlight } from "./in-flight.js";
import { slabBytes } from "./sparse-slabs.js";

/** How an array is written. */
export interface ArrayWriteOptions extends StreamOptions {
  /** As in `NewArray`. */
  readonly codec?: string | undefined;
  readonly chunks?: readonly number[] | undefined;
  readonly shards?: readonly number[] | undefined;
  readonly attributes?: Attributes | undefined;
}

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
    throw new AtsError("UNSUPPORTED", `${source.info.path} holds no numbers, so it cannot be written as an array.`, {
      path: source.info.path,
    });
  }
  const { codec, chunks, shards, attributes } = options;
  const writer = await group.array(name, { dtype, shape, chunks, shards, codec, attributes });
  if (source.sparse !== null) return new Densifier(source, dtype, writer, options).run(source.sparse);
  // Blocks count as they are written; read as a wider type they take more.
  const memory = options.memory * Math.min(1, itemSize(dtype) / itemSize(readForm(source, dtype).dtype));
  await eachBlock(writer, itemSize(dtype), { ...options, memory }, async (block, selection) => {
    await writer.write(block.origin, (await source.read(selection, options)) as StoredValue, options);
  });
}

class Densifier {
  readonly #lanes = new InFlight(LANES);
  /** Memory of blocks that have been written: fresh memory costs more than filling it. At most one per lane. */
  readonly #buffers: ArrayFor<DType>[] = [];
  readonly #total: number;
  #done = 0;

  constructor(
    private readonly source: LazyArray,
    private readonly dtype: DType,
    private readonly writer: ArrayWriter,
    private readonly options: ArrayWriteOptions,
  ) {
    this.#total = sizeOf(writer.shape) * itemSize(dtype);
  }

  /** Waits for what is in flight also when the work failed: nothing may be written to a staging place that is being removed. */
  async run(kind: "csr" | "csc"): Promise<void> {
    const { shape, chunks } = this.writer;
    const major = kind === "csr" ? 0 : 1;
    const block = blockShape(shape, chunks, itemSize(this.dtype), blockBytes(this.options.memory), 1 - major);
    this.options.onBytes?.(0, this.#total);
    try {
      for await (const { start, matrix } of this.#slabs(kind, block[major] as number)) {
        for (const part of blocks(matrix.shape, block)) {
          const origin = part.origin.map((at, i) => at + (i === major ? start : 0));
          await this.#lanes.add(() => this.#densify(matrix, part, origin, sizeOf(block)));
        }
      }
    } finally {
      await this.#lanes.end();
    }
  }

  async #densify(matrix: SparseMatrix, part: Block, origin: readonly number[], size: number): Promise<void> {
    const [rows, cols] = part.origin.map((start, i) => ({ start, stop: start + (part.shape[i] as number) }));
    const buffer = this.#buffers.pop() ?? allocate(this.dtype, size);
    const into = buffer.subarray(0, sizeOf(part.shape) * lanes(this.dtype)) as ArrayFor<DType>;
    const { signal } = this.options;
    const data = await densify(matrix, { rows, cols, into, signal, path: this.source.info.path });
    await this.writer.write(origin, new DenseArray(this.dtype, part.shape, data), this.options);
    this.#done += sizeOf(part.shape) * itemSize(this.dtype);
    this.options.onBytes?.(this.#done, this.#total);
    this.#buffers.push(buffer);
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
      const perMajor = slabBytes(this.source, matrix) / count;
      const wanted = Math.min(8 * size, Math.floor(most / Math.max(1, perMajor)));
      size = Math.max(1, Math.floor(wanted / step)) * step;
      start += count;
    }
  }
}
