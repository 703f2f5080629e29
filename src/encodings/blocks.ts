/** Blocks of whole chunks: what is read and written at once. */
import type { AxisRange } from "../selection/axis.js";

/** A block of an array: its first index and its extent in each dimension. */
export interface Block {
  readonly origin: readonly number[];
  readonly shape: readonly number[];
}

/** The shape of blocks of whole chunks of about `bytes`: grown along `fast` first, then along the other dimensions from the last. */
export function blockShape(
  shape: readonly number[],
  chunks: readonly number[],
  width: number,
  bytes: number,
  fast = shape.length - 1,
): number[] {
  const block = chunks.map((extent, i) => Math.max(1, Math.min(extent, shape[i] as number)));
  const order = [fast, ...shape.map((_, i) => shape.length - 1 - i).filter((i) => i !== fast)];
  for (const i of order) {
    const others = block.reduce((size, extent, j) => (j === i ? size : size * extent), width);
    const chunk = chunks[i] as number;
    const most = Math.max(1, Math.floor(bytes / (others * chunk)));
    block[i] = Math.max(1, Math.min(shape[i] as number, most * chunk));
  }
  return block;
}

/** The intervals of `step` that cut `0 … length`. */
export function* intervals(length: number, step: number): Generator<{ start: number; stop: number }> {
  for (let start = 0; start < length; start += step) yield { start, stop: Math.min(length, start + step) };
}

/** The blocks of `block` that cut an array of `shape`, the last dimension fastest. */
export function* blocks(shape: readonly number[], block: readonly number[]): Generator<Block> {
  if (shape.length === 0) {
    yield { origin: [], shape: [] };
    return;
  }
  const [length, ...rest] = shape as [number, ...number[]];
  const [step, ...inner] = block as [number, ...number[]];
  for (const { start, stop } of intervals(length, step)) {
    for (const below of blocks(rest, inner))
      yield { origin: [start, ...below.origin], shape: [stop - start, ...below.shape] };
  }
}

/** The selection that takes `block`: one range per dimension. */
export function blockSelection(block: Block): AxisRange[] {
  return block.origin.map((start, i) => ({ kind: "range", start, step: 1, count: block.shape[i] as number }));
}
