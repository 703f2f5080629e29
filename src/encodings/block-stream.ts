/** Streams values into a stored array block by block: each chunk is written once, a few blocks are under way. */
import { sizeOf } from "../elements/dense.js";
import type { AxisRange } from "../selection/axis.js";
import type { ArrayWriter, ReadOptions } from "../storage/types.js";
import { type Block, blockSelection, blockShape, blocks } from "./blocks.js";
import { InFlight } from "./in-flight.js";

/** How values are streamed. */
export interface StreamOptions extends ReadOptions {
  /** A bound on the memory of buffers, in bytes. */
  readonly memory: number;
  /** Called with the bytes of values that have been written, and all of them. */
  readonly onBytes?: ((done: number, total: number) => void) | undefined;
}

/** The bound on the memory of buffers where none is given, in bytes. */
export const DEFAULT_MEMORY = 2 ** 30;

/** Blocks under way at once: one is read or densified while others are compressed. */
export const LANES = 3;
/** A block holds several chunks, so that all threads compress; more would only cost memory. */
const BLOCK_BYTES = 16 * 2 ** 20;

/** The bytes that one block may have. */
export function blockBytes(memory: number): number {
  return Math.min(BLOCK_BYTES, Math.max(1, memory / (2 * LANES + 2)));
}

/**
 * Calls `work` for every block of the array of `writer`, blocks being whole chunks of its grid; `width` is the bytes of one value. Waits
 * for what is under way also when some of it failed: nothing may be written to a staging place that is being removed.
 */
export async function eachBlock(
  writer: Pick<ArrayWriter, "shape" | "chunks">,
  width: number,
  options: StreamOptions,
  work: (block: Block, selection: AxisRange[]) => Promise<void>,
): Promise<void> {
  const { shape, chunks } = writer;
  const block = blockShape(shape, chunks, width, blockBytes(options.memory));
  const total = sizeOf(shape) * width;
  const lanes = new InFlight(LANES);
  let done = 0;
  options.onBytes?.(0, total);
  try {
    for (const part of blocks(shape, block)) {
      await lanes.add(async () => {
        options.signal?.throwIfAborted();
        await work(part, blockSelection(part));
        done += sizeOf(part.shape) * width;
        options.onBytes?.(done, total);
      });
    }
  } finally {
    await lanes.end();
  }
}
