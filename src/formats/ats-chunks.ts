/** How matrices of an `.ats` are cut: chunks that serve rows and columns, and blocks of whole chunks that are written at once. */
import { type DType, itemSize } from "../dtype.js";
import { defaultChunks } from "../storage/tensorstore-write.js";

/** Bytes of one chunk before it is compressed. */
const CHUNK_BYTES = 2 ** 20;
/** Rows of a chunk, where the matrix is wide enough: few enough that scattered rows decode little beside themselves. */
const CHUNK_ROWS = 128;

/** What a caller asks of the chunks: their rows along the first axis, and the columns of a matrix. */
export interface ChunkWish {
  readonly chunkRows?: number | undefined;
  readonly chunkColumns?: number | undefined;
}

/** The chunk shape of an array. */
export function chooseChunks(shape: readonly number[], dtype: DType, wish: ChunkWish = {}): number[] {
  const { chunkRows, chunkColumns } = wish;
  const width = itemSize(dtype);
  if (shape.length !== 2) {
    const chunks = defaultChunks(shape, width, CHUNK_BYTES);
    return chunkRows === undefined
      ? chunks
      : chunks.map((extent, i) => (i === 0 ? Math.max(1, Math.min(chunkRows, shape[0] ?? 1)) : extent));
  }
  const [rows, columns] = [Math.max(1, shape[0] as number), Math.max(1, shape[1] as number)];
  const room = Math.max(1, Math.floor(CHUNK_BYTES / width));
  const wanted = chunkRows ?? Math.max(CHUNK_ROWS, Math.floor(room / Math.min(columns, chunkColumns ?? columns)));
  const height = Math.min(rows, wanted);
  return [height, Math.min(columns, chunkColumns ?? Math.max(1, Math.floor(room / height)))];
}

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
